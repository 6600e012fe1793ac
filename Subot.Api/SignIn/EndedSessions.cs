using System.Globalization;
using System.Security.Claims;

namespace Subot.Api.SignIn;

/// <summary>
/// The sessions that their owner has ended before their time: a copy of the cookie is worth nothing then. They are files beside the keys,
/// so that every process that shares the keys knows, also after a start.
/// </summary>
internal sealed class EndedSessions(SignInOptions options, TimeProvider time)
{
    private readonly string _folder = Path.Combine(options.KeysFolder, "ended");

    /// <summary>Whether a session was ended.</summary>
    public bool Contains(ClaimsPrincipal session) => File.Exists(PathOf(session));

    /// <summary>Whether a session or a token, which was good when its request came, is so no more. Who needed none stays.</summary>
    public bool IsOver(ClaimsPrincipal who) =>
        (who.FindFirstValue("exp") is { } exp && long.Parse(exp, CultureInfo.InvariantCulture) <= time.GetUtcNow().ToUnixTimeSeconds())
        || (who.FindFirstValue(Session.IdClaim) is not null && Contains(who));

    /// <summary>Ends one, and forgets those that are over anyway.</summary>
    public void Add(ClaimsPrincipal session)
    {
        Directory.CreateDirectory(_folder);
        var now = time.GetUtcNow().UtcDateTime;
        File.WriteAllBytes(PathOf(session), []);
        File.SetLastWriteTimeUtc(PathOf(session), now);
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < now - Session.Longest))
            file.Delete();
    }

    // An id is one of ours, in hexadecimal: nobody else can write into a session.
    private string PathOf(ClaimsPrincipal session) => Path.Combine(_folder, session.FindFirstValue(Session.IdClaim)!);
}
