using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Subot.Api.Access;

namespace Subot.Api.SignIn;

/// <summary>What a session or a token says about who asks, as claims.</summary>
internal static class Session
{
    /// <summary>The scheme of session cookies.</summary>
    public const string Scheme = "session";

    /// <summary>The scheme of the issuer's tokens.</summary>
    public const string BearerScheme = "bearer";

    /// <summary>The claim of a session's own id.</summary>
    public const string IdClaim = "sid";

    private const string AuditName = "audit_name";
    // A cookie has to fit into what servers read; those of the directory with hundreds of groups would not.
    private const int MostTeams = 100;

    /// <summary>How long a session lasts, however much it is used.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(12);

    /// <summary>A new session, or the claims of a token.</summary>
    public static ClaimsPrincipal Begin(Person person, Role role, DateTimeOffset until, string scheme)
    {
        List<Claim> claims =
        [
            new("sub", person.Subject),
            new("user_id", person.Id),
            new("user_name", person.UserName),
            new("name", person.Name),
            new("email", person.Email),
            new("exp", until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            new("csrf", RandomNumberGenerator.GetHexString(64, lowercase: true)),
            new(IdClaim, RandomNumberGenerator.GetHexString(32, lowercase: true)),
            new(Visitor.RoleClaim, role.ToString()),
            // Names are not unique, and ids not always readable.
            new(AuditName, person.Name.Length == 0 ? person.Id : $"{person.Name} ({person.Id})"),
            .. person.Groups.Take(MostTeams).Select(g => new Claim("team", g)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, AuditName, Visitor.RoleClaim));
    }

    /// <summary>What the front is told about who is signed in.</summary>
    public static UserInfo InfoOf(ClaimsPrincipal user) => new(
        Value(user, "sub"),
        Value(user, "email"),
        Value(user, "name"),
        Value(user, "user_id"),
        Value(user, "user_name"),
        [.. user.FindAll("team").Select(t => t.Value)],
        Value(user, Visitor.RoleClaim) == nameof(Role.Admin),
        long.Parse(Value(user, "exp"), CultureInfo.InvariantCulture),
        Value(user, "csrf"),
        Value(user, Visitor.RoleClaim).ToLowerInvariant());

    private static string Value(ClaimsPrincipal user, string claim) => user.FindFirstValue(claim) ?? "";
}

/// <summary>Who is signed in: what the first Subot's front reads, and the role.</summary>
/// <param name="Exp">When the session ends, in seconds since 1970.</param>
/// <param name="Csrf">Of the session; nothing asks for it any more, see <see cref="OriginGuard"/>.</param>
internal sealed record UserInfo(
    string Sub,
    string Email,
    string Name,
    string UserId,
    string UserName,
    IReadOnlyList<string> Teams,
    bool IsAdmin,
    long Exp,
    string Csrf,
    string Role);
