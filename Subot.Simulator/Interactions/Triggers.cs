using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Subot.Simulator.Interactions;

/// <summary>Who caused something, and the modal in which; null when it was in none.</summary>
internal readonly record struct Cause(string User, string? ViewId);

/// <summary>Trigger ids: each opens one view for the person who caused it, within 3 s.</summary>
internal sealed class Triggers(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Trigger> issued = [];

    public string Issue(string user, string? viewId = null)
    {
        foreach (var (old, trigger) in issued)
            if (time.GetElapsedTime(trigger.Since) > TimeSpan.FromMinutes(5))
                issued.TryRemove(old, out _);
        var id = $"{issued.Count + 1}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        issued[id] = new Trigger(new Cause(user, viewId), time.GetTimestamp());
        return id;
    }

    /// <summary>The person who caused it, or the error.</summary>
    public (Cause Cause, string? Error) Redeem(string id)
    {
        if (!issued.TryGetValue(id, out var trigger))
            return (default, "invalid_trigger_id");
        if (trigger.IsUsed)
            return (default, "exchanged_trigger_id");
        if (time.GetElapsedTime(trigger.Since) > Lifetime)
            return (default, "expired_trigger_id");
        trigger.IsUsed = true;
        return (trigger.Cause, null);
    }

    private sealed class Trigger(Cause cause, long since)
    {
        public Cause Cause { get; } = cause;
        public long Since { get; } = since;
        public bool IsUsed { get; set; }
    }
}
