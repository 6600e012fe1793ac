namespace Subot.Slack;

/// <summary>How long to wait after each failure in a row: twice as long as before, half as much again at random.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan max)
{
    private int _failures;

    /// <summary>The wait after one more failure; at least <c>first</c>, at most <c>max</c> (or <c>first</c>, if that is longer).</summary>
    public TimeSpan Next()
    {
        var doubled = first * Math.Pow(2, Math.Min(_failures++, 30));
        var jittered = doubled * (1 + Random.Shared.NextDouble() / 2);
        var longest = max > first ? max : first;
        return jittered < longest ? jittered : longest;
    }

    public void Reset() => _failures = 0;
}
