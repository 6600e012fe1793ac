using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Tests.Storage;

namespace Subot.Tests.Domain;

/// <summary>The spans in which a clock ran add up to the duration, whatever happened to the thread.</summary>
internal sealed class ClockSpansTests
{
    [Test]
    public void Spans_add_up_to_the_duration_on_both_clocks([Values] DurationName name)
    {
        var (random, settings) = (new RandomThreads(31), RandomThreads.Settings);
        var (begin, end) = (RandomThreads.At(2025, 5, 1), RandomThreads.At(2025, 9, 1));
        var asOf = new AsOf(end, settings);
        var seen = new Dictionary<MeasureKind, int>();
        for (var i = 0; i < 3000; i++)
        {
            var key = random.Key(1, begin, end);
            var facts = random.Facts(key);
            var state = ThreadProjection.Fold(key, facts, settings, tellsTurns: true);
            var contribution = Contribution.Of(state, settings);
            var measure = contribution.Kind == RootKind.Request ? name.Of(contribution) : default;
            var spans = ClockSpans.Of(name, state);
            seen[measure.Kind] = seen.GetValueOrDefault(measure.Kind) + 1;

            Assert.That(spans, measure.Kind == MeasureKind.None ? Is.Empty : Is.Not.Empty.Or.Matches<IReadOnlyList<ClockSpan>>(_ => measure is { Wall: 0, Kind: MeasureKind.Done }));
            Assert.That(spans.Any(s => s.To is null), Is.EqualTo(measure.Kind == MeasureKind.Waiting));
            var clock = settings.ClockOf(settings.At(key.Root), key.Channel);
            var whole = spans.Select(s => (s.From, To: s.To ?? (s.From > end ? s.From : end))).ToList();
            // What begins after the instant of looking has no age; what had passed before it does not count then either.
            if (measure.Kind == MeasureKind.Waiting && spans[^1].From > end)
                continue;
            var (wall, working) = (whole.Sum(s => s.To - s.From), whole.Sum(s => clock.Worked(s.From, s.To).Sum(w => w.To - w.From)));
            Assert.That(wall / Ts.Second, Is.EqualTo(measure.Kind == MeasureKind.Waiting ? asOf.Age(measure.Wall) : measure.Wall));
            Assert.That(working / Ts.Second, Is.EqualTo(measure.Kind == MeasureKind.Waiting ? asOf.WorkingAge(measure.Working, contribution.Calendar) : measure.Working));
        }

        Assert.That(seen[MeasureKind.Done], Is.GreaterThan(30));
        Assert.That(seen[MeasureKind.None], Is.GreaterThan(100));
    }
}
