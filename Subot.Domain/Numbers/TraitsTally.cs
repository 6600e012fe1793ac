using System.Numerics;
using System.Runtime.CompilerServices;
using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>Counts threads by their traits, requests by the hour of the week of their root, and replies.</summary>
internal sealed class TraitsTally
{
    private const int HourSlots = 256;

    // A place for all that a request may be, and one for each kind of what is none.
    private const int RequestPlaces = 1 << (16 - Traits.KindBits);
    private const int Places = RequestPlaces + (1 << Traits.KindBits);

    // Up to so many threads are kept one by one: a day of a series has no use for a place for all that a thread may be.
    private const int Few = 1024;

    private readonly List<ushort> _few = [];

    // Two halves in which threads are counted in turn: neighbours are often alike, and to count again in the same place is to wait.
    private int[] _traits = [];
    private readonly int[] _hours = new int[4 * HourSlots];
    private long _replies;
    private long _repliesWithoutRoot;

    /// <summary>Adds threads, column by column. Optimised at once: the first question of a process adds up a million.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<ushort> traits, ReadOnlySpan<byte> hours, ReadOnlySpan<uint> replies)
    {
        hours = hours[..traits.Length];
        replies = replies[..traits.Length];
        if (_traits.Length == 0 && _few.Count + traits.Length <= Few)
        {
            AddFew(traits, hours, replies);
            return;
        }

        Spread();
        var (counts, hourCounts) = (_traits, _hours);
        long all = 0;
        long withoutRoot = 0;
        for (var i = 0; i < traits.Length; i++)
        {
            var kind = (int)new Traits(traits[i]).Kind;
            // All bits of a request, none of others: without a branch, for which root is a request cannot be guessed.
            var request = ((kind ^ (int)RootKind.Request) - 1) >> 31;
            var place = ((traits[i] >> Traits.KindBits) & request) | ((RequestPlaces + kind) & ~request);
            counts[((i & 1) * Places) + place]++;
            hourCounts[((i & 1) * 2 * HourSlots) + (HourSlots & request) + hours[i]]++;
            all += replies[i];
            withoutRoot += kind == (int)RootKind.Missing ? replies[i] : 0;
        }

        _replies += all - withoutRoot;
        _repliesWithoutRoot += withoutRoot;
    }

    /// <summary>Adds threads that are alike, which somebody else has counted.</summary>
    /// <param name="replies">All of their replies.</param>
    public void Add(Traits traits, int threads, long replies)
    {
        Spread();
        _traits[PlaceOf(traits)] += threads;
        _replies += traits.Kind == RootKind.Missing ? 0 : replies;
        _repliesWithoutRoot += traits.Kind == RootKind.Missing ? replies : 0;
    }

    private void AddFew(ReadOnlySpan<ushort> traits, ReadOnlySpan<byte> hours, ReadOnlySpan<uint> replies)
    {
        _few.AddRange(traits);
        for (var i = 0; i < traits.Length; i++)
        {
            var kind = new Traits(traits[i]).Kind;
            _hours[(kind == RootKind.Request ? HourSlots : 0) + hours[i]]++;
            _replies += kind == RootKind.Missing ? 0 : replies[i];
            _repliesWithoutRoot += kind == RootKind.Missing ? replies[i] : 0;
        }
    }

    /// <summary>From now on they are counted.</summary>
    private void Spread()
    {
        if (_traits.Length > 0)
            return;
        _traits = new int[2 * Places];
        foreach (var bits in _few)
            _traits[PlaceOf(new Traits(bits))]++;
        _few.Clear();
    }

    private static void AddTo(int[] counts, TraitsTally other)
    {
        for (var i = 0; i < other._traits.Length; i++)
            counts[i] += other._traits[i];
        foreach (var bits in other._few)
            counts[PlaceOf(new Traits(bits))]++;
    }

    private static int PlaceOf(Traits traits) =>
        traits.Kind == RootKind.Request ? traits.Bits >> Traits.KindBits : RequestPlaces + (int)traits.Kind;

    /// <summary>Adds requests of an hour of the week, which somebody else has counted.</summary>
    public void AddHour(int hour, int requests) => _hours[HourSlots + hour] += requests;

    /// <summary>Adds what another tally counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(TraitsTally other)
    {
        if (_traits.Length > 0 || other._traits.Length > 0 || _few.Count + other._few.Count > Few)
            Spread();
        if (_traits.Length == 0)
            _few.AddRange(other._few);
        else
            AddTo(_traits, other);
        for (var i = 0; i < _hours.Length; i++)
            _hours[i] += other._hours[i];
        _replies += other._replies;
        _repliesWithoutRoot += other._repliesWithoutRoot;
    }

    /// <summary>The counts so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TraitCounts Counts()
    {
        var counts = new TraitCounts { Replies = _replies, RepliesWithoutRoot = _repliesWithoutRoot };
        foreach (var bits in _few)
            counts.Add(new Traits(bits), 1);
        for (var i = 0; i < Places && _traits.Length > 0; i++)
        {
            // Most are empty: several at a time are passed by.
            if (i % Vector<int>.Count == 0 && i <= Places - Vector<int>.Count && new Vector<int>(_traits, i) + new Vector<int>(_traits, Places + i) == Vector<int>.Zero)
            {
                i += Vector<int>.Count - 1;
                continue;
            }

            var n = _traits[i] + _traits[Places + i];
            if (n > 0)
                counts.Add(new Traits((ushort)(i < RequestPlaces ? (i << Traits.KindBits) | (int)RootKind.Request : i - RequestPlaces)), n);
        }

        for (var hour = 0; hour < counts.Hours.Length; hour++)
            counts.Hours[hour] = _hours[HourSlots + hour] + _hours[(3 * HourSlots) + hour];
        return counts;
    }
}

/// <summary>Threads by each of their traits. All but the roots and the replies are of requests alone.</summary>
internal sealed class TraitCounts
{
    public long[] Roots { get; } = new long[8];

    public long[] Statuses { get; } = new long[8];

    public long[] Targets { get; } = new long[4];

    public long[] Feedbacks { get; } = new long[4];

    public long[] Hours { get; } = new long[168];

    /// <summary>All roots but the missing ones.</summary>
    public long RootsKnown { get; private set; }

    public long Replies { get; init; }

    public long RepliesWithoutRoot { get; init; }

    public long Open { get; private set; }

    public long ReopenedWithinWeek { get; private set; }

    public long EverSolved { get; private set; }

    public long Estimated { get; private set; }

    public long Answered { get; private set; }

    public long AskedFeedback { get; private set; }

    /// <summary>Asked for feedback, and gave it. Some give it unasked: a settings change that is dated back may say so.</summary>
    public long SaidFeedback { get; private set; }

    public long Deflected { get; private set; }

    public void Add(Traits traits, long n)
    {
        Roots[(int)traits.Kind] += n;
        RootsKnown += traits.Kind is RootKind.Missing or > RootKind.Dismissed ? 0 : n;
        if (traits.Kind != RootKind.Request)
            return;
        Statuses[(int)traits.Status] += n;
        Targets[(int)traits.Target] += n;
        Feedbacks[(int)traits.Feedback] += n;
        Open += traits.IsOpen ? n : 0;
        ReopenedWithinWeek += traits.ReopenedWithinWeek ? n : 0;
        EverSolved += traits.EverSolved ? n : 0;
        Estimated += traits.CloseEstimated ? n : 0;
        Answered += traits.Answered ? n : 0;
        AskedFeedback += traits.AskedFeedback ? n : 0;
        SaidFeedback += traits is { AskedFeedback: true, Feedback: not Feedback.None } ? n : 0;
        Deflected += traits.Deflected ? n : 0;
    }
}
