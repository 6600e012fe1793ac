using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.Sending;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot;

/// <summary>
/// In which channels this process sends and schedules, should several bots share a store: in each of them one does. A process that was
/// paused knows by its own clock that it is no longer the one.
/// </summary>
internal sealed partial class ChannelLeases(
    WorkspaceIdentity self, ILeases store, SendSignal signal, TimeProvider time, ILogger<ChannelLeases> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChannelId, Lease> _held = new();

    /// <summary>Whether this process is the one at this moment.</summary>
    public bool Holds(ChannelId channel) => _held.TryGetValue(channel, out var lease) && lease.IsHeld;

    /// <summary>The name of a channel's lease.</summary>
    public static string NameOf(ChannelId channel) => $"channel:{channel}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        do
            await RenewAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes what it can, and renews what runs out.</summary>
    public Task RenewAsync(CancellationToken ct) =>
        // At once: one that is slow must not make the others late.
        Task.WhenAll(self.Channels.Where(c => !_held.TryGetValue(c, out var lease) || lease.IsAging).Select(c => RenewAsync(c, ct)));

    private async Task RenewAsync(ChannelId channel, CancellationToken ct)
    {
        try
        {
            var had = Holds(channel);
            if (await store.TryHoldAsync(NameOf(channel), ct) is not { } lease)
            {
                if (_held.TryRemove(channel, out _))
                    Log.Lost(log, channel);
                return;
            }

            _held[channel] = lease;
            if (had)
                return;
            Log.Taken(log, channel);
            signal.Wake();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.Failed(log, channel, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "This bot sends in {Channel}")]
        public static partial void Taken(ILogger log, ChannelId channel);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another bot sends in {Channel} from now on")]
        public static partial void Lost(ILogger log, ChannelId channel);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Whether this bot sends in {Channel} could not be found out; trying again in a second: {Reason}")]
        public static partial void Failed(ILogger log, ChannelId channel, string reason);
    }
}
