using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Values;
using Subot.Slack;
using Subot.Storage.Settings;

namespace Subot.Bot.Notices;

/// <summary>
/// Follows the user groups whose members belong to the team: who is in one belongs to it from the moment on that Slack tells. Read at the
/// start, at each event, and every hour.
/// </summary>
internal sealed partial class TeamGroups(
    ISlackApi slack,
    CurrentSettings settings,
    SettingsEditor editor,
    SettingsWatch watch,
    TimeProvider time,
    ILogger<TeamGroups> log) : BackgroundService, INoticeReader
{
    private const string Author = "group";
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim _one = new(1);

    public Task ReadAsync(SlackEvent slackEvent, CancellationToken ct) => slackEvent switch
    {
        SubteamMembersChanged changed when IsFollowed(changed.SubteamId) => CompareAsync(changed.SubteamId, At(changed.EventTs), ct),
        SubteamUpdated { Subteam.Id: var group } updated when IsFollowed(group) => CompareAsync(group, At(updated.EventTs), ct),
        _ => Task.CompletedTask,
    };

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        do
        {
            foreach (var group in settings.History.Latest.Settings.TeamGroups.Keys.ToList())
                await TryAsync(group, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsFollowed(string group) => settings.History.Latest.Settings.TeamGroups.ContainsKey(group);

    private Ts At(string? eventTs) => Ts.TryParse(eventTs, out var at) ? at : Ts.From(time.GetUtcNow());

    private async Task TryAsync(string group, CancellationToken ct)
    {
        try
        {
            await CompareAsync(group, Ts.From(time.GetUtcNow()), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.NotFollowed(log, group, e.Message);
        }
    }

    private async Task CompareAsync(string group, Ts at, CancellationToken ct)
    {
        // One after the other: an older list must not be written over a newer one.
        await _one.WaitAsync(ct);
        try
        {
            await ReadMembersAsync(group, at, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ReadMembersAsync(string group, Ts at, CancellationToken ct)
    {
        ValueSet members = [.. await slack.ListUserGroupUsersAsync(group, ct)];
        // The members that were known first were always the group's: nothing else is known of the time before.
        var everKnown = settings.History.Written.Any(v => v.Settings.TeamGroups.TryGetValue(group, out var known) && known.Count > 0);
        var from = everKnown ? at : Ts.Zero;
        var change = await editor.ChangeAsync(
            s => s.TeamGroups.ContainsKey(group) ? s with { TeamGroups = s.TeamGroups.With(group, members) } : s, $"{Author}:{group}", from, ct);
        foreach (var problem in change.Problems)
            Log.NotFollowed(log, group, problem);
        if (change.Changed)
            await watch.LookAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The members of user group {Group} are not followed: {Reason}")]
        public static partial void NotFollowed(ILogger log, string group, string reason);
    }
}
