using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.CatchingUp;

/// <summary>
/// Catches up after every gap: at the start, when the connection was lost, when events were refused, when the store was down, and every
/// hour in any case: what never came is found then. While nothing is missing it writes until when the record is complete.
/// </summary>
internal sealed partial class CatchUpService(
    WorkspaceIdentity self,
    CatchUp catchUp,
    IStore store,
    ApplyQueue queue,
    SocketModeClient client,
    BotHealth health,
    Reentry reentry,
    ClosedChannels closed,
    TimeProvider time,
    ILogger<CatchUpService> log)
    : BackgroundService
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_recordEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_compareEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_retryUnreachable = TimeSpan.FromMinutes(5);

    // Slack leaves events out for what is left of a minute; some that it does not leave out may still be on their way.
    private static readonly TimeSpan s_limited = TimeSpan.FromSeconds(65);

    // Slack delivers within a few seconds; until then an event may still be on its way.
    private const long DeliverySeconds = 5;

    private readonly Channel<ChannelId> _wanted = Channel.CreateUnbounded<ChannelId>();
    private readonly ConcurrentDictionary<ChannelId, Wish> _behind = new(self.Channels.Select(c => KeyValuePair.Create(c, default(Wish))));
    private readonly ConcurrentDictionary<ChannelId, long> _compared = new();
    private long _wishes;
    private long _limitedSince;
    private long _refused;

    /// <summary>Whether something may be missing at the moment.</summary>
    public bool IsBehind => !_behind.IsEmpty || IsLimited || !client.Status.IsLive;

    /// <summary>Whether something of a channel may be missing at the moment.</summary>
    public bool IsBehindOn(ChannelId channel) => _behind.ContainsKey(channel) || IsLimited || !client.Status.IsLive;

    private bool IsLimited => Volatile.Read(ref _limitedSince) != 0;

    /// <summary>Asks for a catch-up of a channel. Until it is done the channel's record is not complete.</summary>
    public void Request(ChannelId channel)
    {
        _behind[channel] = NewWish();
        _wanted.Writer.TryWrite(channel);
    }

    /// <summary>Slack leaves events out: what is missing until now is read now, what will be when the minute is over.</summary>
    public void RequestWhileLimited()
    {
        Volatile.Write(ref _limitedSince, time.GetTimestamp());
        RequestAll();
    }

    /// <summary>Asks for a catch-up of all watched channels.</summary>
    public void RequestAll()
    {
        foreach (var channel in self.Channels)
            Request(channel);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReadAsync(stoppingToken), WatchAsync(stoppingToken));

    private async Task ReadAsync(CancellationToken ct)
    {
        while (await _wanted.Reader.WaitToReadAsync(ct))
        {
            var channels = new HashSet<ChannelId>();
            while (_wanted.Reader.TryRead(out var channel))
                channels.Add(channel);
            foreach (var channel in channels)
                await ReadAsync(channel, ct);
        }
    }

    private async Task ReadAsync(ChannelId channel, CancellationToken ct)
    {
        var wish = _behind.GetValueOrDefault(channel);
        try
        {
            await RunAsync(channel, ct);
            _compared[channel] = time.GetTimestamp();
            closed.Open(channel);
            // What was asked for meanwhile is another wish, and stays.
            _behind.TryRemove(KeyValuePair.Create(channel, wish));
        }
        catch (ChannelClosedException e)
        {
            _behind[channel] = NewWish(s_retryUnreachable);
            closed.Close(channel, e.Message);
        }
        catch (SlackException e) when (e.Kind is SlackErrorKind.Place or SlackErrorKind.Scope or SlackErrorKind.OurBug)
        {
            _behind[channel] = NewWish(s_retryUnreachable);
            closed.Close(channel, $"its history cannot be read ({e.Error}): invite the bot to the channel, and check its scopes");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _behind[channel] = NewWish(s_retry);
            Log.Failed(log, channel, e.Message);
        }
    }

    private async Task RunAsync(ChannelId channel, CancellationToken ct)
    {
        try
        {
            await catchUp.RunAsync(channel, ct);
        }
        catch (SlackException e) when (e.Error == Reentry.NotInChannel)
        {
            if (await reentry.TryAsync(channel, ct) != true)
                throw;
            await catchUp.RunAsync(channel, ct);
        }
    }

    private Wish NewWish(TimeSpan? again = null) => new(Interlocked.Increment(ref _wishes), time.GetTimestamp(), again);

    private async Task WatchAsync(CancellationToken ct)
    {
        var recorded = time.GetTimestamp();
        using var timer = new PeriodicTimer(s_lookEvery, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            foreach (var channel in _behind.Where(b => time.GetElapsedTime(b.Value.Made) >= b.Value.Again).Select(b => b.Key))
                Request(channel);

            if (Volatile.Read(ref _limitedSince) is not 0 and var limited && time.GetElapsedTime(limited) >= s_limited)
            {
                RequestAll();
                Interlocked.CompareExchange(ref _limitedSince, 0, limited);
            }

            var refused = queue.Refused;
            if ((refused != _refused && queue.Length == 0) || health.TakeStoreRecovery())
            {
                _refused = refused;
                RequestAll();
            }

            if (time.GetElapsedTime(recorded) < s_recordEvery || !client.Status.IsLive || queue.Length > 0)
                continue;
            recorded = time.GetTimestamp();
            await RecordAsync(ct);
        }
    }

    private async Task RecordAsync(CancellationToken ct)
    {
        var until = Ts.From(time.GetUtcNow()).AddSeconds(-DeliverySeconds);
        try
        {
            foreach (var channel in (await store.ChannelsAsync(ct)).Where(c => self.Channels.Contains(c.Id) && !_behind.ContainsKey(c.Id)))
            {
                // After trouble of the store this write only asks whether it works again.
                var complete = health.StoreTrouble is null && !IsLimited && channel.CompleteUntil < until;
                await store.RecordChannelAsync(complete ? channel with { CompleteUntil = until } : channel, ct);
                health.StoreWorks();
                if (!_compared.TryGetValue(channel.Id, out var compared) || time.GetElapsedTime(compared) >= s_compareEvery)
                    Request(channel.Id);
            }
        }
        catch (StoreException e)
        {
            health.StoreFailed(e.Message);
        }
    }

    /// <summary>A catch-up that was asked for.</summary>
    /// <param name="Number">Tells it from others of the channel.</param>
    /// <param name="Made">The timestamp, which no setting of the clock moves.</param>
    /// <param name="Again">How long after that it is to be asked for again, since it failed.</param>
    private readonly record struct Wish(long Number, long Made, TimeSpan? Again);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Catching up on {Channel} did not finish, trying again soon: {Reason}")]
        public static partial void Failed(ILogger log, ChannelId channel, string reason);
    }
}
