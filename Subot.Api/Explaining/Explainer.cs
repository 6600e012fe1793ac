using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Explaining;

/// <summary>Says why a request adds what it adds to a number: the facts that moved the clock, and the working time that counted.</summary>
internal sealed class Explainer(SettingsHistory settings, Ts asOf)
{
    private static readonly Dictionary<MessageKey, string> s_noTexts = [];
    private readonly AsOf _asOf = new(asOf, settings);
    private readonly Ts _now = new(asOf.Micros / Ts.Second * Ts.Second);

    /// <summary>Whether a request counts in a duration, and with how many seconds.</summary>
    public long? ValueOf(DurationName name, in Contribution contribution)
    {
        var measure = contribution.Kind == RootKind.Request ? name.Of(contribution) : default;
        var seconds = name.IsWorking() ? measure.Working : measure.Wall;
        return measure.Kind switch
        {
            MeasureKind.None => null,
            MeasureKind.Waiting => name.IsWorking() ? _asOf.WorkingAge(seconds, contribution.Calendar) : _asOf.Age(seconds),
            _ => seconds,
        };
    }

    /// <summary>What a request adds to a count; null if nothing.</summary>
    public long? ValueOf(CountName name, in Contribution contribution) => name.Of(contribution, _asOf) is var n and > 0 ? n : null;

    /// <summary>Why a duration is what it is.</summary>
    public ExplainedThread Explain(DurationName name, CountedThread thread, IReadOnlyList<Fact> facts)
    {
        var state = ThreadProjection.Fold(thread.Key, facts, settings, tellsTurns: true);
        return new ExplainedThread
        {
            Channel = thread.Key.Channel.Value,
            Ts = thread.Key.Root.ToString(),
            Value = ValueOf(name, thread.Contribution) ?? 0,
            State = Word.Of(name.Of(thread.Contribution).Kind),
            Spans = [.. ClockSpans.Of(name, state).Select(span => Of(span, thread.Key, facts, name.IsWorking()))],
            Facts = [],
        };
    }

    /// <summary>Why a count counts a request.</summary>
    public ExplainedThread Explain(CountName name, CountedThread thread, IReadOnlyList<Fact> facts)
    {
        var state = ThreadProjection.Fold(thread.Key, facts, settings, tellsTurns: true);
        var (spans, rests) = GroundsOf(name, state, facts);
        return new ExplainedThread
        {
            Channel = thread.Key.Channel.Value,
            Ts = thread.Key.Root.ToString(),
            Value = ValueOf(name, thread.Contribution) ?? 0,
            State = null,
            Spans = [.. spans.Select(span => Of(span, thread.Key, facts, IsOfTarget(name)))],
            Facts = [.. rests.Distinct().Order(Comparer<Fact>.Create(Fact.Compare)).Select(f => ThreadWords.Of(f, thread.Key.Channel, s_noTexts))],
            Due = IsOfTarget(name) ? DueOf(state)?.ToDateTimeOffset() : null,
        };
    }

    private static bool IsOfTarget(CountName name) =>
        name is CountName.TargetMet or CountName.TargetBreached or CountName.TargetRunning or CountName.TargetNotJudged;

    private Ts? DueOf(ProjectedThread state)
    {
        var version = settings.At(state.Key.Root);
        return state.Course is not { } course ? null
            : settings.ClockOf(version, state.Key.Channel).Add(course.ResponseFrom, version.Settings.ResponseTargetSeconds * Ts.Second);
    }

    /// <summary>The clock that a count looks at, and the facts that it rests on besides.</summary>
    private static (IReadOnlyList<ClockSpan> Spans, IEnumerable<Fact> Facts) GroundsOf(CountName name, ProjectedThread state, IReadOnlyList<Fact> facts)
    {
        var course = state.Course!;
        var root = facts.OfType<MessageFact>().Where(m => m.Time == state.Key.Root);
        return name switch
        {
            CountName.Responded or CountName.Waiting or CountName.TargetMet or CountName.TargetBreached or CountName.TargetRunning or CountName.TargetNotJudged =>
                (ClockSpans.Of(DurationName.FirstResponse, state), []),
            CountName.Solved => (ClockSpans.Of(DurationName.LastSolved, state), course.ClosedAt is null ? facts.OfType<SnapshotFact>() : []),
            CountName.EverSolved => (ClockSpans.Of(DurationName.FirstSolved, state), course.FirstSolvedAt is null ? facts.OfType<SnapshotFact>() : []),
            CountName.Expired or CountName.Open or CountName.Reopenings or CountName.ReopenedThreads or CountName.ReopenedWithinWeek or CountName.EstimatedClosings =>
                ([.. course.Open.Select(o => new ClockSpan(o.Start, o.End))], course.Open.Exists(o => o.Estimated) ? facts.OfType<SnapshotFact>() : []),
            CountName.Useful or CountName.Useless => ([], facts.OfType<VoteFact>().Where(v => v.User == state.Requester)),
            CountName.Answered or CountName.AskedFeedback => ([], [.. root, .. Replies(state, facts)]),
            CountName.Deflected => (ClockSpans.Of(DurationName.FirstSolved, state), [.. root, .. Replies(state, facts)]),
            _ => ([], root),
        };
    }

    private static IEnumerable<Fact> Replies(ProjectedThread state, IReadOnlyList<Fact> facts) =>
        facts.OfType<MessageFact>().Where(m => m.Time == state.BotReplied);

    private ExplainedSpan Of(ClockSpan span, ThreadKey key, IReadOnlyList<Fact> facts, bool working)
    {
        var clock = settings.ClockOf(settings.At(key.Root), key.Channel);
        var until = span.To ?? (_now > span.From ? _now : span.From);
        return new ExplainedSpan(
            span.From.ToDateTimeOffset(),
            FactAt(span.From, key, facts),
            span.To?.ToDateTimeOffset(),
            span.To is { } to ? FactAt(to, key, facts) : null,
            working ? [.. clock.Worked(span.From, until).Select(s => new ExplainedSlot(s.From.ToDateTimeOffset(), s.To.ToDateTimeOffset()))] : null);
    }

    private static ThreadFact? FactAt(Ts instant, ThreadKey key, IReadOnlyList<Fact> facts) =>
        facts.FirstOrDefault(f => f.Time == instant && f is not SnapshotFact) is { } fact ? ThreadWords.Of(fact, key.Channel, s_noTexts) : null;
}
