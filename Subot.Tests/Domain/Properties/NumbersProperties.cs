using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Properties;

/// <summary>Buckets, quantiles, medians and sums against naive ones.</summary>
public sealed class NumbersProperties
{
    /// <summary>Small ones often, so that buckets are shared.</summary>
    private static readonly Gen<uint> s_seconds =
        Gen.Frequency((3, Gen.Choose(0, 5)), (3, Gen.Choose(0, 2000)), (1, Gen.Choose(0, int.MaxValue))).Select(s => (uint)s);

    private static readonly Gen<(MeasureKind Kind, uint Seconds)> s_duration =
        from kind in Gen.Elements(MeasureKind.Done, MeasureKind.Done, MeasureKind.AtLeast, MeasureKind.Waiting)
        from seconds in s_seconds
        select (kind, seconds);

    [Test]
    public void Bucket_keeps_the_nine_leading_bits() =>
        Prop.ForAll(s_seconds.ToArbitrary(), seconds =>
            DifferenceException.Unless(NineLeadingBits(seconds), Bucket.Seconds(Bucket.IndexOf(seconds)), "bucket")).Check(Runs(5000));

    [Test]
    public void Buckets_are_counted_without_a_gap_up_to_the_largest()
    {
        for (var i = 0; i < Bucket.Count; i++)
            Assert.That(Bucket.IndexOf(Bucket.Seconds(i)), Is.EqualTo(i));
        Assert.That(Bucket.IndexOf(uint.MaxValue), Is.EqualTo(Bucket.Count - 1));
    }

    [Test]
    public void Buckets_keep_the_nine_leading_bits_at_every_power_of_two([Range(0, 31)] int power)
    {
        foreach (var around in new long[] { -1, 0, 1, (1L << power) / 2, (1L << power) / 256, (1L << power) / 512 })
        {
            var seconds = (uint)Math.Clamp((1L << power) + around, 0, uint.MaxValue);
            Assert.That(Bucket.Seconds(Bucket.IndexOf(seconds)), Is.EqualTo(NineLeadingBits(seconds)), $"{seconds}");
            if (seconds < 1 << 24)
                Assert.That(Bucket.IndexesOf(new Vector<uint>(seconds))[Vector<uint>.Count - 1], Is.EqualTo((uint)Bucket.IndexOf(seconds)), $"{seconds}, several");
        }
    }

    [Test]
    public void Durations_added_together_are_those_added_alone() =>
        Prop.ForAll(Gen.ListOf(s_seconds, 50).ToArbitrary(), Gen.Elements(MeasureKind.Done, MeasureKind.AtLeast).ToArbitrary(), (list, kind) =>
        {
            var (together, alone) = (new DurationTally(), new DurationTally());
            together.Add(kind, [.. list]);
            foreach (var seconds in list)
                alone.Add(kind, [seconds]);
            DifferenceException.Unless(Json.Of(alone.Numbers(true)), Json.Of(together.Numbers(true)), "numbers");
        }).Check(Runs(1000));

    [Test]
    public void Many_durations_are_added_as_few_are() =>
        Prop.ForAll(Gen.ListOf(s_duration, 50).ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (list, times) =>
        {
            List<(MeasureKind Kind, uint Seconds)> durations = [.. Enumerable.Range(0, times).SelectMany(i => list.Select(d => (d.Kind, (uint)(d.Seconds * (i + 1L) / times))))];
            var (together, merged) = (new DurationTally(), new DurationTally());
            foreach (var kind in durations.GroupBy(d => d.Kind, d => d.Seconds))
                together.Add(kind.Key, [.. kind]);
            foreach (var part in durations.Chunk(400))
                merged.Add(Tally([.. part]));
            var alone = Tally(durations);
            DifferenceException.Unless(Json.Of(together.Numbers(true)), Json.Of(alone.Numbers(true)), "one by one");
            DifferenceException.Unless(Json.Of(together.Numbers(true)), Json.Of(merged.Numbers(true)), "in parts");
            DifferenceException.Unless(Json.Of(together.Numbers(true)), Json.Of(new DurationTally().Numbers(true, alone)), "beside nothing");
            merged.Add(together);
            DifferenceException.Unless(Json.Of(merged.Numbers(true)), Json.Of(alone.Numbers(true, together)), "beside another");
        }).Check(Runs(300));

    [Test]
    public void Quantiles_and_medians_are_what_the_definitions_say() =>
        Prop.ForAll(Gen.ListOf(s_duration).ToArbitrary(), list =>
        {
            var durations = list.ToList();
            var tally = Tally(durations);
            var ended = durations.Where(d => d.Kind == MeasureKind.Done).Select(d => d.Seconds).ToList();
            var numbers = tally.Numbers(withMedian: true);
            DifferenceException.Unless(Naive.Quantile(ended, 0.5), numbers.MedianAnswered, "median answered");
            DifferenceException.Unless(Naive.Quantile(ended, 0.9), numbers.P90Answered, "p90");
            DifferenceException.Unless(Naive.Quantile(ended, 0.95), numbers.P95Answered, "p95");
            DifferenceException.Unless(Naive.KaplanMeier(durations), numbers.Median, "median");
            DifferenceException.Unless(ended.Sum(s => s), numbers.SumSeconds, "sum");
            DifferenceException.Unless(ended.Count == 0 ? null : ended.Sum(s => s) / (double)ended.Count, numbers.MeanSeconds, "mean");
            DifferenceException.Unless(null, tally.Numbers(withMedian: false).Median, "no median");
        }).Check(Runs(3000));

    [Test]
    public void Median_is_not_reached_while_over_half_still_wait()
    {
        var numbers = Tally([(MeasureKind.Done, 10), (MeasureKind.Waiting, 20), (MeasureKind.Waiting, 30)]).Numbers(withMedian: true);

        Assert.That((numbers.Median, numbers.MedianAnswered, numbers.Waiting), Is.EqualTo(((uint?)null, (uint?)10, 2L)));
    }

    [Test]
    public void Tally_of_parts_added_is_the_tally_of_all() =>
        Prop.ForAll(Gen.ListOf(One, 12).ToArbitrary(), Gen.Choose(0, 12).ToArbitrary(), (list, cut) =>
        {
            var threads = list.Select(h => Contribution.Of(ThreadProjection.Fold(h.Key, h.Facts, History.Settings), History.Settings)).ToList();
            var asOf = new AsOf(History.Change.AddSeconds(60 * 86400), History.Settings);
            NumbersTally Of(IEnumerable<Contribution> part)
            {
                var tally = new NumbersTally(asOf);
                foreach (var thread in part)
                    tally.Add(thread);
                return tally;
            }

            var sum = Of(threads.Take(cut));
            sum.Add(Of(threads.Skip(cut)));
            DifferenceException.Unless(Json.Of(Of(threads).Numbers()), Json.Of(sum.Numbers()), "numbers");
        }).Check(Runs(150));

    [Test]
    public void Threads_added_column_by_column_are_the_threads_added_one_by_one() =>
        Prop.ForAll(Gen.ListOf(One, 12).ToArbitrary(), list =>
        {
            var threads = list.Select(h => Contribution.Of(ThreadProjection.Fold(h.Key, h.Facts, History.Settings), History.Settings)).ToList();
            var asOf = new AsOf(History.Change.AddSeconds(60 * 86400), History.Settings);
            var (single, columns) = (new NumbersTally(asOf), new NumbersTally(asOf));
            foreach (var thread in threads)
                single.Add(thread);
            AddColumns(columns, threads);
            DifferenceException.Unless(Json.Of(single.Numbers()), Json.Of(columns.Numbers()), "numbers");
        }).Check(Runs(150));

    private static void AddColumns(NumbersTally tally, List<Contribution> threads)
    {
        tally.AddThreads([.. threads.Select(t => Traits.Of(t).Bits)], [.. threads.Select(t => t.HourOfWeek)], [.. threads.Select(t => t.Replies)]);
        var requests = threads.FindAll(t => t.Kind == RootKind.Request);
        for (var set = (DurationSet)0; (int)set < DurationSets.Count; set++)
        {
            foreach (var kind in requests.GroupBy(t => DurationSets.Of(t, set).Kind).Where(k => k.Key != MeasureKind.None))
            {
                uint[] wall = [.. kind.Select(t => DurationSets.Of(t, set).Wall)];
                uint[] working = [.. kind.Select(t => DurationSets.Of(t, set).Working)];
                if (kind.Key == MeasureKind.Waiting)
                    tally.AddWaiting(set, wall, working, [.. kind.Select(t => t.Calendar)]);
                else
                    tally.AddDurations(set, kind.Key, wall, [.. working.Where(s => s > 0)]);
            }
        }

        tally.AddPending([.. requests.Where(t => t.Target == TargetOutcome.Pending).Select(t => t.Due)]);
        tally.AddReopenings([.. requests.Select(t => t.Reopenings)]);
        foreach (var open in requests.Where(t => Traits.Of(t).IsOpen))
            tally.AddOpen(open.Root);
    }

    private static DurationTally Tally(IEnumerable<(MeasureKind Kind, uint Seconds)> durations)
    {
        var tally = new DurationTally();
        foreach (var (kind, seconds) in durations)
            tally.Add(kind, [seconds]);
        return tally;
    }

    private static uint NineLeadingBits(uint seconds)
    {
        var bits = Convert.ToString(seconds, 2);
        return Convert.ToUInt32(bits.Length <= 9 ? bits : bits[..9] + new string('0', bits.Length - 9), 2);
    }

    private static class Naive
    {
        public static uint? Quantile(List<uint> ended, double q)
        {
            var sorted = ended.Select(NineLeadingBits).Order().ToList();
            return sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(((decimal)q) * sorted.Count) - 1];
        }

        public static uint? KaplanMeier(List<(MeasureKind Kind, uint Seconds)> durations)
        {
            var buckets = durations.ConvertAll(d => (Ended: d.Kind == MeasureKind.Done, At: NineLeadingBits(d.Seconds)));
            var survival = 1.0;
            foreach (var t in buckets.Where(b => b.Ended).Select(b => b.At).Distinct().Order())
            {
                survival *= 1 - buckets.Count(b => b.Ended && b.At == t) / (double)buckets.Count(b => b.At >= t);
                if (survival <= 0.5 + 1e-12)
                    return t;
            }

            return null;
        }
    }
}
