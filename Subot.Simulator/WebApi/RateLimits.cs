namespace Subot.Simulator.WebApi;

/// <summary>
/// Slack's limits: each method has its calls per minute, posts have one per second and channel. Short bursts are let
/// through; who comes too early is told how long to wait.
/// </summary>
internal sealed class RateLimits(ApiOptions options, TimeProvider time)
{
    private const int PostsPerMinuteInAChannel = 60;
    private const int PostBurst = 4;
    private static readonly string[] PagedReads = ["conversations.history", "conversations.replies"];
    private readonly Lock gate = new();
    private readonly Dictionary<string, Bucket> buckets = [];

    /// <summary>Whole seconds this call must wait; 0 when it may go on.</summary>
    public int SecondsToWait(ApiMethod method, string? channel)
    {
        if (options.SmallPages && PagedReads.Contains(method.Name))
            return Take(method.Name, perMinute: 1, burst: 1);
        if (!options.RateLimits)
            return 0;
        return method.Name == "chat.postMessage"
            ? Take(method.Name + channel, PostsPerMinuteInAChannel, PostBurst)
            : Take(method.Name, method.PerMinute, Math.Max(1, method.PerMinute / 4));
    }

    private int Take(string key, int perMinute, int burst)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (!buckets.TryGetValue(key, out var bucket))
                buckets[key] = bucket = new Bucket { Tokens = burst, At = now };
            var perSecond = perMinute / 60.0;
            bucket.Tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = now;
            if (bucket.Tokens < 1)
                return Math.Max(1, (int)Math.Ceiling((1 - bucket.Tokens) / perSecond));
            bucket.Tokens--;
            return 0;
        }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }
        public long At { get; set; }
    }
}
