using System.Diagnostics;
using Subot.Benchmarks.Load;
using Subot.Benchmarks.Reporting;
using Subot.Domain.Patterns;

namespace Subot.Benchmarks.Measurements;

/// <summary>
/// How many texts a second are compared with a hundred patterns, on one core; and that twice the text takes twice the time, however odd
/// the text.
/// </summary>
internal sealed class PatternSpeed(int rounds) : IMeasurement
{
    private const int Texts = 10_000;
    private const int TextsOfEachAlone = 500;
    private const int OddLength = 50_000;
    private const int OddRepeats = 5;
    private const double LeastTexts = 3_000;
    private const double MostGrowth = 2.5;

    public string Name => "patterns";

    public string Title => "A hundred patterns";

    public Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        context.Say("patterns");
        var tools = SamplePatterns.Tools;
        var start = Stopwatch.GetTimestamp();
        var matcher = new PatternMatcher(tools);
        var made = Stopwatch.GetElapsedTime(start);
        var texts = SamplePatterns.Texts(Texts);
        Run(matcher, texts);
        var rate = Enumerable.Range(0, rounds).Select(_ => Texts / Run(matcher, texts)).Median();

        // What it costs when patterns share neither the search nor the words.
        var each = tools.SelectMany(t => t.Patterns).Select(p => new PatternMatcher([("one", [p])])).ToList();
        IReadOnlyList<string> few = [.. texts.Take(TextsOfEachAlone)];
        each.ForEach(m => Run(m, few));
        var alone = Enumerable.Range(0, rounds).Select(_ => TextsOfEachAlone / each.Sum(m => Run(m, few))).Median();

        return Task.FromResult(new MeasuredSection(Name, Title,
        [
            new("patterns", $"{each.Count}, made ready in {made.TotalMilliseconds:0} ms"),
            new("texts of 200 characters that match", $"{texts.Count(t => matcher.Match(t).Ids.Count > 0) * 100.0 / Texts:0} %"),
            new("a matcher of its own for each pattern", Figures.PerSecond(alone)),
            MeasuredRow.AtLeast("all together", Math.Round(rate), LeastTexts, "texts/s"),
            .. SamplePatterns.OddTexts.Select(odd => Growth(matcher, odd.What, odd.Text)),
        ]));
    }

    private static MeasuredRow Growth(PatternMatcher matcher, string what, Func<int, string> text)
    {
        var (once, twice) = (text(OddLength), text(2 * OddLength));
        Fastest(matcher, twice);
        var (timeOnce, timeTwice) = (Fastest(matcher, once), Fastest(matcher, twice));
        var note = $" ({timeTwice * 1000:0.0} ms{(matcher.Match(twice).TimedOut ? ", timed out" : "")})";
        return MeasuredRow.AtMost($"{what}: {2 * OddLength:#,##0} / {OddLength:#,##0} characters", timeTwice / timeOnce, MostGrowth, "times", note);
    }

    private static double Fastest(PatternMatcher matcher, string text) => Enumerable.Range(0, OddRepeats).Min(_ => Run(matcher, [text]));

    /// <summary>Seconds.</summary>
    private static double Run(PatternMatcher matcher, IReadOnlyList<string> texts)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var text in texts)
            matcher.Match(text);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
