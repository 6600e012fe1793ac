using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.Configuration;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot;

/// <summary>What must be settled before the bot runs: the store, the tokens, the channels. What cannot be is told in one message.</summary>
internal sealed record BotStart(IStore Store, ISlackApi Slack, WorkspaceIdentity Identity, SettingsHistory Settings, TimeProvider Time)
{
    private const double MostClockDifference = 10;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    /// <summary>Settles it. Trouble of the network or of Slack is waited for; it passes.</summary>
    /// <exception cref="StartRefusedException">It cannot go on; the message says what to do.</exception>
    public static async Task<BotStart> PrepareAsync(BotOptions options, IStore store, ISlackApi slack, TimeProvider time, ILogger log, CancellationToken ct)
    {
        var identity = await WithPatienceAsync(() => IdentifyAsync(options, slack, log, ct), time, log, ct);
        if (slack.ServerTime is { } theirs && Math.Abs((time.GetUtcNow() - theirs).TotalSeconds) > MostClockDifference)
            StartLog.ClockDiffers(log, (time.GetUtcNow() - theirs).TotalSeconds);
        var settings = await StartSettings.LoadAsync(store, options.Settings, Ts.From(slack.ServerTime ?? time.GetUtcNow()), time, ct);
        await Reprojection.RunIfNeededAsync(store, settings, ct);
        if (settings.Latest.Settings is { Team.Count: 0, TeamGroups.Count: 0 })
            StartLog.NoTeam(log);
        return new BotStart(store, slack, identity, settings, time);
    }

    private static async Task<WorkspaceIdentity> IdentifyAsync(BotOptions options, ISlackApi slack, ILogger log, CancellationToken ct)
    {
        AuthTest me;
        try
        {
            me = await slack.AuthTestAsync(ct);
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Token)
        {
            throw new StartRefusedException($"Slack refuses the bot token ({e.Error}). Set SLACK_BOT_USER_OAUTH_ACCESS_TOKEN to the 'Bot User OAuth Token' (xoxb-...) of the app's page 'OAuth & Permissions'.", e);
        }

        var (watchesPublic, watchesPrivate) = (false, false);
        foreach (var isPrivate in await Task.WhenAll(options.Channels.Select(channel => CheckChannelAsync(slack, channel.Value, me.User ?? "the bot", ct))))
            (watchesPublic, watchesPrivate) = (watchesPublic || !isPrivate, watchesPrivate || isPrivate);

        if (NeededScopes.Missing(me.Scopes, watchesPublic, watchesPrivate, !options.ObserveOnly) is { Count: > 0 } missing)
            StartLog.ScopesMissing(log, string.Join(", ", missing));
        return new WorkspaceIdentity(me.UserId ?? "", me.BotId, options.Channels);
    }

    /// <summary>Sees to it that the bot is in a channel, and tells whether it is a private one.</summary>
    private static async Task<bool> CheckChannelAsync(ISlackApi slack, string channel, string name, CancellationToken ct)
    {
        try
        {
            var info = await slack.GetChannelAsync(channel, ct);
            if (info.IsArchived)
                throw new StartRefusedException($"The channel #{info.Name} ({channel}) is archived. Unarchive it, or take it out of SLACK_ID.");
            if (info.IsMember)
                return info.IsPrivate;
            if (info.IsPrivate)
                throw new StartRefusedException($"The bot is not in #{info.Name} ({channel}). Type /invite @{name} there.");
            await slack.JoinChannelAsync(channel, ct);
            return false;
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Place)
        {
            throw new StartRefusedException($"There is no channel {channel} that the bot can see ({e.Error}). Check SLACK_ID (the id is at the bottom of the channel's details); if the channel is private, type /invite @{name} there.", e);
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Scope)
        {
            throw new StartRefusedException($"The bot may not look at or join {channel} ({e.Error}; needed: {e.Needed ?? "another policy"}). Add the scope to the app and install it again, or type /invite @{name} in the channel.", e);
        }
    }

    private static async Task<T> WithPatienceAsync<T>(Func<Task<T>> work, TimeProvider time, ILogger log, CancellationToken ct)
    {
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return await work();
            }
            catch (SlackException e) when (e.Advice == SlackErrorAdvice.Retry)
            {
                StartLog.Waiting(log, e.Error, pause.TotalSeconds);
                await Task.Delay(pause, time, ct);
            }
        }
    }
}

/// <summary>The bot cannot start; the message says what to do.</summary>
internal sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);

internal static partial class StartLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack cannot be reached ({Error}); trying again in {Seconds} s")]
    public static partial void Waiting(ILogger log, string error, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This machine's clock differs from Slack's by {Seconds:F0} s: set it right, or requests may look too old to be answered")]
    public static partial void ClockDiffers(ILogger log, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The app lacks scopes, and Slack does not tell what the bot misses without them: {Scopes}. Add them on the app's page "
        + "'OAuth & Permissions' and install it again (without metadata.message:read a reply may be posted twice)")]
    public static partial void ScopesMissing(ILogger log, string scopes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The team is empty: everything is recorded, nothing is posted. Set SUBOT_TEAM to the user ids or user groups of the team, for example SUBOT_TEAM=U0ANN,U0BOB")]
    public static partial void NoTeam(ILogger log);
}
