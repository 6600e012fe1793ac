using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Storage.Codecs;

/// <summary>
/// Single contributions as bytes, some 60 each, until they are packed: a word of flags says which values follow. People and
/// sets of ids are numbers of the store's register; 0 is nobody, or the empty set.
/// </summary>
internal static class ContributionCodec
{
    private const ulong SameAsFirstResponse = 1UL << 27;
    private const ulong SameAsFirstSolved = 1UL << 28;
    private const ulong HasReopenings = 1UL << 29;
    private const ulong HasRequester = 1UL << 30;
    private const ulong HasResponder = 1UL << 31;
    private const ulong StillOpen = 1UL << 56;
    private const ulong HasTools = 1UL << 57;
    private const ulong HasLabels = 1UL << 58;
    private const ulong HasAnswers = 1UL << 59;
    private const ulong Answered = 1UL << 60;
    private const ulong AskedFeedback = 1UL << 61;
    private const ulong Deflected = 1UL << 62;
    private const ulong WithinWeek = 1UL << 22;
    private const ulong EverSolved = 1UL << 23;
    private const ulong Estimated = 1UL << 24;

    public static void Write(BlobWriter to, in Contribution c, in DimensionNumbers numbers)
    {
        var acknowledgedSame = c.Acknowledged == c.FirstResponse;
        var solvedSame = c.LastSolved == c.FirstSolved;
        var reopened = c.Reopenings > 0 || c.OpenAgain is { Length: > 0 };
        to.Raw((ulong)c.Kind
            | ((ulong)c.Status << 3)
            | ((ulong)c.FirstResponse.Kind << 6)
            | ((ulong)c.Acknowledged.Kind << 8)
            | ((ulong)c.NextResponse.Kind << 10)
            | ((ulong)c.FirstSolved.Kind << 12)
            | ((ulong)c.LastSolved.Kind << 14)
            | ((ulong)c.WaitingOnTeam.Kind << 16)
            | ((ulong)c.WaitingOnRequester.Kind << 18)
            | ((ulong)c.Target << 20)
            | (c.ReopenedWithinWeek ? WithinWeek : 0)
            | (c.EverSolved ? EverSolved : 0)
            | (c.CloseEstimated ? Estimated : 0)
            | ((ulong)c.Feedback << 25)
            | (acknowledgedSame ? SameAsFirstResponse : 0)
            | (solvedSame ? SameAsFirstSolved : 0)
            | (reopened ? HasReopenings : 0)
            | (numbers.Requester != 0 ? HasRequester : 0)
            | (numbers.Responder != 0 ? HasResponder : 0)
            | (numbers.Tools != 0 ? HasTools : 0)
            | (numbers.Labels != 0 ? HasLabels : 0)
            | (numbers.Answers != 0 ? HasAnswers : 0)
            | (c.Answered ? Answered : 0)
            | (c.AskedFeedback ? AskedFeedback : 0)
            | (c.Deflected ? Deflected : 0)
            | ((ulong)c.HourOfWeek << 32)
            | ((ulong)c.Calendar << 40)
            | (c.Open.End == uint.MaxValue ? StillOpen : 0));
        to.Raw(c.Root.Micros);
        to.Raw(c.Replies);
        if (c.Kind != RootKind.Request)
            return;

        for (var dimension = (NumbersDimension)0; (int)dimension < DimensionNumbers.Count; dimension++)
        {
            if (numbers[dimension] is var number and not 0)
                to.Raw(number);
        }

        Write(to, c.FirstResponse);
        if (!acknowledgedSame)
            Write(to, c.Acknowledged);
        Write(to, c.NextResponse);
        Write(to, c.FirstSolved);
        if (!solvedSame)
            Write(to, c.LastSolved);
        Write(to, c.WaitingOnTeam);
        Write(to, c.WaitingOnRequester);
        if (c.Target == TargetOutcome.Pending)
            to.Raw(c.Due);
        if (c.Open.End != uint.MaxValue)
            to.Raw(c.Open.End);
        if (!reopened)
            return;
        to.Raw(c.Reopenings);
        to.Raw((ushort)(c.OpenAgain?.Length ?? 0));
        foreach (var span in c.OpenAgain ?? [])
        {
            to.Raw(span.Start);
            to.Raw(span.End);
        }
    }

    public static void Read(ref BlobReader from, out Contribution c, out DimensionNumbers numbers)
    {
        var flags = from.Raw<ulong>();
        c = default;
        c.Kind = (RootKind)(flags & 7);
        c.Status = (ThreadStatus)((flags >> 3) & 7);
        c.Root = new Ts(from.Raw<long>());
        c.Replies = from.Raw<uint>();
        c.Calendar = (ushort)(flags >> 40);
        numbers = default;
        c.HourOfWeek = (byte)(flags >> 32);
        if (c.Kind > RootKind.Dismissed || c.Status > ThreadStatus.Dismissed || c.HourOfWeek >= 168)
            throw BlobReader.Damaged();
        if (c.Kind != RootKind.Request)
            return;

        numbers = new DimensionNumbers(
            ReadNumber(ref from, flags & HasRequester),
            ReadNumber(ref from, flags & HasResponder),
            ReadNumber(ref from, flags & HasTools),
            ReadNumber(ref from, flags & HasLabels),
            ReadNumber(ref from, flags & HasAnswers));
        c.FirstResponse = ReadMeasure(ref from, flags >> 6);
        c.Acknowledged = (flags & SameAsFirstResponse) != 0 ? c.FirstResponse : ReadMeasure(ref from, flags >> 8);
        c.NextResponse = ReadMeasure(ref from, flags >> 10);
        c.FirstSolved = ReadMeasure(ref from, flags >> 12);
        c.LastSolved = (flags & SameAsFirstSolved) != 0 ? c.FirstSolved : ReadMeasure(ref from, flags >> 14);
        c.WaitingOnTeam = ReadMeasure(ref from, flags >> 16);
        c.WaitingOnRequester = ReadMeasure(ref from, flags >> 18);
        c.Target = (TargetOutcome)((flags >> 20) & 3);
        c.Due = c.Target == TargetOutcome.Pending ? from.Raw<uint>() : 0;
        c.ReopenedWithinWeek = (flags & WithinWeek) != 0;
        c.EverSolved = (flags & EverSolved) != 0;
        c.CloseEstimated = (flags & Estimated) != 0;
        c.Answered = (flags & Answered) != 0;
        c.AskedFeedback = (flags & AskedFeedback) != 0;
        c.Deflected = (flags & Deflected) != 0;
        c.Feedback = (Feedback)((flags >> 25) & 3);
        c.Open = new OpenSpan((uint)c.Root.CeilingSeconds, (flags & StillOpen) != 0 ? uint.MaxValue : from.Raw<uint>());
        if ((flags & HasReopenings) == 0)
            return;
        c.Reopenings = from.Raw<ushort>();
        var again = from.Raw<ushort>();
        c.OpenAgain = again == 0 ? null : new OpenSpan[again];
        for (var i = 0; i < again; i++)
            c.OpenAgain![i] = new OpenSpan(from.Raw<uint>(), from.Raw<uint>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadNumber(ref BlobReader from, ulong has) => has != 0 ? from.Raw<int>() : 0;

    private static void Write(BlobWriter to, Measure measure)
    {
        if (measure.Kind == MeasureKind.None)
            return;
        to.Raw(measure.Wall);
        to.Raw(measure.Working);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Measure ReadMeasure(ref BlobReader from, ulong kind) =>
        (MeasureKind)(kind & 3) is var known and not MeasureKind.None ? new Measure(known, from.Raw<uint>(), from.Raw<uint>()) : default;
}
