namespace Subot.Domain.Numbers;

/// <summary>
/// The durations as they are added up: two that are mostly one and the same are counted in one place, for both. Stored: never renumber.
/// </summary>
public enum DurationSet : byte
{
    /// <summary>First responses of threads that were acknowledged otherwise.</summary>
    FirstResponse = 0,

    /// <summary>Acknowledgements other than the first response.</summary>
    Acknowledged = 1,

    /// <summary>First responses that are the acknowledgement too.</summary>
    AcknowledgedByResponse = 2,

    /// <inheritdoc cref="Contribution.NextResponse"/>
    NextResponse = 3,

    /// <summary>First solvings that do not stand.</summary>
    FirstSolved = 4,

    /// <summary>Standing solvings that are not the first.</summary>
    LastSolved = 5,

    /// <summary>First solvings that stand.</summary>
    SolvedOnce = 6,

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    WaitingOnTeam = 7,

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    WaitingOnRequester = 8,
}

/// <summary>Which duration of a contribution belongs to which set.</summary>
public static class DurationSets
{
    /// <summary>How many sets there are.</summary>
    public const int Count = 9;

    /// <summary>What a request has in a set; mostly nothing in most.</summary>
    public static Measure Of(in Contribution thread, DurationSet set)
    {
        var acknowledgedSame = thread.Acknowledged == thread.FirstResponse;
        var solvedSame = thread.LastSolved == thread.FirstSolved;
        return set switch
        {
            DurationSet.FirstResponse => acknowledgedSame ? default : thread.FirstResponse,
            DurationSet.Acknowledged => acknowledgedSame ? default : thread.Acknowledged,
            DurationSet.AcknowledgedByResponse => acknowledgedSame ? thread.FirstResponse : default,
            DurationSet.NextResponse => thread.NextResponse,
            DurationSet.FirstSolved => solvedSame ? default : thread.FirstSolved,
            DurationSet.LastSolved => solvedSame ? default : thread.LastSolved,
            DurationSet.SolvedOnce => solvedSame ? thread.FirstSolved : default,
            DurationSet.WaitingOnTeam => thread.WaitingOnTeam,
            DurationSet.WaitingOnRequester => thread.WaitingOnRequester,
            _ => default,
        };
    }

    /// <summary>Gives a request back what it had in a set.</summary>
    public static void Put(ref Contribution thread, DurationSet set, Measure measure)
    {
        switch (set)
        {
            case DurationSet.FirstResponse:
                thread.FirstResponse = measure;
                break;
            case DurationSet.Acknowledged:
                thread.Acknowledged = measure;
                break;
            case DurationSet.AcknowledgedByResponse:
                thread.FirstResponse = thread.Acknowledged = measure;
                break;
            case DurationSet.NextResponse:
                thread.NextResponse = measure;
                break;
            case DurationSet.FirstSolved:
                thread.FirstSolved = measure;
                break;
            case DurationSet.LastSolved:
                thread.LastSolved = measure;
                break;
            case DurationSet.SolvedOnce:
                thread.FirstSolved = thread.LastSolved = measure;
                break;
            case DurationSet.WaitingOnTeam:
                thread.WaitingOnTeam = measure;
                break;
            case DurationSet.WaitingOnRequester:
                thread.WaitingOnRequester = measure;
                break;
        }
    }
}
