using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Properties;

/// <summary>Reads merge to the same snapshot in whatever order they come.</summary>
public sealed class SnapshotProperties
{
    /// <summary>Few times, emoji and people, so that reads meet.</summary>
    private static readonly Gen<SnapshotFact> s_read =
        from time in Gen.Choose(1, 4)
        from seen in Gen.SubListOf(
            from emoji in new[] { "a", "b" }
            from user in new[] { "U1", "U2" }
            select new SeenReaction(emoji, new UserId(user), false, new Ts(time), true))
        from knowsUs in Gen.Elements(true, false)
        from cut in Gen.SubListOf("a", "b")
        select new SnapshotFact(new Ts(time), [.. seen.Select(s => s with { BySelf = knowsUs && s.User.Value == "U2" }).OrderBy(s => s.Emoji, StringComparer.Ordinal).ThenBy(s => s.User)], [.. cut.Order(StringComparer.Ordinal)]);

    /// <summary>Reads, and what reads were merged to.</summary>
    private static readonly Arbitrary<SnapshotFact> s_snapshots =
        (from reads in Gen.NonEmptyListOf(s_read) select reads.Take(3).Aggregate(SnapshotFact.Merge)).ToArbitrary();

    [Test]
    public void Merging_is_commutative() => Prop.ForAll(s_snapshots, s_snapshots, (a, b) =>
        DifferenceException.Unless(Json.Of(SnapshotFact.Merge(a, b)), Json.Of(SnapshotFact.Merge(b, a)), "merged")).Check(Runs(3000));

    [Test]
    public void Merging_is_associative() => Prop.ForAll(s_snapshots, s_snapshots, s_snapshots, (a, b, c) =>
        DifferenceException.Unless(
            Json.Of(SnapshotFact.Merge(SnapshotFact.Merge(a, b), c)),
            Json.Of(SnapshotFact.Merge(a, SnapshotFact.Merge(b, c))),
            "merged")).Check(Runs(3000));

    [Test]
    public void Merging_the_same_read_again_changes_nothing() => Prop.ForAll(s_snapshots, a =>
        DifferenceException.Unless(Json.Of(a), Json.Of(SnapshotFact.Merge(a, a)), "merged")).Check(Runs(1000));

    [Test]
    public void Newest_read_tells_what_is_present_and_the_first_since_when_it_was_seen()
    {
        var first = Read(10, "a", "b");
        var second = Read(20, "a");

        var merged = SnapshotFact.Merge(first, second);

        Assert.That(merged.Time, Is.EqualTo(new Ts(20)));
        Assert.That(merged.Reactions.Select(r => (r.Emoji, r.FirstSeen.Micros, r.Present)), Is.EqualTo(new[] { ("a", 10L, true), ("b", 10L, false) }));

        static SnapshotFact Read(long time, params string[] emoji) =>
            new(new Ts(time), [.. emoji.Select(e => new SeenReaction(e, new UserId("U1"), false, new Ts(time), true))], []);
    }
}
