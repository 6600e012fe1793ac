using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Properties;

/// <summary>The projection and the contribution agree with a naive reading of the definitions, over histories of every sort.</summary>
public sealed class DefinitionProperties
{
    private const int Enough = 50;

    private readonly SortedDictionary<string, int> _coverage = new(StringComparer.Ordinal);

    [Test]
    public void Numbers_are_what_the_definitions_say()
    {
        Prop.ForAll(Any, history =>
        {
            Judge(history);
            return true;
        }).Check(Runs(6000));

        foreach (var (name, count) in _coverage)
            TestContext.Out.WriteLine($"{count,6} {name}");
        Assert.That(_coverage.Keys, Is.SupersetOf(s_wanted));
        Assert.That(_coverage.Values, Has.All.AtLeast(Enough));
    }

    private static readonly string[] s_wanted =
    [
        .. Enum.GetNames<ThreadStatus>(), "solving", "undoing", "reopening", "expiry", "dismissal", "unknown time", "change of calendar", "change of team",
    ];

    private void Judge(History history)
    {
        var state = ThreadProjection.Fold(history.Key, history.Facts, History.Settings);
        var numbers = Contribution.Of(state, History.Settings);
        var naive = new NaiveRequest(history);
        DifferenceException.Unless(naive.Status, state.Status, "status");
        Cover(history, naive);
        if (naive.IsDeleted || naive.IsDismissed || naive.Periods.Count == 0)
        {
            DifferenceException.Unless(false, numbers.Kind == RootKind.Request, "request");
            return;
        }

        var asOf = new Ts((history.End.CeilingSeconds + 1000) * Ts.Second);
        var version = History.Settings.At(history.Key.Root);
        var expected = new NaiveNumbers(naive, history.Key.Root, version, asOf);
        Duration At(Measure measure) => measure.Kind == MeasureKind.Waiting
            ? new(MeasureKind.Waiting, asOf.CeilingSeconds - measure.Wall, version.Clock.At(asOf) / Ts.Second - measure.Working)
            : new(measure.Kind, measure.Wall, measure.Working);

        DifferenceException.Unless(expected.FirstResponse, At(numbers.FirstResponse), "first response");
        DifferenceException.Unless(expected.Acknowledged, At(numbers.Acknowledged), "acknowledged");
        DifferenceException.Unless(expected.NextResponse, At(numbers.NextResponse), "next response");
        DifferenceException.Unless(expected.FirstSolved, At(numbers.FirstSolved), "first solved");
        DifferenceException.Unless(expected.LastSolved, At(numbers.LastSolved), "last solved");
        DifferenceException.Unless(expected.OnTeam, At(numbers.WaitingOnTeam), "waiting on team");
        DifferenceException.Unless(expected.OnRequester, At(numbers.WaitingOnRequester), "waiting on requester");
        DifferenceException.Unless(expected.Reopenings, numbers.Reopenings, "reopenings");
        DifferenceException.Unless(expected.ReopenedWithinWeek, numbers.ReopenedWithinWeek, "reopened within a week");
        DifferenceException.Unless(expected.EverSolved, numbers.EverSolved, "ever solved");
        DifferenceException.Unless(naive.Dimensions, Dimensions.Of(state, History.Settings), "dimensions");
        DifferenceException.Unless(expected.Answered, numbers.Answered, "answered");
        DifferenceException.Unless(expected.AskedFeedback, numbers.AskedFeedback, "asked for feedback");
        DifferenceException.Unless(expected.Deflected, numbers.Deflected, "deflected");
        Count("answered", expected.Answered);
        Count("replied, and nothing active fits", !expected.Answered && naive.BotReplied);
        Count("replied, and about something else since", naive.BotReplied && naive.IsAboutSomethingElse);
        Count("asked for feedback", expected.AskedFeedback);
        Count("not asked for feedback", expected.Answered && !expected.AskedFeedback);
        Count("deflected", expected.Deflected);
        Count("not deflected: the team was first", !expected.Deflected && expected.Answered && expected.RequesterSolvedFirst && naive.Happenings.Any(h => h.What == What.TeamWord));
        Count("not deflected: reopened", !expected.Deflected && expected.Answered && expected.RequesterSolvedFirst && expected.ReopenedWithinWeek);
        DifferenceException.Unless(
            string.Join(' ', expected.Open.Select(o => new OpenSpan((uint)o.Start.CeilingSeconds, (uint?)o.End?.CeilingSeconds ?? uint.MaxValue))),
            string.Join(' ', [numbers.Open, .. numbers.OpenAgain ?? []]),
            "open");
        DifferenceException.Unless(expected.Target, Target(numbers, asOf), "target");
    }

    private static TargetOutcome? Target(Contribution numbers, Ts asOf)
    {
        var tally = new NumbersTally(new AsOf(asOf, History.Settings));
        tally.Add(numbers);
        var target = tally.Numbers().Target;
        return target switch
        {
            { Met: 1 } => TargetOutcome.Met,
            { Breached: 1 } => TargetOutcome.Breached,
            { Running: 1 } => TargetOutcome.Pending,
            _ => null,
        };
    }

    private void Cover(History history, NaiveRequest naive)
    {
        Count(naive.Status.ToString(), true);
        Count("dismissal", naive.IsDismissed);
        Count("solving", naive.Periods.Any(p => p.Solving is not null));
        Count("undoing", naive.Undoings > 0);
        Count("reopening", naive.Periods.Any(p => p.Reopened));
        Count("expiry", naive.Periods.Any(p => p.Expired));
        Count("expiry, then solved", naive.Periods.Any(p => p.Expired && p.Solving is not null));
        Count("expiry, then open again", naive.Periods.Zip(naive.Periods.Skip(1)).Any(p => p.First.Expired && !p.Second.Reopened));
        Count("unknown time", naive.Periods.Any(p => p.Estimated));
        Count("undone at an unknown time", naive.Undoings > 0 && naive.Happenings.Any(h => h is { What: What.EmojiOff, Known: false }));
        Count("addition as a read was made", history.Facts.OfType<ReactionFact>().Any(r => r.Added
            && history.Facts.Any(f => f is SnapshotFact && r.Time > f.Time && r.Time - f.Time <= NaiveReads.Granularity)));
        var spans = history.Key.Root < History.Change && history.Facts.Any(f => f.Time > History.Change);
        Count("change of calendar", spans && naive.Periods.Count > 0);
        Count("change of team", spans && naive.Periods.Count > 0 && history.Facts.OfType<MessageFact>().Any(m => m.Time > History.Change && (m.Author == History.Leaves || m.Author == History.Joins)));
    }

    private void Count(string name, bool occurs) => _coverage[name] = _coverage.GetValueOrDefault(name) + (occurs ? 1 : 0);
}
