using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;

namespace Subot.Benchmarks.Http;

/// <summary>
/// The same questions to an API with five years of threads and to one with ten, in turn: both know the years that are asked for.
/// </summary>
internal sealed class TwoHistories
{
    private const int Questions = 100;
    private const int WarmUp = 20;
    private const int Years = 5;

    private readonly (List<double> Five, List<double> Ten) _summaries = ([], []);
    private readonly (List<double> Five, List<double> Ten) _series = ([], []);

    public async Task AskAsync(PublishedProgram program, string five, string ten, int round, CancellationToken ct)
    {
        await using var less = await RunningApi.StartAsync(program, five, ct);
        await using var more = await RunningApi.StartAsync(program, ten, ct);
        var questions = new ApiQuestions(round);
        for (var i = -WarmUp; i < Questions; i++)
        {
            await AskAsync(_summaries, questions.SummaryOfYear(Years), i);
            await AskAsync(_series, questions.SeriesOfYear(Years, "week"), i);
        }

        // They take turns in being first.
        async Task AskAsync((List<double> Five, List<double> Ten) times, string question, int number)
        {
            var (first, second) = number % 2 == 0 ? (less, more) : (more, less);
            var (one, other) = (await first.TimeAsync(question, ct), await second.TimeAsync(question, ct));
            if (number < 0)
                return;
            times.Five.Add(first == less ? one : other);
            times.Ten.Add(first == less ? other : one);
        }
    }

    /// <param name="limit">How many times as long it may take with the longer history.</param>
    public IEnumerable<MeasuredRow> Rows(double limit) =>
        [.. Rows("summary of a year", _summaries, limit), .. Rows("a year by weeks", _series, limit)];

    private static IEnumerable<MeasuredRow> Rows(string what, (List<double> Five, List<double> Ten) times, double limit)
    {
        foreach (var (name, share) in new[] { ("median", 0.5), ("95 of 100", 0.95) })
        {
            var (five, ten) = (times.Five.Percentile(share), times.Ten.Percentile(share));
            yield return MeasuredRow.AtMost($"{what}, {name}: out of ten years / out of five", ten / five, limit, "times", $" ({ten:0.0} ms, {five:0.0} ms)");
        }
    }
}
