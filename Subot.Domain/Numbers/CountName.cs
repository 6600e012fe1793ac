using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>The counts that numbers tell of. A rate is one count divided by another.</summary>
public enum CountName
{
    /// <inheritdoc cref="TeamNumbers.Requests"/>
    Requests,

    /// <inheritdoc cref="TeamNumbers.Responded"/>
    Responded,

    /// <inheritdoc cref="TeamNumbers.Waiting"/>
    Waiting,

    /// <inheritdoc cref="TeamNumbers.Solved"/>
    Solved,

    /// <inheritdoc cref="TeamNumbers.Expired"/>
    Expired,

    /// <inheritdoc cref="TeamNumbers.Open"/>
    Open,

    /// <inheritdoc cref="TargetNumbers"/>
    TargetMet,

    /// <inheritdoc cref="TargetNumbers"/>
    TargetBreached,

    /// <inheritdoc cref="TargetNumbers"/>
    TargetRunning,

    /// <inheritdoc cref="TargetNumbers"/>
    TargetNotJudged,

    /// <inheritdoc cref="TeamNumbers.Reopenings"/>
    Reopenings,

    /// <inheritdoc cref="TeamNumbers.ReopenedThreads"/>
    ReopenedThreads,

    /// <inheritdoc cref="Contribution.ReopenedWithinWeek"/>
    ReopenedWithinWeek,

    /// <inheritdoc cref="TeamNumbers.EverSolved"/>
    EverSolved,

    /// <inheritdoc cref="TeamNumbers.EstimatedClosings"/>
    EstimatedClosings,

    /// <inheritdoc cref="TeamNumbers.Useful"/>
    Useful,

    /// <inheritdoc cref="TeamNumbers.Useless"/>
    Useless,

    /// <inheritdoc cref="TeamNumbers.Answered"/>
    Answered,

    /// <inheritdoc cref="TeamNumbers.AskedFeedback"/>
    AskedFeedback,

    /// <inheritdoc cref="TeamNumbers.Deflected"/>
    Deflected,
}

/// <summary>Reads counts by their names.</summary>
public static class CountNames
{
    /// <summary>What a request adds to a count; 0 of what is no request.</summary>
    public static int Of(this CountName name, in Contribution thread, AsOf asOf)
    {
        if (thread.Kind != RootKind.Request)
            return 0;
        return name switch
        {
            CountName.Requests => 1,
            CountName.Responded => One(thread.FirstResponse.Kind == MeasureKind.Done),
            CountName.Waiting => One(thread.FirstResponse.Kind == MeasureKind.Waiting),
            CountName.Solved => One(thread.Status == ThreadStatus.Fixed),
            CountName.Expired => One(thread.Status == ThreadStatus.Expired),
            CountName.Open => One(Traits.Of(thread).IsOpen),
            CountName.TargetMet => One(thread.TargetAt(asOf) == TargetOutcome.Met),
            CountName.TargetBreached => One(thread.TargetAt(asOf) == TargetOutcome.Breached),
            CountName.TargetRunning => One(thread.TargetAt(asOf) == TargetOutcome.Pending),
            CountName.TargetNotJudged => One(thread.TargetAt(asOf) == TargetOutcome.NotJudged),
            CountName.Reopenings => thread.Reopenings,
            CountName.ReopenedThreads => One(thread.Reopenings > 0),
            CountName.ReopenedWithinWeek => One(thread.ReopenedWithinWeek),
            CountName.EverSolved => One(thread.EverSolved),
            CountName.EstimatedClosings => One(thread.CloseEstimated),
            CountName.Useful => One(thread.Feedback == Feedback.Useful),
            CountName.Useless => One(thread.Feedback == Feedback.Useless),
            CountName.Answered => One(thread.Answered),
            CountName.AskedFeedback => One(thread.AskedFeedback),
            _ => One(thread.Deflected),
        };
    }

    private static int One(bool counts) => counts ? 1 : 0;
}
