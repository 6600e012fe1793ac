using System.Security.Claims;
using Subot.Storage.Privacy;

namespace Subot.Api.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">As the audit log names them.</param>
internal sealed record Visitor(string Name, Role Role)
{
    /// <summary>The claim that carries the role.</summary>
    public const string RoleClaim = "subot_role";

    /// <summary>
    /// As facts and settings name who made them. Whom they are in Slack is not known here: the prefix keeps it from being taken for a user
    /// id.
    /// </summary>
    public string Author => ErasedPeople.VisitorPrefix + Name;

    /// <summary>Who asks.</summary>
    /// <param name="otherwise">What those may do who did not sign in.</param>
    public static Visitor Of(ClaimsPrincipal user, Role otherwise) =>
        user.Identity is { IsAuthenticated: true } && Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role)
            ? new Visitor(user.Identity.Name ?? "", role)
            : new Visitor("", otherwise);
}
