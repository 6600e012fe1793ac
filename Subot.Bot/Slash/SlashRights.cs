using System.Collections.Concurrent;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>
/// Who may do what. Help, the numbers, what is open and who is on call are for everybody; the rest is for the team, the people whom the
/// settings call admins, and the workspace's admins.
/// </summary>
internal sealed class SlashRights(ISlackApi slack, TimeProvider time)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(5);

    // An answer is due within a second or so: who cannot be looked up by then has to ask again.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<UserId, (bool IsAdmin, long AskedAt)> _known = new();

    /// <summary>Whether a command is not for everybody.</summary>
    public static bool IsForTheTeam(SlashQuestion question) => question.Name switch
    {
        "help" or "stats" or "open" => false,
        "oncall" => question.Arguments.Count > 0,
        _ => true,
    };

    /// <summary>Whether somebody may do what is not for everybody.</summary>
    public async Task<bool> HasAsync(UserId user, TeamSettings settings, CancellationToken ct) =>
        settings.IsInTeam(user) || settings.Admins.Contains(user.Value) || await IsWorkspaceAdminAsync(user, ct);

    private async Task<bool> IsWorkspaceAdminAsync(UserId user, CancellationToken ct)
    {
        if (_known.TryGetValue(user, out var known) && time.GetElapsedTime(known.AskedAt) < s_kept)
            return known.IsAdmin;
        if (_known.Count > MostKept)
            _known.Clear();
        try
        {
            var account = await slack.GetUserAsync(user.Value, ct).WaitAsync(s_patience, time, ct);
            _known[user] = (account.IsAdmin, time.GetTimestamp());
            return account.IsAdmin;
        }
        catch (Exception e) when (e is SlackException or TimeoutException)
        {
            // Not known is not kept: it is asked again next time.
            return false;
        }
    }
}
