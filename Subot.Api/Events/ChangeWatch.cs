using System.Collections.Immutable;
using Subot.Api.Answers;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Api.Events;

/// <summary>
/// Looks every second whether threads changed, while somebody listens: the bot that changes them is another process. All who listen share
/// the look. Nothing is queued for them: each sees what changed since it last saw something, however slow it is.
/// </summary>
internal sealed partial class ChangeWatch(IChanges store, TimeProvider time, ILogger<ChangeWatch> log) : BackgroundService
{
    /// <summary>How many may listen at a time: each holds a connection.</summary>
    public const int MostListeners = 200;

    /// <summary>How many of them may be one person's, or one address's if they did not sign in.</summary>
    public const int MostOfOne = 50;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _looking = new(1);
    private volatile Seen _seen = new(0, ImmutableDictionary<ChannelId, long>.Empty, Ts.Zero);
    private readonly Dictionary<string, int> _listeners = [];
    private string? _mark;
    private bool _isBlind;

    /// <summary>Begins to listen, until the listener is disposed.</summary>
    /// <param name="who">The person, or the address.</param>
    /// <exception cref="RefusedException">Too many listen.</exception>
    public async Task<Listener> ListenAsync(string who, CancellationToken ct)
    {
        Come(who);
        try
        {
            await _looking.WaitAsync(ct);
            try
            {
                _mark ??= (await store.ChangesAsync(null, ct)).Mark;
            }
            finally
            {
                _looking.Release();
            }

            return new Listener(this, who, time);
        }
        catch
        {
            Go(who);
            throw;
        }
    }

    private void Come(string who)
    {
        lock (_listeners)
        {
            var (all, one) = (_listeners.Values.Sum(), _listeners.GetValueOrDefault(who));
            if (all == MostListeners || one == MostOfOne)
                throw new RefusedException(StatusCodes.Status503ServiceUnavailable, $"{(one == MostOfOne ? $"You have {one} streams open" : $"{all} listen")} already: ask again now and then instead.");
            _listeners[who] = one + 1;
        }
    }

    private void Go(string who)
    {
        lock (_listeners)
        {
            if (--_listeners[who] == 0)
                _listeners.Remove(who);
        }
    }

    private bool AnyListens
    {
        get
        {
            lock (_listeners)
                return _listeners.Count > 0;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _looking.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await _looking.WaitAsync(ct);
        try
        {
            if (!AnyListens)
                _mark = null;
            if (_mark is null)
                return;
            var changes = await store.ChangesAsync(_mark, ct);
            (_mark, _isBlind) = (changes.Mark, false);
            if (changes.Channels.Count > 0)
                Tell(changes);
        }
        catch (StoreException e)
        {
            // What changes meanwhile is seen when the store answers again.
            if (!_isBlind)
                Log.Blind(log, e);
            _isBlind = true;
        }
        finally
        {
            _looking.Release();
        }
    }

    private void Tell(StoreChanges changes)
    {
        var before = _seen;
        _seen = new Seen(before.Number + 1, before.Channels.SetItems(changes.Channels.Select(c => KeyValuePair.Create(c, before.Number + 1))), changes.Newest);
        before.Later.SetResult();
    }

    /// <summary>What was seen so far.</summary>
    /// <param name="Number">How often something was.</param>
    /// <param name="Channels">The last number at which each channel had changed.</param>
    private sealed record Seen(long Number, ImmutableDictionary<ChannelId, long> Channels, Ts Newest)
    {
        /// <summary>Ends when there is something newer.</summary>
        public TaskCompletionSource Later { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Somebody who listens, until it is disposed.</summary>
    internal sealed class Listener(ChangeWatch watch, string who, TimeProvider time) : IDisposable
    {
        private Seen _last = watch._seen;
        private int _gone;

        /// <summary>Waits for the next change; null if there is none for a while.</summary>
        public async Task<(IReadOnlyList<ChannelId> Channels, Ts Newest)?> NextAsync(TimeSpan patience, CancellationToken ct)
        {
            try
            {
                await _last.Later.Task.WaitAsync(patience, time, ct);
            }
            catch (TimeoutException)
            {
                return null;
            }

            var (before, now) = (_last, watch._seen);
            _last = now;
            return ([.. now.Channels.Where(c => c.Value > before.Number).Select(c => c.Key).Order()], now.Newest);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gone, 1) == 0)
                watch.Go(who);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Whether threads changed is not seen while the store does not answer; those who listen are told when it does")]
        public static partial void Blind(ILogger log, Exception e);
    }
}
