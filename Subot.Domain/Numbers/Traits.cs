using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>
/// What a contribution is, without its values, in 16 bits: threads are counted by all of it at once. Stored: never renumber.
/// </summary>
public readonly record struct Traits(ushort Bits)
{
    /// <summary>How many bits tell the kind: the lowest. Of what is no request the others tell nothing that is counted.</summary>
    public const int KindBits = 3;

    /// <summary>How many kinds and statuses there are together: the lowest bits.</summary>
    public const int StandingCount = 1 << 6;

    private const int WithinWeek = 1 << 10;
    private const int Solved = 1 << 11;
    private const int Estimated = 1 << 12;
    private const int WasAnswered = 1 << 13;
    private const int WasAsked = 1 << 14;
    private const int WasDeflected = 1 << 15;

    /// <inheritdoc cref="Contribution.Kind"/>
    public RootKind Kind => (RootKind)(Bits & 7);

    /// <inheritdoc cref="Contribution.Status"/>
    public ThreadStatus Status => (ThreadStatus)((Bits >> 3) & 7);

    /// <inheritdoc cref="Contribution.Target"/>
    public TargetOutcome Target => (TargetOutcome)((Bits >> 6) & 3);

    /// <inheritdoc cref="Contribution.Feedback"/>
    public Feedback Feedback => (Feedback)((Bits >> 8) & 3);

    /// <inheritdoc cref="Contribution.ReopenedWithinWeek"/>
    public bool ReopenedWithinWeek => (Bits & WithinWeek) != 0;

    /// <inheritdoc cref="Contribution.EverSolved"/>
    public bool EverSolved => (Bits & Solved) != 0;

    /// <inheritdoc cref="Contribution.CloseEstimated"/>
    public bool CloseEstimated => (Bits & Estimated) != 0;

    /// <inheritdoc cref="Contribution.Answered"/>
    public bool Answered => (Bits & WasAnswered) != 0;

    /// <inheritdoc cref="Contribution.AskedFeedback"/>
    public bool AskedFeedback => (Bits & WasAsked) != 0;

    /// <inheritdoc cref="Contribution.Deflected"/>
    public bool Deflected => (Bits & WasDeflected) != 0;

    /// <summary>A request that is open now.</summary>
    public bool IsOpen => Kind == RootKind.Request && (Status is ThreadStatus.Unresponded or ThreadStatus.Responded);

    /// <summary>Whether these are bits that a contribution can have.</summary>
    public bool AreKnown => Kind <= RootKind.Dismissed && Status <= ThreadStatus.Dismissed;

    /// <summary>The traits of a contribution.</summary>
    public static Traits Of(in Contribution thread) => new((ushort)((int)thread.Kind
        | ((int)thread.Status << 3)
        | ((int)thread.Target << 6)
        | ((int)thread.Feedback << 8)
        | (thread.ReopenedWithinWeek ? WithinWeek : 0)
        | (thread.EverSolved ? Solved : 0)
        | (thread.CloseEstimated ? Estimated : 0)
        | (thread.Answered ? WasAnswered : 0)
        | (thread.AskedFeedback ? WasAsked : 0)
        | (thread.Deflected ? WasDeflected : 0)));

    /// <summary>Gives a contribution these traits.</summary>
    public void Into(ref Contribution thread)
    {
        thread.Kind = Kind;
        thread.Status = Status;
        thread.Target = Target;
        thread.Feedback = Feedback;
        thread.ReopenedWithinWeek = ReopenedWithinWeek;
        thread.EverSolved = EverSolved;
        thread.CloseEstimated = CloseEstimated;
        thread.Answered = Answered;
        thread.AskedFeedback = AskedFeedback;
        thread.Deflected = Deflected;
    }
}
