using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Values;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// A contribution as fields that Elasticsearch filters by and adds up. Everything was computed by the domain, the buckets of durations
/// included, and each field has one value at most (but for tools, labels, answers and open times, which are only counted).
/// </summary>
internal sealed record NumbersFields
{
    // Above every bucket: what had not ended yet when it was closed is counted apart from what ended.
    private const int AtLeast = 8192;

    /// <summary>See <see cref="RootKind"/>.</summary>
    public required int Kind { get; init; }

    /// <summary>See <see cref="ThreadStatus"/>.</summary>
    public required int Status { get; init; }

    /// <summary>The bits of <see cref="Domain.Numbers.Traits"/>.</summary>
    public required int Traits { get; init; }

    public required long Replies { get; init; }

    /// <summary>Whether it is a request that is open now.</summary>
    public bool? Open { get; init; }

    /// <summary>The hour of the week; of requests.</summary>
    public int? Hour { get; init; }

    public int? Calendar { get; init; }

    /// <summary>Seconds since 1970; while the response is pending.</summary>
    public long? Due { get; init; }

    /// <summary>If there were any.</summary>
    public int? Reopenings { get; init; }

    public string? Requester { get; init; }

    public string? Responder { get; init; }

    public IReadOnlyList<string>? Tools { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyList<string>? Answers { get; init; }

    /// <summary>The seconds in which it was open.</summary>
    public IReadOnlyList<OpenRange>? OpenTimes { get; init; }

    /// <summary>What the thread has in each <see cref="DurationSet"/>; mostly nothing in most.</summary>
    public SortedDictionary<string, DurationFields>? Durations { get; init; }

    /// <summary>The name of a set of durations.</summary>
    public static string NameOf(DurationSet set) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{set}");

    /// <summary>What a counted code of a duration stands for.</summary>
    public static (MeasureKind Kind, int Bucket) BucketOf(long code) =>
        code >= AtLeast ? (MeasureKind.AtLeast, (int)code - AtLeast) : (MeasureKind.Done, (int)code);

    public static NumbersFields Of(in Contribution contribution, Dimensions dimensions)
    {
        var traits = Domain.Numbers.Traits.Of(contribution);
        var isRequest = contribution.Kind == RootKind.Request;
        return new NumbersFields
        {
            Kind = (int)contribution.Kind,
            Status = (int)contribution.Status,
            Traits = traits.Bits,
            Replies = contribution.Replies,
            Open = traits.IsOpen ? true : null,
            Hour = isRequest ? contribution.HourOfWeek : null,
            Calendar = isRequest ? contribution.Calendar : null,
            Due = contribution.Target == TargetOutcome.Pending ? contribution.Due : null,
            Reopenings = contribution.Reopenings > 0 ? contribution.Reopenings : null,
            Requester = dimensions.Requester?.Value,
            Responder = dimensions.Responder?.Value,
            Tools = Some(dimensions.Tools),
            Labels = Some(dimensions.Labels),
            Answers = Some(dimensions.Answers),
            OpenTimes = isRequest ? [.. (contribution.OpenAgain ?? []).Prepend(contribution.Open).Where(s => s.Start < s.End).Select(s => new OpenRange(s.Start, s.End))] : null,
            Durations = DurationsOf(contribution),
        };
    }

    public Dimensions Dimensions() => new()
    {
        Requester = Requester is null ? null : new UserId(Requester),
        Responder = Responder is null ? null : new UserId(Responder),
        Tools = [.. Tools ?? []],
        Labels = [.. Labels ?? []],
        Answers = [.. Answers ?? []],
    };

    private static ValueList<string>? Some(ValueList<string> ids) => ids.Count == 0 ? null : ids;

    private static SortedDictionary<string, DurationFields>? DurationsOf(in Contribution contribution)
    {
        if (contribution.Kind != RootKind.Request)
            return null;
        var durations = new SortedDictionary<string, DurationFields>(StringComparer.Ordinal);
        for (var set = (DurationSet)0; (int)set < DurationSets.Count; set++)
        {
            if (DurationSets.Of(contribution, set) is { Kind: not MeasureKind.None } measure)
                durations[NameOf(set)] = DurationFields.Of(measure);
        }

        return durations;
    }

    /// <summary>A duration on both clocks: its buckets, and its seconds if it ended; or since when it runs.</summary>
    internal sealed record DurationFields(
        int? Wall, int? Working, long? WallSeconds, long? WorkingSeconds, long? WallSince, long? WorkingSince)
    {
        public static DurationFields Of(Measure measure) => measure.Kind switch
        {
            MeasureKind.Waiting => new(null, null, null, null, measure.Wall, measure.Working),
            MeasureKind.Done => new(Bucket.IndexOf(measure.Wall), Bucket.IndexOf(measure.Working), measure.Wall, measure.Working, null, null),
            _ => new(AtLeast + Bucket.IndexOf(measure.Wall), AtLeast + Bucket.IndexOf(measure.Working), null, null, null, null),
        };
    }
}

/// <summary>Seconds since 1970 in which a request was open; the last one excluded.</summary>
internal sealed record OpenRange(long Gte, long Lt);
