using FsCheck;
using FsCheck.Fluent;

namespace Subot.Tests.Domain.Properties;

/// <summary>Generates histories, and shrinks one that fails by leaving moves out.</summary>
public static class Histories
{
    /// <summary>Generates the same cases each time; a failure tells how to repeat it.</summary>
    public static Config Runs(int count) =>
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithReplay(new Replay(new Rnd(20260329, 1), null));

    public static Gen<History> One { get; } =
        from start in Gen.Choose(-60, 20)
        from author in Gen.Choose(0, 1000)
        from moves in Move.Some
        select new History(start, author, moves);

    public static Arbitrary<History> Any { get; } = Arb.From(One, Shrink);

    /// <summary>A history with its facts in any order, some of them twice.</summary>
    public static Arbitrary<Arrival> Arrivals { get; } = Arb.From(
        from history in One
        from twice in Gen.SubListOf(history.Facts.AsEnumerable())
        from order in Gen.Shuffle(history.Facts.Concat(twice))
        select new Arrival(history, [.. order]));

    private static IEnumerable<History> Shrink(History history) =>
        Enumerable.Range(0, history.Moves.Count).Select(left => new History(history.Start, history.Author, history.Moves.Where((_, i) => i != left)));
}

/// <summary>The order in which the facts of a history come to the bot.</summary>
public sealed record Arrival(History History, IReadOnlyList<Subot.Domain.Facts.Fact> Facts)
{
    public override string ToString() => $"{History}\narriving as{string.Concat(Facts.Select(f => $"\n  {f}"))}";
}
