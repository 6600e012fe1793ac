using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.Configuration;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot;

/// <summary>What must be settled before the bot runs: the store, the tokens, the channels. What cannot be is told in one message.</summary>
internal sealed record BotStart(
    IStore Store, ISlackApi Slack, WorkspaceIdentity Identity, Features Features, SettingsHistory Settings, TimeProvider Time)
{
    private const double MostClockDifference = 10;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    /// <summary>Settles it. Trouble of the network or of Slack is waited for; it passes.</summary>
    /// <exception cref="StartRefusedException">It cannot go on; the message says what to do.</exception>
    public static async Task<BotStart> PrepareAsync(
        BotOptions options, IStore store, ISlackApi slack, TimeProvider time, ILogger log, CancellationToken ct)
    {
        var (identity, features) = await WithPatienceAsync(() => IdentifyAsync(options, slack, log, ct), time, log, ct);
        if (slack.ServerTime is { } theirs && Math.Abs((time.GetUtcNow() - theirs).TotalSeconds) > MostClockDifference)
            StartLog.ClockDiffers(log, (time.GetUtcNow() - theirs).TotalSeconds);
        await Reprojection.RefuseNewerAsync(store, ct);
        var settings = await StartSettings.LoadAsync(store, options.Settings, Ts.From(slack.ServerTime ?? time.GetUtcNow()), time, ct);
        await Reprojection.RunIfNeededAsync(store, settings, ct);
        if (settings.Latest.Settings is { Team.Count: 0, TeamGroups.Count: 0 })
            StartLog.NoTeam(log);
        return new BotStart(store, slack, identity, features, settings, time);
    }

    private static async Task<(WorkspaceIdentity, Features)> IdentifyAsync(BotOptions options, ISlackApi slack, ILogger log, CancellationToken ct)
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

        var checks = await Task.WhenAll(options.Channels.Select(channel => CheckChannelAsync(slack, channel.Value, me.User ?? "the bot", ct)));
        var problems = checks.Select(c => c.Problem).OfType<string>().ToList();
        // One channel that is closed is no reason to leave the others alone: its history is asked for again and again.
        if (problems.Count == checks.Length)
            throw new StartRefusedException(string.Join(Environment.NewLine, problems));
        foreach (var problem in problems)
            StartLog.ChannelClosed(log, problem);

        var features = Features.Of(me.Scopes, checks.Any(c => c is { Problem: null, IsPrivate: false }), checks.Any(c => c is { Problem: null, IsPrivate: true }), !options.ObserveOnly);
        if (features.Needed.Count > 0)
            StartLog.ScopesMissing(log, string.Join(", ", features.Needed));
        foreach (var (feature, scope) in features.Off)
            StartLog.FeatureOff(log, feature, scope);
        return (new WorkspaceIdentity(me.UserId ?? "", me.BotId, options.Channels), features);
    }

    /// <summary>Sees to it that the bot is in a channel, and tells whether it is a private one, or what is wrong.</summary>
    private static async Task<(bool IsPrivate, string? Problem)> CheckChannelAsync(ISlackApi slack, string channel, string name, CancellationToken ct)
    {
        try
        {
            var info = await slack.GetChannelAsync(channel, ct);
            if (info.IsArchived)
                return (info.IsPrivate, $"The channel #{info.Name} ({channel}) is archived. Unarchive it, or take it out of SLACK_ID.");
            if (info.IsMember)
                return (info.IsPrivate, null);
            if (info.IsPrivate)
                return (true, $"The bot is not in #{info.Name} ({channel}). Type /invite @{name} there.");
            await slack.JoinChannelAsync(channel, ct);
            return (false, null);
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Place)
        {
            return (false, $"There is no channel {channel} that the bot can see ({e.Error}). Check SLACK_ID (the id is at the bottom of the channel's details); if the channel is private, type /invite @{name} there.");
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Scope)
        {
            return (false, $"The bot may not look at or join {channel} ({e.Error}; needed: {e.Needed ?? "another policy"}). Add the scope to the app and install it again, or type /invite @{name} in the channel.");
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem} The bot goes on with its other channels, and looks again every five minutes")]
    public static partial void ChannelClosed(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Off for want of the scope {Scope}: {Feature}")]
    public static partial void FeatureOff(ILogger log, string feature, string scope);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The team is empty: everything is recorded, nothing is posted. Set SUBOT_TEAM to the user ids or user groups of the team, for example SUBOT_TEAM=U0ANN,U0BOB")]
    public static partial void NoTeam(ILogger log);
}
