using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Subot.Simulator.Interactions;

/// <summary>Trigger ids: each opens one view for the person who caused it, within 3 s.</summary>
internal sealed class Triggers(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Trigger> issued = [];

    public string Issue(string user)
    {
        foreach (var (old, trigger) in issued)
            if (time.GetElapsedTime(trigger.Since) > TimeSpan.FromMinutes(5))
                issued.TryRemove(old, out _);
        var id = $"{issued.Count + 1}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        issued[id] = new Trigger(user, time.GetTimestamp());
        return id;
    }

    /// <summary>The person who caused it, or the error.</summary>
    public (string? User, string? Error) Redeem(string id)
    {
        if (!issued.TryGetValue(id, out var trigger))
            return (null, "invalid_trigger_id");
        if (trigger.IsUsed)
            return (null, "exchanged_trigger_id");
        if (time.GetElapsedTime(trigger.Since) > Lifetime)
            return (null, "expired_trigger_id");
        trigger.IsUsed = true;
        return (trigger.User, null);
    }

    private sealed class Trigger(string user, long since)
    {
        public string User { get; } = user;
        public long Since { get; } = since;
        public bool IsUsed { get; set; }
    }
}
