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
            CountName.Open => One(thread.Status is ThreadStatus.Unresponded or ThreadStatus.Responded),
            CountName.TargetMet => One(thread.Target == TargetOutcome.Met),
            CountName.TargetBreached => One(thread.Target == TargetOutcome.Breached || (thread.Target == TargetOutcome.Pending && asOf.Second > thread.Due)),
            CountName.TargetRunning => One(thread.Target == TargetOutcome.Pending && asOf.Second <= thread.Due),
            CountName.TargetNotJudged => One(thread.Target == TargetOutcome.NotJudged),
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

    /// <summary>The count in numbers; null of the one that is told only as a rate.</summary>
    public static long? Of(this CountName name, TeamNumbers numbers) => name switch
    {
        CountName.Requests => numbers.Requests,
        CountName.Responded => numbers.Responded,
        CountName.Waiting => numbers.Waiting,
        CountName.Solved => numbers.Solved,
        CountName.Expired => numbers.Expired,
        CountName.Open => numbers.Open,
        CountName.TargetMet => numbers.Target.Met,
        CountName.TargetBreached => numbers.Target.Breached,
        CountName.TargetRunning => numbers.Target.Running,
        CountName.TargetNotJudged => numbers.Target.NotJudged,
        CountName.Reopenings => numbers.Reopenings,
        CountName.ReopenedThreads => numbers.ReopenedThreads,
        CountName.ReopenedWithinWeek => null,
        CountName.EverSolved => numbers.EverSolved,
        CountName.EstimatedClosings => numbers.EstimatedClosings,
        CountName.Useful => numbers.Useful,
        CountName.Useless => numbers.Useless,
        CountName.Answered => numbers.Answered,
        CountName.AskedFeedback => numbers.AskedFeedback,
        _ => numbers.Deflected,
    };

    private static int One(bool counts) => counts ? 1 : 0;
}
