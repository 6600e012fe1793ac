namespace Subot.Benchmarks.Reporting;

/// <summary>One line of a result. <paramref name="Met"/> is null where there is no goal.</summary>
internal sealed record MeasuredRow(string What, string Measured, string Goal = "", bool? Met = null)
{
    /// <summary>A line with a goal that is an upper limit.</summary>
    public static MeasuredRow AtMost(string what, double measured, double limit, string unit, string note = "") =>
        new(what, $"{measured:0.##} {unit}{note}", $"≤ {limit:0.##} {unit}", measured <= limit);

    /// <summary>A line with a goal that is a lower limit.</summary>
    public static MeasuredRow AtLeast(string what, double measured, double limit, string unit, string note = "") =>
        new(what, $"{measured:0.##} {unit}{note}", $"≥ {limit:0.##} {unit}", measured >= limit);
}

/// <summary>What one measurement found.</summary>
internal sealed record MeasuredSection(string Name, string Title, IReadOnlyList<MeasuredRow> Rows);

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);

    /// <summary>The smallest value that at least this share of all values does not exceed.</summary>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)];
    }

    public static string PerSecond(double rate) => rate >= 1000 ? $"{rate:#,##0}/s" : $"{rate:0.#}/s";

    public static double Megabytes(long bytes) => bytes / 1e6;
}
