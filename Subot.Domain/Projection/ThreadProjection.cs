using Subot.Domain.Facts;
using Subot.Domain.Settings;

namespace Subot.Domain.Projection;

/// <summary>
/// Turns the facts of a thread into its state. The same set of facts gives the same state, whatever the order in which they came:
/// <see cref="Fold"/> sorts them; <see cref="TryStep"/> takes only what is newer than all that is known.
/// </summary>
public static class ThreadProjection
{
    /// <summary>Changes when the meaning of facts changes: stored states of another version are projected anew.</summary>
    public const int Version = 4;

    // The time of a read is cut to a second, and the server may tell it a second late or more: what the read showed was there when Slack
    // answered, up to so much later.
    private const long ReadGranularity = 3 * Ts.Second;

    /// <summary>Walks all facts of a thread.</summary>
    /// <param name="until">Facts at or after this instant have not happened yet.</param>
    /// <param name="tellsTurns">Whether the turns are told one by one, see <see cref="Course.Turns"/>.</param>
    public static ProjectedThread Fold(
        ThreadKey key, IReadOnlyCollection<Fact> facts, SettingsHistory settings, Ts? until = null, bool tellsTurns = false)
    {
        var known = until is { } end ? [.. facts.Where(f => f.Time < end)] : facts.ToArray();
        Array.Sort(known, Fact.Compare);

        var state = new ProjectedThread(key);
        var walk = new Walk(state, settings, tellsTurns);
        var edits = new Dictionary<Ts, Verdicts>();
        var deleted = new HashSet<Ts>();
        foreach (var fact in known)
        {
            if (fact is EditFact edit)
                edits[edit.Message] = edit.Verdicts;
            else if (fact is DeletionFact deletion)
                deleted.Add(deletion.Message);
            else if (fact is CorrectionFact { Correction: CorrectionKind.Track } track)
                state.TrackedFor = track.For;
        }

        var snapshot = new SnapshotWalk(walk, known, until is null ? [] : [.. SeenBefore(facts, until.Value)]);
        foreach (var fact in known)
        {
            snapshot.CatchUpTo(fact);
            if (fact is MessageFact message)
                walk.Message(message, edits.GetValueOrDefault(fact.Time, message.Verdicts), deleted.Contains(fact.Time));
            else if (fact is not SnapshotFact)
                walk.Take(fact);
            state.LastTime = fact.Time;
        }

        snapshot.ShowTheRest();
        if (until is { } now)
            walk.PassTime(now);
        return state;
    }

    /// <summary>
    /// Applies one fact to the state if that gives what a fold over all facts would. False when only a fold can tell: the fact is not
    /// newer than all others, or it changes what earlier ones mean.
    /// </summary>
    /// <param name="revised">
    /// The message that an edit or a deletion is about, with its verdicts so far; null if it is deleted or not known.
    /// </param>
    public static bool TryStep(ProjectedThread state, Fact fact, SettingsHistory settings, MessageFact? revised = null)
    {
        if (fact.Time <= state.LastTime)
            return false;

        var walk = new Walk(state, settings);
        switch (fact)
        {
            case SnapshotFact or CorrectionFact { Correction: CorrectionKind.Track }:
            case ReactionFact when fact.Time - state.LastRead <= ReadGranularity:
            case EditFact edit when revised is null || !walk.MeansTheSame(revised, edit.Verdicts):
            case DeletionFact when revised is null || !walk.CanForget(revised):
                return false;
            case MessageFact message:
                walk.Message(message, message.Verdicts, deleted: false);
                break;
            case DeletionFact:
                walk.Take(fact);
                walk.Forget(revised!);
                break;
            default:
                walk.Take(fact);
                break;
        }

        state.LastTime = fact.Time;
        return true;
    }

    /// <summary>
    /// What reads had shown before an instant, told by one at or after it that has taken their place. What they no longer showed is lost.
    /// </summary>
    private static IEnumerable<SeenReaction> SeenBefore(IEnumerable<Fact> facts, Ts until) =>
        facts.OfType<SnapshotFact>().Where(s => s.Time >= until).SelectMany(s => s.Reactions).Where(r => r.FirstSeen < until);

    /// <summary>Lets a snapshot act at its own time, and each reaction in it at the time it was first seen.</summary>
    private sealed class SnapshotWalk
    {
        private readonly Walk _walk;
        private readonly HashSet<RootReaction> _standing = [];
        private readonly SnapshotFact? _snapshot;
        private readonly Queue<SeenReaction> _seen = [];
        private readonly ILookup<RootReaction, Ts>? _additions;
        private readonly ILookup<RootReaction, Ts>? _removals;

        /// <param name="seen">What is known besides of reactions that reads showed.</param>
        public SnapshotWalk(Walk walk, Fact[] facts, IReadOnlyList<SeenReaction> seen)
        {
            _walk = walk;
            _snapshot = facts.OfType<SnapshotFact>().Aggregate((SnapshotFact?)null, (merged, s) => merged is null ? s : SnapshotFact.Merge(merged, s));
            if (_snapshot is null && seen.Count == 0)
                return;
            var earlier = _snapshot?.Reactions.Where(r => r.FirstSeen < _snapshot.Time) ?? [];
            _seen = new Queue<SeenReaction>(earlier.Concat(seen).OrderBy(r => r.FirstSeen));
            _additions = Times(facts, added: true);
            _removals = Times(facts, added: false);
        }

        public void CatchUpTo(Fact next)
        {
            if (_additions is null)
                return;

            while (_seen.TryPeek(out var seen) && seen.FirstSeen < next.Time)
            {
                Show(seen, seen.FirstSeen);
                _seen.Dequeue();
            }

            if (next is SnapshotFact && next.Time == _snapshot?.Time)
                Set(_snapshot);
            if (next is ReactionFact reaction && reaction.Message == _walk.State.Key.Root)
            {
                var pair = new RootReaction(reaction.Emoji, reaction.User);
                _ = reaction.Added ? _standing.Add(pair) : _standing.Remove(pair);
            }
        }

        /// <summary>Shows what was seen after the last fact.</summary>
        public void ShowTheRest()
        {
            while (_seen.TryDequeue(out var seen))
                Show(seen, seen.FirstSeen);
        }

        private void Set(SnapshotFact snapshot)
        {
            _walk.State.LastRead = snapshot.Time;
            foreach (var reaction in snapshot.Reactions.Where(r => r.Present))
                Show(reaction, snapshot.Time);

            var present = snapshot.Reactions.Where(r => r.Present).Select(r => new RootReaction(r.Emoji, r.User)).ToHashSet();
            foreach (var gone in _standing.Where(s => !present.Contains(s) && !snapshot.Truncated.Contains(s.Emoji)).Order().ToList())
            {
                // Removed as the read was made: the removal knows its time.
                if (IsWithinRead(_removals![gone], snapshot.Time))
                    continue;
                _standing.Remove(gone);
                _walk.ReactionEnded(gone);
            }
        }

        private void Show(SeenReaction seen, Ts read)
        {
            // An addition as the read was made is this very reaction, and knows its time.
            var pair = new RootReaction(seen.Emoji, seen.User);
            if (IsWithinRead(_additions![pair], read) || !_standing.Add(pair))
                return;
            // An emoji of our own in a read tells of a vote that was not recorded.
            _walk.ReactionBegan(pair, read, known: false, allowed: seen.BySelf);
        }

        private static bool IsWithinRead(IEnumerable<Ts> times, Ts read) => times.Any(t => t > read && t - read <= ReadGranularity);

        private ILookup<RootReaction, Ts> Times(Fact[] facts, bool added) => facts.OfType<ReactionFact>()
            .Where(r => r.Added == added && r.Message == _walk.State.Key.Root)
            .ToLookup(r => new RootReaction(r.Emoji, r.User), r => r.Time);
    }
}
