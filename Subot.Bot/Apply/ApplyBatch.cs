using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>Which automatic replies a change may make.</summary>
/// <param name="Replies">Whether any; never while the team is empty.</param>
/// <param name="AnswerWithinSeconds">The age up to which a request still gets one.</param>
internal sealed record ReplyPolicy(bool Replies, long AnswerWithinSeconds)
{
    public static ReplyPolicy None { get; } = new(false, 0);
}

/// <summary>
/// Brings facts to their threads: groups them, loads those threads at once, projects, and commits all in one go. Live events, history
/// and imports all go this way.
/// </summary>
internal sealed class ApplyBatch(IThreadStore store, ReplyPolicy policy, Forgetting forgetting)
{
    /// <summary>Applies arrivals; when it returns they are durable.</summary>
    /// <exception cref="StoreException">Not all of it is stored: it has to be brought again.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<Arrival> arrivals, SettingsHistory settings, Ts now, CancellationToken ct)
    {
        // Somebody else changed a thread in between: what we know of it is old. Each round somebody gets through.
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var changes = await ChangesAsync(forgetting.Of(arrivals, now), settings, now, ct);
            if ((await store.CommitAsync(changes, ct)).Count == 0)
                return;
        }
    }

    private async ValueTask<ChangeSet> ChangesAsync(IReadOnlyList<Arrival> arrivals, SettingsHistory settings, Ts now, CancellationToken ct)
    {
        var byThread = await GroupAsync(arrivals, ct);
        var stored = await LoadAsync(byThread, ct);
        var messages = await store.LoadMessagesAsync([.. arrivals.Where(a => a.Fact is EditFact or DeletionFact).Select(a => a.About)], ct);
        var changes = new List<ThreadChange>(byThread.Count);
        var repeated = new List<RepeatedMessage>();
        foreach (var (key, group) in byThread)
        {
            if (await ChangeAsync(key, group, stored, messages, settings, now, repeated, ct) is { } change)
                changes.Add(change);
        }

        return new ChangeSet
        {
            Threads = changes,
            Repeated = repeated,
            OwnPosts = [.. arrivals.Where(a => a.ActionId is not null && a.Fact is MessageFact).Select(a => new OwnPost(a.ActionId!, a.About.Ts, a.Thread!.Value.Root))],
            InboxIds = [.. arrivals.Where(a => a.InboxId is not null).Select(a => a.InboxId!.Value)],
            Now = now,
        };
    }

    /// <summary>
    /// Facts by thread. An event on a message that does not tell its thread is looked up; unknown, it waits under the message's own ts.
    /// </summary>
    private async ValueTask<Dictionary<ThreadKey, List<Arrival>>> GroupAsync(IReadOnlyList<Arrival> arrivals, CancellationToken ct)
    {
        Dictionary<MessageKey, ThreadKey>? here = null;
        List<MessageKey>? unknown = null;
        foreach (var arrival in arrivals)
        {
            if (arrival.Thread is null)
                (unknown ??= []).Add(arrival.About);
            else if (arrival.Fact is MessageFact && arrival.Thread.Value.Root != arrival.About.Ts)
                (here ??= [])[arrival.About] = arrival.Thread.Value;
        }

        var known = unknown is null ? null : await store.FindThreadsAsync(unknown, ct);
        var byThread = new Dictionary<ThreadKey, List<Arrival>>(arrivals.Count);
        foreach (var arrival in arrivals)
        {
            var key = arrival.Thread ?? StrayKey(arrival);
            if (arrival.Thread is null && !(here?.TryGetValue(arrival.About, out key) ?? false) && !known!.TryGetValue(arrival.About, out key))
                key = StrayKey(arrival);
            if (!byThread.TryGetValue(key, out var group))
                byThread[key] = group = [];
            group.Add(arrival);
        }

        return byThread;
    }

    /// <summary>The threads, and what was kept about replies that came later.</summary>
    private async ValueTask<IReadOnlyDictionary<ThreadKey, StoredThread>> LoadAsync(
        Dictionary<ThreadKey, List<Arrival>> byThread, CancellationToken ct)
    {
        var begun = byThread.Where(t => t.Value.Exists(a => a.Fact is MessageFact && a.About.Ts == t.Key.Root)).Select(t => t.Key).ToHashSet();
        List<(ThreadKey Thread, Arrival Arrival, ThreadKey Key)> strays =
        [
            .. from thread in byThread
               from arrival in thread.Value
               where MayHaveStray(arrival, thread.Key)
               select (thread.Key, arrival, StrayKey(arrival)),
        ];
        var ofReplies = strays.Where(s => s.Arrival.Fact is MessageFact).Select(s => s.Key).ToHashSet();
        var loaded = await store.LoadToChangeAsync(
            [.. byThread.Keys.Where(k => !begun.Contains(k)), .. strays.Select(s => s.Key).Where(k => !ofReplies.Contains(k))],
            [.. begun, .. ofReplies],
            ct);

        // Replies that may have been stored before, by a bot that ended before it looked for what was kept about them.
        var left = strays.FindAll(s => loaded.PassedBy.Contains(s.Key) && !loaded.Known.ContainsKey(s.Key)
            && loaded.Known.TryGetValue(s.Thread, out var thread) && s.Arrival.Fact.Time <= thread.State.LastTime);
        return left.Count == 0 ? loaded.Known : loaded.Known.Concat(await store.LoadAsync([.. left.Select(s => s.Key).Distinct()], ct)).ToDictionary();
    }

    /// <summary>Where something about a message is kept that is not known yet: under its own ts.</summary>
    private static ThreadKey StrayKey(Arrival arrival) => new(arrival.About.Channel, arrival.About.Ts);

    /// <summary>
    /// Whether something about a message may be kept under its own ts: it came before the message, or another bot stored it at the same
    /// moment.
    /// </summary>
    private static bool MayHaveStray(Arrival arrival, ThreadKey thread) =>
        arrival.About.Ts != thread.Root && (arrival.Fact is MessageFact || arrival.Thread is null);

    private async ValueTask<ThreadChange?> ChangeAsync(
        ThreadKey key,
        List<Arrival> group,
        IReadOnlyDictionary<ThreadKey, StoredThread> stored,
        IReadOnlyDictionary<MessageKey, MessageFact> messages,
        SettingsHistory settings,
        Ts now,
        List<RepeatedMessage> repeated,
        CancellationToken ct)
    {
        var before = stored.GetValueOrDefault(key);
        var absorbed = Absorbed(key, group, stored);
        var facts = group.ConvertAll(a => a.Fact);
        foreach (var stray in absorbed)
            facts.AddRange(await store.LoadFactsAsync(stray.State.Key, ct));
        facts.Sort(Fact.Compare);

        var (state, added, all) = StepAll(before, key, facts, messages, settings) ?? Fold(key, facts, before is null ? [] : await store.LoadFactsAsync(key, ct), absorbed.Count > 0, settings);
        // Mostly every fact is new: there is nothing to look for then.
        if (absorbed.Count > 0 || added.Count < group.Count)
            repeated.AddRange(Messages(group, a => !IsAmong(added, a.Fact), all, messages).Select(m => new RepeatedMessage(key, m)));
        if (added.Count == 0 && absorbed.Count == 0)
            return null;
        return new ThreadChange
        {
            State = state,
            ExpectedVersion = before?.Version ?? 0,
            Contribution = Contribution.Of(state, settings),
            Dimensions = Dimensions.Of(state, settings),
            NewFacts = added,
            Messages = Messages(group, a => IsAmong(added, a.Fact), all, messages),
            Actions = Actions(state, added, settings, now),
            Absorbed = absorbed,
        };
    }

    private static List<StoredThread> Absorbed(ThreadKey key, List<Arrival> group, IReadOnlyDictionary<ThreadKey, StoredThread> stored)
    {
        List<StoredThread> absorbed = [];
        foreach (var arrival in group)
        {
            if (MayHaveStray(arrival, key)
                && stored.TryGetValue(StrayKey(arrival), out var stray)
                && stray.State.IsStray && !absorbed.Contains(stray))
                absorbed.Add(stray);
        }

        return absorbed;
    }

    /// <summary>The usual case: every fact is newer than all that is known. Null if only a fold can tell.</summary>
    private static (ProjectedThread State, List<Fact> Added, IReadOnlyCollection<Fact> All)? StepAll(
        StoredThread? before,
        ThreadKey key,
        List<Fact> facts,
        IReadOnlyDictionary<MessageKey, MessageFact> messages,
        SettingsHistory settings)
    {
        if (before is not null && facts[0].Time <= before.State.LastTime)
            return null;
        var state = before?.State ?? new ProjectedThread(key);
        var added = new List<Fact>(facts.Count);
        var revisions = new HashSet<Ts>();
        foreach (var fact in facts)
        {
            if (added.Count > 0 && fact.IsSameAs(added[^1]))
                continue;
            var about = fact switch { EditFact edit => edit.Message, DeletionFact deletion => deletion.Message, _ => (Ts?)null };
            // What was read of a message is old after its first revision.
            if (about is { } ts && !revisions.Add(ts))
                return null;
            var revised = about is null ? null : messages.GetValueOrDefault(new MessageKey(key.Channel, about.Value));
            if (!ThreadProjection.TryStep(state, fact, settings, revised))
                return null;
            added.Add(fact);
        }

        return (state, added, added);
    }

    private static (ProjectedThread State, List<Fact> Added, IReadOnlyCollection<Fact> All) Fold(
        ThreadKey key, List<Fact> arrived, IReadOnlyList<Fact> known, bool absorbs, SettingsHistory settings)
    {
        var all = new SortedSet<Fact>(known.Where(f => f is not SnapshotFact), Comparer<Fact>.Create(Fact.Compare));
        var added = arrived.Where(f => f is not SnapshotFact && all.Add(f)).ToList();

        // A thread has one snapshot: what is known and what arrived, merged.
        var before = known.OfType<SnapshotFact>().FirstOrDefault();
        var snapshot = arrived.OfType<SnapshotFact>().Aggregate(before, (merged, s) => merged is null ? s : SnapshotFact.Merge(merged, s));
        if (snapshot is not null)
            all.Add(snapshot);
        if (snapshot is not null && !snapshot.Equals(before))
            added.Add(snapshot);
        return added.Count == 0 && !absorbs ? (new ProjectedThread(key), added, all) : (ThreadProjection.Fold(key, all, settings), added, all);
    }

    private static bool IsAmong(List<Fact> facts, Fact fact) => facts.Exists(f => f.IsSameAs(fact));

    /// <summary>
    /// The texts that some arrivals bring. Of a deleted message none is kept, nor of anybody who was erased; of several the newest, in
    /// whatever order they came.
    /// </summary>
    /// <param name="all">All facts that may say more about these messages than the arrivals do.</param>
    /// <param name="known">Messages that were there before.</param>
    private static List<StoredMessage> Messages(
        List<Arrival> group, Func<Arrival, bool> some, IReadOnlyCollection<Fact> all, IReadOnlyDictionary<MessageKey, MessageFact> known)
    {
        // One of each: an event may come twice in a batch.
        var messages = new OrderedDictionary<Ts, StoredMessage>();
        foreach (var arrival in group)
        {
            if (arrival.Fact is not (MessageFact or EditFact or DeletionFact) || !some(arrival))
                continue;
            var ts = arrival.About.Ts;
            if (all.Any(f => f is DeletionFact deletion && deletion.Message == ts))
                messages[ts] = new StoredMessage(ts, null) { Since = Ts.Max };
            else if (!all.Any(f => f is EditFact edit && edit.Message == ts && edit.Time > arrival.Fact.Time))
                messages[ts] = new StoredMessage(ts, IsByErased(arrival, all, known) ? null : arrival.Text) { Since = arrival.Fact.Time };
        }

        return [.. messages.Values];
    }

    /// <summary>Whether an edit is of a message of somebody who was erased: the edit itself does not tell.</summary>
    private static bool IsByErased(Arrival arrival, IReadOnlyCollection<Fact> all, IReadOnlyDictionary<MessageKey, MessageFact> known)
    {
        if (arrival.Fact is not EditFact)
            return false;
        var message = known.GetValueOrDefault(arrival.About) ?? all.OfType<MessageFact>().FirstOrDefault(m => m.Time == arrival.About.Ts);
        return message?.Author is { IsErased: true };
    }

    private List<BotAction> Actions(ProjectedThread state, List<Fact> added, SettingsHistory settings, Ts now)
    {
        if (!policy.Replies || settings.At(now).Settings.Everyone.Count == 0)
            return [];
        List<BotAction> actions = [.. added.OfType<VoteFact>().SelectMany(vote => Decisions.After(vote, state))];
        if (added.Exists(f => f is MessageFact && f.Time == state.Key.Root) && Decisions.ReplyTo(state, now, policy.AnswerWithinSeconds) is { } reply)
            actions.Add(reply);
        if (added.Exists(f => f is MessageFact { Action: ActionKind.Reply } || (f is DeletionFact deletion && deletion.Message == state.Key.Root))
            && Decisions.AfterDeletion(state) is { } retract)
            actions.Add(retract);
        return actions;
    }
}
