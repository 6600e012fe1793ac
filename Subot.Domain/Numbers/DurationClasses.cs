namespace Subot.Domain.Numbers;

/// <summary>
/// The classes of a distribution. Durations are told apart by their <see cref="Bucket"/>, as for quantiles: exact below 512 s, under 0.4 %
/// off above.
/// </summary>
public static class DurationClasses
{
    // A minute, 5, 15, 30 minutes, 1, 2, 4, 8 hours, 1, 2 days, a week, 30 days.
    private static readonly uint[] s_bounds = [60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800, 2_592_000];

    // Asked for each bucket of each duration of every question.
    private static readonly byte[] s_ofBucket = [.. Enumerable.Range(0, Bucket.Count).Select(b => (byte)Find(Bucket.Seconds(b)))];

    /// <summary>How many there are.</summary>
    public static int Count => s_bounds.Length + 1;

    /// <summary>The first second of a class.</summary>
    public static uint From(int index) => index == 0 ? 0 : s_bounds[index - 1];

    /// <summary>The second at which a class ends; null: the last has no end.</summary>
    public static uint? To(int index) => index < s_bounds.Length ? s_bounds[index] : null;

    /// <summary>The class of the durations of a bucket.</summary>
    public static int Of(int bucket) => s_ofBucket[bucket];

    private static int Find(uint seconds)
    {
        var found = Array.BinarySearch(s_bounds, seconds);
        return found < 0 ? ~found : found + 1;
    }
}
