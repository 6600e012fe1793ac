using NUnit.Framework;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Contracts.Threads;

namespace Subot.Tests.Api;

/// <summary>Numbers from what is listed behind them, in the plainest way: minute by minute would give the same.</summary>
internal static class Recomputed
{
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset s_change = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whole seconds of a thread's spans, those in working hours if asked for.</summary>
    public static long Seconds(ExplainedThread thread, DateTimeOffset asOf, bool working)
    {
        long micros = 0;
        var now = DateTimeOffset.FromUnixTimeSeconds(asOf.ToUnixTimeSeconds());
        foreach (var span in thread.Spans)
        {
            Assert.That(span.Started, Is.Not.Null, "a clock is started by something");
            Assert.That(span.Started!.At, Is.EqualTo(span.From));
            Assert.That(span.Stopped?.At ?? span.To, Is.EqualTo(span.To));
            Assert.That(span.To is null, Is.EqualTo(thread.State == "waiting" && span == thread.Spans[^1]));
            var to = span.To ?? (now > span.From ? now : span.From);
            if (!working)
            {
                micros += Micros(to - span.From);
                continue;
            }

            // The slots that are listed are those of the calendar, no more and no less.
            var slots = Worked(span.From, to, Root(thread) < s_change).ToList();
            Assert.That(span.Slots!.Select(s => (s.From, s.To)), Is.EqualTo(slots), $"{span.From:O} to {to:O}");
            micros += slots.Sum(s => Micros(s.To - s.From));
        }

        return micros / 1_000_000;
    }

    /// <summary>What the values of threads come to.</summary>
    public static Durations Durations(List<ExplainedThread> threads, bool withMedian)
    {
        var ended = threads.Where(t => t.State == "done").Select(t => t.Value).ToList();
        var censored = threads.Where(t => t.State is "waiting" or "at_least").Select(t => t.Value).ToList();
        Assert.That(ended.Count + censored.Count, Is.EqualTo(threads.Count));
        return new Durations(
            ended.Count,
            threads.Count(t => t.State == "waiting"),
            threads.Count(t => t.State == "at_least"),
            ended.Sum(),
            ended.Count == 0 ? null : Math.Round((double)ended.Sum() / ended.Count, 6),
            withMedian ? KaplanMeier(ended, censored) : null,
            Rank(ended, 0.5m),
            Rank(ended, 0.9m),
            Rank(ended, 0.95m),
            ended.Count(s => s == 0));
    }

    /// <summary>A count rests on what it says.</summary>
    public static void AssertGrounds(string count, ExplainedThread thread, DateTimeOffset asOf)
    {
        var first = thread.Spans.Count > 0 ? thread.Spans[0] : null;
        switch (count)
        {
            case "solved":
                Assert.That(first?.Stopped is not null || first is null, $"{thread.Ts} was solved by something, or at an unknown time");
                Assert.That(first is not null || thread.Facts.Any(f => f.Kind == "snapshot"));
                break;
            case "waiting":
                Assert.That(first, Is.Not.Null.And.Property(nameof(ExplainedSpan.To)).Null);
                break;
            case "open":
                Assert.That(thread.Spans[^1].To, Is.Null);
                break;
            case "reopened_threads":
                Assert.That(thread.Spans, Has.Count.GreaterThan(1));
                break;
            case "useful" or "useless":
                Assert.That(thread.Facts[^1].Says, Is.EqualTo(count));
                break;
            case "answered":
                Assert.That(thread.Facts.Select(f => f.Author), Has.Some.EqualTo("self"));
                break;
            case "target_met":
                Assert.That((first!.To <= thread.Due, first.Stopped?.Kind), Is.EqualTo((true, first.Stopped?.Kind)));
                Assert.That(first.Stopped, Is.Not.Null);
                break;
            case "target_breached":
                Assert.That(first?.To ?? asOf, Is.GreaterThan(thread.Due!.Value));
                break;
        }
    }

    private static DateTimeOffset Root(ExplainedThread thread) =>
        DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(thread.Ts.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static long Micros(TimeSpan span) => span.Ticks / 10;

    /// <summary>Mon-Fri 10-13 and 14-19 in Paris, from July on Mon-Sat 8-12; no clock is turned in these months.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Worked(DateTimeOffset from, DateTimeOffset to, bool before)
    {
        var lastDay = DayOfWeek.Saturday;
        (int, int)[] hours = before ? [(10, 13), (14, 19)] : [(8, 12)];
        for (var day = TimeZoneInfo.ConvertTime(from, s_paris).Date.AddDays(-1); day <= TimeZoneInfo.ConvertTime(to, s_paris).Date; day = day.AddDays(1))
        {
            if (day.DayOfWeek == DayOfWeek.Sunday || (before && day.DayOfWeek == lastDay))
                continue;
            foreach (var (start, end) in hours)
            {
                var (opens, closes) = (Instant(day.AddHours(start)), Instant(day.AddHours(end)));
                var (a, b) = (opens > from ? opens : from, closes < to ? closes : to);
                if (a < b)
                    yield return (a, b);
            }
        }
    }

    private static DateTimeOffset Instant(DateTime local) => new DateTimeOffset(local, s_paris.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>The 9 leading bits of a number of seconds.</summary>
    private static long Cut(long seconds)
    {
        long step = 1;
        while (seconds / step >= 512)
            step *= 2;
        return seconds / step * step;
    }

    private static uint? Rank(List<long> values, decimal quantile) =>
        values.Count == 0 ? null : (uint)values.Select(Cut).Order().ElementAt((int)Math.Ceiling(quantile * values.Count) - 1);

    private static uint? KaplanMeier(List<long> ended, List<long> censored)
    {
        var survival = 1.0;
        foreach (var at in ended.Select(Cut).Distinct().Order())
        {
            var atRisk = ended.Concat(censored).Count(s => Cut(s) >= at);
            survival *= 1 - ((double)ended.Count(s => Cut(s) == at) / atRisk);
            if (survival <= 0.5 + 1e-12)
                return (uint)at;
        }

        return null;
    }
}
