using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Bot.Privacy;

/// <summary>
/// Forgets: texts that reach the retention, every hour, and what somebody asked to be forgotten, within seconds. Of several bots on one
/// store one does it; all of them take notice of who is erased.
/// </summary>
internal sealed partial class PrivacyDesk(
    IStore store, Forgetting forgetting, CurrentSettings settings, TimeProvider time, ILogger<PrivacyDesk> log) : BackgroundService
{
    // What is stored late, by another bot or an import; and posts about threads that are older than they are.
    private const long LateTexts = 24 * 3600;
    private const long LatePosts = 60 * 24 * 3600;

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_forgetEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_compactEvery = TimeSpan.FromSeconds(10);

    // Until every bot on the store has heard of it: they all look each second. As long until what failed is tried again.
    private static readonly TimeSpan s_heard = TimeSpan.FromSeconds(5);

    // When each request was first seen, or its execution failed.
    private readonly ConcurrentDictionary<string, long> _noticed = new();
    private volatile IReadOnlyList<PrivacyRequest> _requests = [];
    private int _known = -1;
    private long? _forgotten;
    private long? _compacted;
    private Ts _keptSince = Ts.Zero;

    /// <summary>Reads who was erased. Nothing may be applied before.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await NoticeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    // However long the work takes: what others ask meanwhile is noticed.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(EachSecondAsync(NoticeAsync, stoppingToken), EachSecondAsync(WorkAsync, stoppingToken));

    /// <summary>Takes notice of who is erased; the settings that know them by both ids are there by then.</summary>
    public async Task NoticeAsync(CancellationToken ct)
    {
        var requests = await store.PrivacyRequestsAsync(ct);
        // Asking and doing write settings anew, under the same numbers.
        if (requests.Count + requests.Count(r => r.DoneAt is not null) is var steps && steps != _known)
        {
            settings.Replace(await store.SettingsAsync(ct));
            _known = steps;
        }

        forgetting.Erased = forgetting.Erased.OrOf(requests);
        foreach (var request in requests)
            _noticed.TryAdd(request.Id, time.GetTimestamp());
        _requests = requests;
    }

    /// <summary>Does what is due of all that was noticed.</summary>
    public async Task WorkAsync(CancellationToken ct)
    {
        var requests = _requests;
        var due = requests.Where(r => r.DoneAt is null && HasBeenHeard(r.Id)).ToList();
        var forget = forgetting.TextsBefore(Ts.From(time.GetUtcNow())) is { } before && IsPast(_forgotten, s_forgetEvery) ? before : (Ts?)null;
        var compact = requests.Any(r => r is { DoneAt: not null, CompactedAt: null }) && IsPast(_compacted, s_compactEvery);
        if (due.Count == 0 && forget is null && !compact)
            return;
        await LeasedWork.TryRunAsync(store, PrivacyExecution.LeaseName, held => WorkAsync(due, forget, compact, held), time, ct);
    }

    private async Task WorkAsync(List<PrivacyRequest> due, Ts? forget, bool compact, CancellationToken ct)
    {
        var execution = new PrivacyExecution(store, time);
        foreach (var request in due)
            await TryAsync(() => DoAsync(execution, request, ct), request, ct);
        if (forget is { } until)
            await ForgetAsync(until, ct);
        _compacted = compact ? time.GetTimestamp() : _compacted;
        if (compact && await execution.TryCompactAsync(ct))
            Log.Compacted(log);
    }

    private async Task DoAsync(PrivacyExecution execution, PrivacyRequest request, CancellationToken ct)
    {
        // Another bot, or the command, may have done it by now.
        if ((await store.PrivacyRequestsAsync(ct)).Any(r => r.Id == request.Id && r.DoneAt is not null))
            return;
        var done = await execution.RunAsync(request, ct);
        await NoticeAsync(ct);
        Log.Done(log, done.Id, done.Author, done.Threads, done.Texts);
    }

    /// <summary>What fails holds up nothing else, and is tried again in a while.</summary>
    private async Task TryAsync(Func<Task> work, PrivacyRequest request, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _noticed[request.Id] = time.GetTimestamp();
            Log.Failed(log, e.Message);
        }
    }

    private async Task ForgetAsync(Ts before, CancellationToken ct)
    {
        // Those before were forgotten last time, or never stored. A start looks at all.
        var count = await store.ForgetTextsAsync(Earlier(_keptSince, LateTexts), before, ct);
        await store.ForgetWordsAsync(Earlier(_keptSince, LatePosts), before, replies: true, ct);
        _keptSince = before;
        _forgotten = time.GetTimestamp();
        if (count > 0)
            Log.Forgotten(log, count, before.ToDateTimeOffset());
    }

    private async Task EachSecondAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await work(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.Failed(log, e.Message);
            }
        }
    }

    private bool HasBeenHeard(string request) => time.GetElapsedTime(_noticed[request]) >= s_heard;

    private bool IsPast(long? last, TimeSpan length) => last is not { } at || time.GetElapsedTime(at) >= length;

    private static Ts Earlier(Ts instant, long seconds) => instant > Ts.Zero.AddSeconds(seconds) ? instant.AddSeconds(-seconds) : Ts.Zero;

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
