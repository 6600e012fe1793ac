using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Storage;

/// <summary>A message: its channel and ts.</summary>
public readonly record struct MessageKey(ChannelId Channel, Ts Ts);

/// <summary>A thread's state as stored, with the version that a change must name.</summary>
public sealed record StoredThread(ProjectedThread State, long Version);

/// <summary>Threads that were read for a commit.</summary>
/// <param name="Known">Those that are known.</param>
/// <param name="PassedBy">Those that were not looked for.</param>
public sealed record LoadedThreads(IReadOnlyDictionary<ThreadKey, StoredThread> Known, IReadOnlySet<ThreadKey> PassedBy);

/// <summary>A message of a change: where it belongs, and its text, if that is kept.</summary>
public sealed record StoredMessage(Ts Ts, string? Text)
{
    /// <summary>
    /// Since when it reads so: its ts, the time of its newest edit, or <see cref="Ts.Max"/> once it is deleted. Older texts do not replace
    /// newer ones.
    /// </summary>
    public Ts Since { get; init; } = Ts;
}

/// <summary>What changes in one thread.</summary>
public sealed record ThreadChange
{
    /// <summary>The state after the change.</summary>
    public required ProjectedThread State { get; init; }

    /// <summary>The version that was read; 0 for a new thread.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>What the thread now adds to the numbers.</summary>
    public required Contribution Contribution { get; init; }

    /// <summary>By what it is filtered in them.</summary>
    public required Dimensions Dimensions { get; init; }

    /// <summary>Facts that were not known. A snapshot replaces the one there was.</summary>
    public IReadOnlyList<Fact> NewFacts { get; init; } = [];

    /// <summary>Whether those are all facts of the thread, in place of the ones there were.</summary>
    public bool ReplacesFacts { get; init; }

    /// <summary>Messages that were not known, or have another text. A null text forgets the one there was.</summary>
    public IReadOnlyList<StoredMessage> Messages { get; init; } = [];

    /// <summary>Actions to create, unless they exist.</summary>
    public IReadOnlyList<BotAction> Actions { get; init; } = [];

    /// <summary>
    /// Facts about a reply that came before it were kept under the reply's own ts; they are part of this change now, and that thread goes.
    /// </summary>
    public IReadOnlyList<StoredThread> Absorbed { get; init; } = [];
}

/// <summary>
/// A post of our own was seen in Slack: the action it carries happened. Outside of the thread that it was for it is a stray, which has to
/// go.
/// </summary>
/// <param name="Root">The thread it stands in; its own ts when it stands in the channel.</param>
public sealed record OwnPost(string ActionId, Ts Ts, Ts Root);

/// <summary>A message whose facts were known already when they came again.</summary>
public sealed record RepeatedMessage(ThreadKey Thread, StoredMessage Message);

/// <summary>What one commit writes.</summary>
public sealed record ChangeSet
{
    /// <summary>Changed threads.</summary>
    public IReadOnlyList<ThreadChange> Threads { get; init; } = [];

    /// <summary>Own posts that were seen.</summary>
    public IReadOnlyList<OwnPost> OwnPosts { get; init; } = [];

    /// <summary>
    /// Messages that were brought again. A store that does not write threads and texts in one transaction writes what an earlier commit
    /// left out: those that it has not, or has older.
    /// </summary>
    public IReadOnlyList<RepeatedMessage> Repeated { get; init; } = [];

    /// <summary>Inbox entries that this commit settles.</summary>
    public IReadOnlyList<long> InboxIds { get; init; } = [];

    /// <summary>Threads are written as another store has them, and what is kept apart from its thread stays apart.</summary>
    public bool IsCopy { get; init; }

    /// <summary>When the change is made: new actions are due from then on.</summary>
    public required Ts Now { get; init; }
}

/// <summary>A thread with everything that is stored of it, for checks and corrections.</summary>
public sealed record ThreadRecord(StoredThread Thread, IReadOnlyList<Fact> Facts, Contribution Contribution, Dimensions Dimensions)
{
    /// <summary>The thread.</summary>
    public ThreadKey Key => Thread.State.Key;

    /// <summary>Its messages without their texts, and since when each reads as it does.</summary>
    public IEnumerable<StoredMessage> Messages()
    {
        var deleted = Facts.OfType<DeletionFact>().Select(d => d.Message).ToHashSet();
        var edited = Facts.OfType<EditFact>().GroupBy(e => e.Message).ToDictionary(e => e.Key, e => e.Max(f => f.Time));
        return Facts.OfType<MessageFact>().Select(m => m.Time).Union(edited.Keys)
            .Select(ts => new StoredMessage(ts, null) { Since = deleted.Contains(ts) ? Ts.Max : edited.GetValueOrDefault(ts, ts) });
    }
}

/// <summary>A request, what it adds to the numbers, and by what it is filtered.</summary>
public sealed record CountedThread(ThreadKey Key, Contribution Contribution, Dimensions Dimensions);

/// <summary>A part of a list of requests.</summary>
/// <param name="After">The last of the part before; null for the first part.</param>
/// <param name="NewestFirst">Whether the list begins with the newest.</param>
public readonly record struct CountedPage(ThreadKey? After, bool NewestFirst, int Limit)
{
    /// <summary>Between which roots the part lies.</summary>
    internal (Ts From, Ts To) Bounds(NumbersQuery query)
    {
        if (After is not { } after)
            return (query.From, query.To);
        return NewestFirst
            ? (query.From, after.Root < query.To ? new Ts(after.Root.Micros + 1) : query.To)
            : (after.Root > query.From ? after.Root : query.From, query.To);
    }

    /// <summary>The part, of requests between its bounds in any order.</summary>
    internal IEnumerable<T> Of<T>(IEnumerable<T> threads, Func<T, ThreadKey> key)
    {
        var (after, sign) = (After, NewestFirst ? -1 : 1);
        return threads.Where(t => after is not { } known || sign * Compare(key(t), known) > 0)
            .Order(Comparer<T>.Create((left, right) => sign * Compare(key(left), key(right))))
            .Take(Limit);
    }

    private static int Compare(ThreadKey left, ThreadKey right)
    {
        var byRoot = left.Root.CompareTo(right.Root);
        return byRoot != 0 ? byRoot : left.Channel.CompareTo(right.Channel);
    }
}

/// <summary>Where a post goes.</summary>
/// <param name="Channel">A channel, or the direct conversation with a person.</param>
/// <param name="Thread">The root of the thread; null: not into a thread.</param>
public readonly record struct PostPlace(string Channel, Ts? Thread);

/// <summary>An action and where it stands.</summary>
public sealed record StoredAction(BotAction Action, ActionStatus Status)
{
    /// <summary>When it is next tried.</summary>
    public Ts NextTry { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Its words, fixed when it was first sent.</summary>
    public string? Text { get; init; }

    /// <summary>Where it is posted; fixed with the words.</summary>
    public PostPlace? Place { get; init; }

    /// <summary>What its post carries besides the words, in the form of its kind; fixed with them.</summary>
    public string? Attachment { get; init; }

    /// <summary>The post it became.</summary>
    public Ts? PostedAt { get; init; }

    /// <summary>A second post of it that has to be deleted.</summary>
    public Ts? SecondPost { get; init; }
}

/// <summary>What the stored states were made with.</summary>
/// <param name="Projection">The version of the projection; 0 if there is none yet.</param>
/// <param name="Settings">The number of the newest version of the settings.</param>
public readonly record struct ProjectedWith(int Projection, int Settings)
{
    /// <summary>Whether it is of a newer projection, or of newer settings under the same.</summary>
    public bool IsNewerThan(ProjectedWith other) => (Projection, Settings).CompareTo((other.Projection, other.Settings)) > 0;
}

/// <summary>A recorded channel.</summary>
/// <param name="Name">Its name when it was last read.</param>
/// <param name="CompleteUntil">Until when its messages are complete.</param>
/// <param name="ComparedUntil">Until when its edits, deletions and reactions are compared with Slack's history.</param>
public sealed record ChannelRecord(ChannelId Id, string Name, Ts CompleteUntil, Ts ComparedUntil);

/// <summary>A fact for a thread. When the thread is not known, only the message it is about is, the loop finds it.</summary>
/// <param name="Thread">The thread; null: the one that holds <paramref name="About"/>.</param>
/// <param name="About">The message the fact is about.</param>
/// <param name="Text">The text of the message, if the fact brings one.</param>
public sealed record InboxItem(ThreadKey? Thread, MessageKey About, Fact Fact, string? Text);
