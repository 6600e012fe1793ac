using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.Interactions;

/// <summary>A message only one person sees. It is in no history; the page keeps it until it is reloaded by Slack, or replaced.</summary>
public sealed record Ephemeral(string ChannelId, string User, string Ts, JsonObject Body);

/// <summary>The latest messages that only one person sees.</summary>
public sealed class Ephemerals(Workspace workspace)
{
    private const int Most = 500;
    private readonly Lock gate = new();
    private readonly List<Ephemeral> shown = [];

    /// <summary>Told of each that is new or changed; with an empty body when it is gone.</summary>
    internal event Action<Ephemeral>? Changed;

    /// <summary>The latest ones, oldest first.</summary>
    public IReadOnlyList<Ephemeral> All
    {
        get
        {
            lock (gate)
                return [.. shown];
        }
    }

    public Ephemeral? Find(string? ts)
    {
        lock (gate)
            return shown.Find(known => known.Ts == ts);
    }

    /// <summary>The first one that is as wanted, now or as soon as it is shown.</summary>
    public async Task<Ephemeral> FirstAsync(Func<Ephemeral, bool> wanted, CancellationToken cancellationToken)
    {
        var awaited = new Awaited<Ephemeral>(ephemeral => ephemeral.Body.Count > 0 && wanted(ephemeral));
        Changed += awaited.See;
        try
        {
            return await awaited.AmongAsync(All, cancellationToken);
        }
        finally
        {
            Changed -= awaited.See;
        }
    }

    /// <summary>Shows a message to one person; its ts.</summary>
    internal string Show(Channel channel, string user, JsonObject body)
    {
        string ts;
        lock (workspace.Gate)
            ts = channel.NextTs(workspace.Time.GetUtcNow());
        body["ts"] = ts;
        Put(new Ephemeral(channel.Id, user, ts, body));
        return ts;
    }

    /// <summary>Replaces what a message says, or removes it (empty body).</summary>
    internal void Put(Ephemeral ephemeral)
    {
        lock (gate)
        {
            var index = shown.FindIndex(known => known.Ts == ephemeral.Ts);
            if (index >= 0)
                shown.RemoveAt(index);
            if (ephemeral.Body.Count > 0)
                shown.Insert(index >= 0 ? index : shown.Count, ephemeral);
            if (shown.Count > Most)
                shown.RemoveAt(0);
        }
        Changed?.Invoke(ephemeral);
    }
}
