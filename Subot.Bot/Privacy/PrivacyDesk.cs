using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Bot.Privacy;

/// <summary>
/// Forgets: texts that reach the retention, every hour, and what somebody asked to be forgotten, within seconds. Of several bots on one store
/// one does it; all of them take notice of who is erased.
/// </summary>
internal sealed partial class PrivacyDesk(
    IStore store, Forgetting forgetting, CurrentSettings settings, TimeProvider time, ILogger<PrivacyDesk> log) : BackgroundService
{
    private const string LeaseName = "privacy";
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_forgetEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_compactEvery = TimeSpan.FromSeconds(10);

    // Until every bot on the store has heard of it: they all look each second.
    private static readonly TimeSpan s_heard = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, long> _noticed = [];
    private int _rewritten;
    private long? _forgotten;
    private long? _compacted;
    private Ts _keptSince = Ts.Zero;

    /// <summary>Reads who was erased. Nothing may be applied before.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await NoticeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, e.Message);
            }
        }
    }

    /// <summary>Does what is due now.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var requests = await NoticeAsync(ct);
        var due = requests.Where(r => r.DoneAt is null && time.GetElapsedTime(_noticed[r.Id]) >= s_heard).ToList();
        var forget = forgetting.TextsBefore(Ts.From(time.GetUtcNow())) is { } before && (_forgotten is not { } last || time.GetElapsedTime(last) >= s_forgetEvery) ? before : (Ts?)null;
        var compact = requests.Any(r => r is { DoneAt: not null, CompactedAt: null }) && (_compacted is not { } tried || time.GetElapsedTime(tried) >= s_compactEvery);
        if ((due.Count == 0 && forget is null && !compact) || await store.TryHoldAsync(LeaseName, ct) is null)
            return;
        var execution = new PrivacyExecution(store, time);
        foreach (var request in due)
        {
            var done = await execution.RunAsync(request, SettingsChangedAsync, ct);
            Log.Done(log, done.Id, done.Author, done.Threads, done.Texts);
        }

        if (forget is { } until)
            await ForgetAsync(until, ct);
        if (compact)
            await CompactAsync(execution, ct);

        async Task SettingsChangedAsync() => settings.Replace(await store.SettingsAsync(ct));
    }

    private async Task<IReadOnlyList<PrivacyRequest>> NoticeAsync(CancellationToken ct)
    {
        var requests = await store.PrivacyRequestsAsync(ct);
        forgetting.Erased = forgetting.Erased.OrOf(requests);
        foreach (var request in requests)
            _noticed.TryAdd(request.Id, time.GetTimestamp());
        // Another bot may have written the settings anew.
        if (requests.Count(r => r.DoneAt is not null) is var done && done != _rewritten)
        {
            settings.Replace(await store.SettingsAsync(ct));
            _rewritten = done;
        }

        return requests;
    }

    private async Task ForgetAsync(Ts before, CancellationToken ct)
    {
        // Older texts than those that were forgotten last are not stored, unless the retention was made longer meanwhile: a start looks at all.
        var count = await store.ForgetTextsAsync(_keptSince, before, ct);
        await store.ForgetWordsAsync(_keptSince, before, replies: true, ct);
        _keptSince = before;
        _forgotten = time.GetTimestamp();
        if (count > 0)
            Log.Forgotten(log, count, before.ToDateTimeOffset());
    }

    private async Task CompactAsync(PrivacyExecution execution, CancellationToken ct)
    {
        _compacted = time.GetTimestamp();
        if (await execution.TryCompactAsync(ct))
            Log.Compacted(log);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} texts of before {Before:u} are forgotten (SUBOT_RETENTION)")]
        public static partial void Forgotten(ILogger log, int count, DateTimeOffset before);

        [LoggerMessage(Level = LogLevel.Information, Message = "What {Author} asked to be forgotten (request {Request}) is forgotten: {Threads} threads named the person, {Texts} texts are gone")]
        public static partial void Done(ILogger log, string request, string author, int threads, int texts);

        [LoggerMessage(Level = LogLevel.Information, Message = "The store's disk is freed of what was forgotten")]
        public static partial void Compacted(ILogger log);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What is to be forgotten is not forgotten yet; trying again: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
