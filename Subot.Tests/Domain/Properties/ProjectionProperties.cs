using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Properties;

/// <summary>The same set of facts gives the same thread, in whatever order and however often they come.</summary>
public sealed class ProjectionProperties
{
    [Test]
    public void Any_order_with_duplicates_gives_the_state_and_the_numbers_of_one_fold() =>
        Prop.ForAll(Arrivals, arrival =>
        {
            var known = new List<Fact>();
            var state = new ProjectedThread(arrival.History.Key);
            foreach (var fact in arrival.Facts)
                state = Apply(known, state, fact);
            return SameAs(Fold(arrival.History.Key, arrival.History.Facts), state);
        }).Check(Runs(3000));

    [Test]
    public void Steps_equal_the_full_fold_at_every_prefix()
    {
        var (steps, revisions) = (0, 0);
        Prop.ForAll(Any, history =>
        {
            var known = new List<Fact>();
            var state = new ProjectedThread(history.Key);
            var same = true;
            foreach (var fact in history.Facts.Order(Comparer<Fact>.Create(Fact.Compare)))
            {
                var stepped = ThreadProjection.TryStep(Copy(state), fact, History.Settings, Revised(known, fact));
                steps += stepped ? 1 : 0;
                revisions += stepped && fact is EditFact or DeletionFact ? 1 : 0;
                state = Apply(known, state, fact);
                same &= SameAs(Fold(history.Key, known), state);
            }

            return same;
        }).Check(Runs(1500));
        Assert.That(steps, Is.GreaterThan(5000), "facts that came in order were taken as steps");
        Assert.That(revisions, Is.GreaterThan(500), "edits and deletions among them");
    }

    [Test]
    public void Expiry_fact_adds_nothing_that_a_later_fact_does_not() =>
        Prop.ForAll(Any, Gen.Choose(0, 1000).ToArbitrary(), (history, pick) =>
        {
            var facts = history.Facts.Where(f => f is not ExpiryFact).ToList();
            var messages = facts.OfType<MessageFact>().ToList();
            var since = messages[pick % messages.Count].Time;
            var expiry = new ExpiryFact(since.AddSeconds(2 * 86400), since);
            // A vote of nobody at the end: a fact that only lets time pass.
            var later = new VoteFact(new Ts(Math.Max(history.End.Micros, expiry.Time.Micros) + 1), new UserId("UNOBODY"), true);
            return SameAs(Fold(history.Key, [.. facts, later]), Fold(history.Key, [.. facts, expiry, later]))
                && SameAs(Fold(history.Key, [.. facts, later]), Fold(history.Key, [.. history.Facts, later]));
        }).Check(Runs(2000));

    [Test]
    public void Facts_after_an_instant_have_not_happened_at_it() =>
        Prop.ForAll(Any, Gen.Choose(0, 1000).ToArbitrary(), (history, pick) =>
        {
            var until = history.Facts[pick % history.Facts.Count].Time;
            var before = history.Facts.Where(f => f.Time < until).ToList();
            return SameAs(
                ThreadProjection.Fold(history.Key, before, History.Settings, until),
                ThreadProjection.Fold(history.Key, history.Facts, History.Settings, until));
        }).Check(Runs(500));

    [Test]
    public void What_a_first_read_showed_before_an_instant_is_the_same_at_it_whatever_later_reads_show()
    {
        var shown = 0;
        Prop.ForAll(Any, Gen.Choose(0, 1000).ToArbitrary(), (history, pick) =>
        {
            var reads = history.Facts.OfType<SnapshotFact>().OrderBy(s => s.Time).ToList();
            if (reads.Count == 0)
                return true;
            // Merging keeps what a read showed; what it no longer showed is lost.
            var first = reads[0] with { Truncated = [.. history.Facts.OfType<ReactionFact>().Select(r => r.Emoji).Distinct().Order(StringComparer.Ordinal)] };
            var rest = history.Facts.Where(f => f is not SnapshotFact).ToList();
            var after = rest.Select(f => f.Time).Where(t => t > first.Time).Append(new Ts(history.End.Micros + 1)).Order().ToList();
            var until = after[pick % after.Count];
            var at = until.AddSeconds(pick);
            var later = new SnapshotFact(at, [.. reads[^1].Reactions.Select(r => r with { FirstSeen = at })], []);
            shown += first.Reactions.Count;
            string At(SnapshotFact read) =>
                Json.Of(Contribution.Of(ThreadProjection.Fold(history.Key, [.. rest, read], History.Settings, until), History.Settings));
            DifferenceException.Unless(At(first), At(SnapshotFact.Merge(first, later)), "numbers");
            return true;
        }).Check(Runs(3000));
        Assert.That(shown, Is.GreaterThan(1000), "reactions that first reads showed");
    }

    /// <summary>
    /// As the apply loop does it: what is known is skipped, what is newest is a step, anything else means a fold; one read at most.
    /// </summary>
    private static ProjectedThread Apply(List<Fact> known, ProjectedThread state, Fact fact)
    {
        if (fact is SnapshotFact read)
        {
            var merged = known.OfType<SnapshotFact>().SingleOrDefault() is { } other ? SnapshotFact.Merge(other, read) : read;
            known.RemoveAll(f => f is SnapshotFact);
            known.Add(merged);
            return Fold(state.Key, known);
        }

        if (known.Exists(f => f.IsSameAs(fact)))
            return state;
        var revised = Revised(known, fact);
        known.Add(fact);
        return ThreadProjection.TryStep(state, fact, History.Settings, revised) ? state : Fold(state.Key, known);
    }

    /// <summary>The message that an edit or a deletion is about, as it reads.</summary>
    private static MessageFact? Revised(List<Fact> known, Fact fact)
    {
        if (fact is not (EditFact or DeletionFact))
            return null;
        var about = fact is EditFact edit ? edit.Message : ((DeletionFact)fact).Message;
        var newest = known.OfType<EditFact>().Where(e => e.Message == about).MaxBy(e => e.Time);
        var message = known.OfType<MessageFact>().FirstOrDefault(m => m.Time == about);
        return message is null || known.OfType<DeletionFact>().Any(d => d.Message == about) ? null
            : newest is null ? message
            : message with { Verdicts = newest.Verdicts };
    }

    private static ProjectedThread Fold(ThreadKey key, IReadOnlyCollection<Fact> facts) =>
        ThreadProjection.Fold(key, facts, History.Settings);

    private static bool SameAs(ProjectedThread expected, ProjectedThread actual)
    {
        DifferenceException.Unless(Write(expected), Write(actual), "state");
        return true;
    }

    private static string Write(ProjectedThread state) =>
        Json.Of(new { State = state, Numbers = Contribution.Of(state, History.Settings) });

    private static ProjectedThread Copy(ProjectedThread state)
    {
        var copy = new ProjectedThread(state.Key) { DismissedBy = [.. state.DismissedBy], Holds = [.. state.Holds], Snoozes = [.. state.Snoozes] };
        foreach (var property in typeof(ProjectedThread).GetProperties().Where(p => p.SetMethod is not null && p.PropertyType != typeof(SortedSet<RootReaction>) && p.PropertyType != typeof(List<Snooze>)))
            property.SetValue(copy, property.GetValue(state));
        copy.Course = state.Course?.Copy();
        copy.Undone = state.Undone?.Copy();
        return copy;
    }
}
