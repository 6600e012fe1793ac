using FsCheck;
using FsCheck.Fluent;

namespace Subot.Tests.Domain.Properties;

/// <summary>What may happen next in a thread.</summary>
public enum Act
{
    RequesterWrites,
    RequesterThanks,
    TeamWrites,
    OtherWrites,
    BotWrites,
    AddsSolving,
    AddsSolvingUnseen,
    RemovesSolving,
    RemovesSolvingUnseen,
    Acknowledges,
    Dismisses,
    RemovesDismissal,
    Votes,
    Corrects,
    Edits,
    Deletes,
    ReactsToReply,
    IsSilent,
    Expires,
    IsRead,
}

/// <summary>One move: what happens, how long after the last, and numbers from which <see cref="History"/> picks who and what.</summary>
public readonly record struct Move(Act Act, int Gap, int Who, int What)
{
    private static readonly (int, Gen<Act>)[] s_acts =
    [
        Often(9, Act.RequesterWrites), Often(3, Act.RequesterThanks), Often(8, Act.TeamWrites), Often(3, Act.OtherWrites),
        Often(2, Act.BotWrites), Often(10, Act.AddsSolving), Often(3, Act.AddsSolvingUnseen), Often(9, Act.RemovesSolving),
        Often(3, Act.RemovesSolvingUnseen), Often(2, Act.Acknowledges), Often(1, Act.Dismisses), Often(1, Act.RemovesDismissal),
        Often(2, Act.Votes), Often(2, Act.Corrects), Often(3, Act.Edits), Often(2, Act.Deletes), Often(1, Act.ReactsToReply),
        Often(3, Act.IsSilent), Often(2, Act.Expires), Often(5, Act.IsRead),
    ];

    /// <summary>Up to some twenty moves.</summary>
    public static Gen<Move[]> Some { get; } =
        from count in Gen.Choose(0, 22)
        from moves in Gen.ArrayOf(One(), count)
        select moves;

    private static Gen<Move> One() =>
        from act in Gen.Frequency(s_acts)
        from gap in Gen.Frequency((5, Gen.Choose(1, 7200)), (2, Gen.Choose(0, 2)))
        from who in Gen.Choose(0, 1000)
        from what in Gen.Choose(0, 1000)
        select new Move(act, gap, who, what);

    private static (int, Gen<Act>) Often(int weight, Act act) => (weight, Gen.Constant(act));
}
