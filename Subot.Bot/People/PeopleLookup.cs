using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.People;

/// <summary>
/// Asks Slack who the people are that write in the watched channels: one a second, and each once a day at most. Who is not asked about for
/// whatever reason is when they write next.
/// </summary>
internal sealed partial class PeopleLookup(
    SeenPeople seen,
    IPeopleStore store,
    Forgetting forgetting,
    ISlackApi slack,
    TimeProvider time,
    ILogger<PeopleLookup> log) : BackgroundService
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_fresh = TimeSpan.FromDays(1);

    private readonly Dictionary<UserId, DateTimeOffset> _asked = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var user in seen.ReadAsync(stoppingToken))
        {
            if (forgetting.Erased.Include(user))
                continue;
            if (_asked.TryGetValue(user, out var at) && time.GetUtcNow() - at < s_fresh)
                continue;
            if (_asked.Count >= MostRemembered)
                _asked.Clear();
            _asked[user] = time.GetUtcNow();
            if (!await TryLookUpAsync(user, stoppingToken))
                return;
        }
    }

    /// <summary>False if Slack will tell nothing about anybody.</summary>
    private async Task<bool> TryLookUpAsync(UserId user, CancellationToken ct)
    {
        try
        {
            var now = Ts.From(time.GetUtcNow());
            // Another bot, or an earlier run, may have asked.
            if ((await store.PeopleAsync([user], ct)).TryGetValue(user, out var known) && now - known.AsOf < s_fresh.Ticks / TimeSpan.TicksPerMicrosecond)
                return true;
            var account = Account.ToPerson(await slack.GetUserAsync(user.Value, ct), now);
            // Slack may have taken its time.
            await store.RecordPeopleAsync(forgetting.Erased.Without([account]), ct);
        }
        catch (SlackException e) when (e.Kind == SlackErrorKind.Scope)
        {
            // The start has said what is off without it.
            return false;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.NotKnown(log, user, e.Message);
        }

        await Task.Delay(s_pace, time, ct);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Who {User} is was not found out: {Reason}")]
        public static partial void NotKnown(ILogger log, UserId user, string reason);
    }
}
