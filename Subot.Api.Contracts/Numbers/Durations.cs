using Subot.Domain.Numbers;

namespace Subot.Api.Contracts.Numbers;

/// <summary>A duration over the requests of a period, on one clock, in whole seconds. What is over nothing is null.</summary>
/// <param name="N">Requests in which it ended.</param>
/// <param name="Waiting">Requests in which it still runs.</param>
/// <param name="Closed">Requests that were closed before it ended.</param>
/// <param name="SumSeconds">Sum of those that ended.</param>
/// <param name="MeanSeconds">Sum / n, rounded to 6 digits.</param>
/// <param name="Median">
/// Kaplan-Meier median over ended, closed and waiting; null: over half still wait, or a filter makes it meaningless.
/// </param>
/// <param name="MedianAnswered">The median of those that ended.</param>
/// <param name="P90Answered">The 90th percentile of those that ended.</param>
/// <param name="P95Answered">The 95th percentile of those that ended.</param>
/// <param name="Zeros">How many of those that ended took no time on this clock.</param>
public sealed record Durations(
    long N,
    long Waiting,
    long Closed,
    long SumSeconds,
    double? MeanSeconds,
    uint? Median,
    uint? MedianAnswered,
    uint? P90Answered,
    uint? P95Answered,
    long Zeros)
{
    /// <summary>A duration as the API tells it.</summary>
    public static Durations Of(DurationNumbers d) =>
        new(d.N, d.Waiting, d.Closed, d.SumSeconds, Rounded.To6(d.MeanSeconds), d.Median, d.MedianAnswered, d.P90Answered, d.P95Answered, d.Zeros);
}
