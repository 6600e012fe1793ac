using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Subot.Simulator.SocketMode;

/// <summary>The tickets of apps.connections.open: each opens one connection, within half a minute.</summary>
internal sealed class Tickets(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, long> issued = [];

    public string Issue()
    {
        foreach (var (old, since) in issued)
            if (time.GetElapsedTime(since) > Lifetime)
                issued.TryRemove(old, out _);
        var ticket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        issued[ticket] = time.GetTimestamp();
        return ticket;
    }

    public bool Redeem(string? ticket) =>
        ticket is not null && issued.TryRemove(ticket, out var since) && time.GetElapsedTime(since) <= Lifetime;
}
