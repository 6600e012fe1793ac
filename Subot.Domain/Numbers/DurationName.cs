namespace Subot.Domain.Numbers;

/// <summary>The durations that numbers tell of, each on one clock.</summary>
public enum DurationName
{
    /// <inheritdoc cref="Contribution.FirstResponse"/>
    FirstResponse,

    /// <inheritdoc cref="Contribution.FirstResponse"/>
    FirstResponseWorking,

    /// <inheritdoc cref="Contribution.Acknowledged"/>
    Acknowledged,

    /// <inheritdoc cref="Contribution.Acknowledged"/>
    AcknowledgedWorking,

    /// <inheritdoc cref="Contribution.NextResponse"/>
    NextResponse,

    /// <inheritdoc cref="Contribution.NextResponse"/>
    NextResponseWorking,

    /// <inheritdoc cref="Contribution.FirstSolved"/>
    FirstSolved,

    /// <inheritdoc cref="Contribution.FirstSolved"/>
    FirstSolvedWorking,

    /// <inheritdoc cref="Contribution.LastSolved"/>
    LastSolved,

    /// <inheritdoc cref="Contribution.LastSolved"/>
    LastSolvedWorking,

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    WaitingOnTeam,

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    WaitingOnTeamWorking,

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    WaitingOnRequester,

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    WaitingOnRequesterWorking,
}

/// <summary>Reads durations by their names.</summary>
public static class DurationNames
{
    /// <summary>Whether it is told in working seconds.</summary>
    public static bool IsWorking(this DurationName name) => ((int)name & 1) == 1;

    /// <summary>The same duration, told in seconds of the wall clock.</summary>
    public static DurationName OnWallClock(this DurationName name) => (DurationName)((int)name & ~1);

    /// <summary>The duration of a thread, on both clocks.</summary>
    public static Measure Of(this DurationName name, in Contribution thread) => name.OnWallClock() switch
    {
        DurationName.FirstResponse => thread.FirstResponse,
        DurationName.Acknowledged => thread.Acknowledged,
        DurationName.NextResponse => thread.NextResponse,
        DurationName.FirstSolved => thread.FirstSolved,
        DurationName.LastSolved => thread.LastSolved,
        DurationName.WaitingOnTeam => thread.WaitingOnTeam,
        _ => thread.WaitingOnRequester,
    };

    /// <summary>The duration in numbers.</summary>
    public static DurationNumbers Of(this DurationName name, TeamNumbers numbers) => name switch
    {
        DurationName.FirstResponse => numbers.FirstResponse,
        DurationName.FirstResponseWorking => numbers.FirstResponseWorking,
        DurationName.Acknowledged => numbers.Acknowledged,
        DurationName.AcknowledgedWorking => numbers.AcknowledgedWorking,
        DurationName.NextResponse => numbers.NextResponse,
        DurationName.NextResponseWorking => numbers.NextResponseWorking,
        DurationName.FirstSolved => numbers.FirstSolved,
        DurationName.FirstSolvedWorking => numbers.FirstSolvedWorking,
        DurationName.LastSolved => numbers.LastSolved,
        DurationName.LastSolvedWorking => numbers.LastSolvedWorking,
        DurationName.WaitingOnTeam => numbers.WaitingOnTeam,
        DurationName.WaitingOnTeamWorking => numbers.WaitingOnTeamWorking,
        DurationName.WaitingOnRequester => numbers.WaitingOnRequester,
        _ => numbers.WaitingOnRequesterWorking,
    };
}
