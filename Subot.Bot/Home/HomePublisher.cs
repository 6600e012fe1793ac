using Microsoft.Extensions.Logging;
using Subot.Bot.CatchingUp;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Settings;
using Subot.Bot.Slash;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Home;

/// <summary>Shows a person's home tab. What Slack refuses is told once in the log; nothing else suffers.</summary>
internal sealed partial class HomePublisher(
    HomeReader reader,
    ISlackApi slack,
    CurrentSettings settings,
    Corrector corrector,
    AsOfClock clock,
    CatchUpService catchUp,
    ClosedChannels closed,
    BotHealth health,
    TimeProvider time,
    ILogger<HomePublisher> log)
{
    private int _refused;

    /// <param name="notice">What the person is to be told besides; null: nothing.</param>
    public async Task PublishAsync(UserId user, string? notice, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var words = Wording.Of(settings.At(now));
        var view = await ViewAsync(user, notice, now, words, ct);
        try
        {
            await slack.PublishViewAsync(user.Value, view, hash: null, ct);
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Scope || e.Error == "not_enabled")
        {
            if (Interlocked.Exchange(ref _refused, 1) == 0)
                Log.Off(log, e.Error);
        }
        catch (SlackException e)
        {
            Log.NotShown(log, user, e.Error);
        }
    }

    private async Task<View> ViewAsync(UserId user, string? notice, Ts now, Wording words, CancellationToken ct)
    {
        try
        {
            var asOf = await clock.NowAsync(ct);
            var isTeam = corrector.May(user, now);
            var home = isTeam ? await reader.ForTeamAsync(now, asOf, ct) : await reader.ForAsync(user, now, asOf, ct);
            home = home with { Trouble = new HomeTrouble(catchUp.IsBehind, [.. closed.All.Keys.Order()], health.StoreTrouble) };
            return isTeam ? TeamHome.View(home, notice, words) : RequesterHome.View(home, notice, words);
        }
        catch (StoreException e)
        {
            return HomeParts.OnlyTrouble(e.Message, words);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Home tabs are off ({Error}): switch the Home tab on, on the app's page 'App Home'")]
        public static partial void Off(ILogger log, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The home tab of {User} could not be shown: {Error}")]
        public static partial void NotShown(ILogger log, UserId user, string error);
    }
}
