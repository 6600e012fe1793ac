using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage.Privacy;

namespace Subot.Storage;

/// <summary>
/// Where facts, states, actions and settings live. Every method is one whole operation: what it changes is durable when it returns.
/// Expected conflicts are return values; <see cref="StoreException"/> says that the store itself is in trouble.
/// </summary>
public interface IStore : IThreadStore, IActionStore, ISettingsStore, INumbersStore, IInbox, ILeases, IPeopleStore, IPrivacyStore, IChanges, IAsyncDisposable;

/// <summary>Threads: what the apply loop reads and writes.</summary>
public interface IThreadStore
{
    /// <summary>The threads of messages that are known; others are missing from the answer.</summary>
    ValueTask<IReadOnlyDictionary<MessageKey, ThreadKey>> FindThreadsAsync(IReadOnlyCollection<MessageKey> messages, CancellationToken ct);

    /// <summary>The states of threads that are known; others are missing from the answer.</summary>
    ValueTask<IReadOnlyDictionary<ThreadKey, StoredThread>> LoadAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken ct);

    /// <summary>
    /// The states of threads, for the commit that follows. Of those that are likely new a store may pass by the newest, and not look for
    /// them: if such a thread is known after all, the commit returns it, and it is looked for the next time.
    /// </summary>
    async ValueTask<LoadedThreads> LoadToChangeAsync(
        IReadOnlyCollection<ThreadKey> threads, IReadOnlyCollection<ThreadKey> likelyNew, CancellationToken ct) =>
        new(await LoadAsync([.. threads, .. likelyNew], ct), new HashSet<ThreadKey>());

    /// <summary>
    /// Messages as they read now, with the verdicts of their newest edit; those that are deleted or not known are missing.
    /// </summary>
    ValueTask<IReadOnlyDictionary<MessageKey, MessageFact>> LoadMessagesAsync(IReadOnlyCollection<MessageKey> messages, CancellationToken ct);

    /// <summary>All facts of a thread; none if it is not known.</summary>
    ValueTask<IReadOnlyList<Fact>> LoadFactsAsync(ThreadKey thread, CancellationToken ct);

    /// <summary>All facts of several threads; of those that are not known, none.</summary>
    async ValueTask<IReadOnlyDictionary<ThreadKey, IReadOnlyList<Fact>>> LoadFactsAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        var facts = new Dictionary<ThreadKey, IReadOnlyList<Fact>>();
        foreach (var thread in threads)
            facts[thread] = await LoadFactsAsync(thread, ct);
        return facts;
    }

    /// <summary>
    /// Writes changes, each thread whole or not at all. The keys of threads come back that have to be looked at again: their version is no
    /// longer the expected one, or something about one of their replies is kept apart from them. Own posts and the inbox are as they were
    /// then, and of the threads some may be written: bringing the same facts again does the rest.
    /// </summary>
    /// <exception cref="StoreException">
    /// Some of it may be written: here too, bringing the same facts and texts again does the rest.
    /// </exception>
    ValueTask<IReadOnlyList<ThreadKey>> CommitAsync(ChangeSet changes, CancellationToken ct);

    /// <summary>Every thread with its facts, by channel and root; of one channel if it is named.</summary>
    IAsyncEnumerable<ThreadRecord> ReadThreadsAsync(ChannelId? channel, CancellationToken ct);

    /// <summary>Keys of threads whose root lies in [from, to), by root.</summary>
    ValueTask<IReadOnlyList<ThreadKey>> ThreadsBetweenAsync(ChannelId channel, Ts from, Ts to, CancellationToken ct);

    /// <summary>Keys of threads to which something happened at or after an instant.</summary>
    ValueTask<IReadOnlyList<ThreadKey>> ThreadsSinceAsync(Ts instant, CancellationToken ct);

    /// <summary>Keys of the last threads whose root lies before an instant, the newest first.</summary>
    ValueTask<IReadOnlyList<ThreadKey>> ThreadsBeforeAsync(ChannelId channel, Ts before, int limit, CancellationToken ct);

    /// <summary>
    /// Whether a person has an open request in a channel whose root lies in [from, before); of very many threads the last hundred are
    /// looked at.
    /// </summary>
    async ValueTask<bool> HasOpenRequestAsync(ChannelId channel, UserId requester, Ts from, Ts before, CancellationToken ct)
    {
        var threads = await LoadAsync([.. (await ThreadsBetweenAsync(channel, from, before, ct)).TakeLast(100)], ct);
        return threads.Values.Any(t => t.State.IsOpenRequestOf(requester));
    }

    /// <summary>The texts of messages; those that are not known or forgotten are missing.</summary>
    ValueTask<IReadOnlyDictionary<MessageKey, string>> LoadTextsAsync(IReadOnlyCollection<MessageKey> messages, CancellationToken ct);

    /// <summary>The text of a message, or null if it is not known or forgotten.</summary>
    async ValueTask<string?> TextAsync(MessageKey message, CancellationToken ct) => (await LoadTextsAsync([message], ct)).GetValueOrDefault(message);

    /// <summary>Open requests of a channel whose silence began at or before an instant, the longest silent first.</summary>
    ValueTask<IReadOnlyList<ThreadKey>> OpenThreadsAsync(ChannelId channel, Ts silentSince, int limit, CancellationToken ct);

    /// <summary>Open requests of some channels, the longest silent first, part by part.</summary>
    /// <param name="after">The last of the part before; null for the first part.</param>
    ValueTask<IReadOnlyList<SilentThread>> SilentThreadsAsync(IReadOnlyList<ChannelId> channels, SilentThread? after, int limit, CancellationToken ct);

    /// <summary>
    /// Messages in which all of some words occur, as they read now, the newest first, part by part. A store may look at so many messages
    /// only for a part; it says where the next one begins.
    /// </summary>
    ValueTask<FoundMessages> FindMessagesAsync(MessageSearch search, CancellationToken ct);

    /// <summary>The channels that were ever recorded.</summary>
    ValueTask<IReadOnlyList<ChannelRecord>> ChannelsAsync(CancellationToken ct);

    /// <summary>Writes what is known of a channel.</summary>
    ValueTask RecordChannelAsync(ChannelRecord channel, CancellationToken ct);
}

/// <summary>Actions: what the sender reads and writes.</summary>
public interface IActionStore
{
    /// <summary>Actions that wait and whose next try is due, of one channel, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredAction>> DueActionsAsync(ChannelId channel, Ts now, int limit, CancellationToken ct);

    /// <summary>One action, or null.</summary>
    ValueTask<StoredAction?> ActionAsync(string id, CancellationToken ct);

    /// <summary>Which of these ids are those of actions.</summary>
    ValueTask<IReadOnlySet<string>> KnownActionsAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>Creates actions, all or none, but those that exist; returns the ids of the new ones.</summary>
    ValueTask<IReadOnlyList<string>> CreateActionsAsync(IReadOnlyList<StoredAction> actions, CancellationToken ct);

    /// <summary>Writes actions as another store had them; those that exist stay as they are.</summary>
    ValueTask RestoreActionsAsync(IReadOnlyCollection<StoredAction> actions, CancellationToken ct);

    /// <summary>Writes where an action stands, if it still stands where <paramref name="seen"/> says; else nothing, and false.</summary>
    ValueTask<bool> UpdateActionAsync(StoredAction seen, StoredAction updated, CancellationToken ct);

    /// <summary>Actions with a second post that has to be deleted. Of several the next is named when one is gone.</summary>
    ValueTask<IReadOnlyList<StoredAction>> DoubledActionsAsync(CancellationToken ct);

    /// <summary>Cancels what was never tried and is too late; returns how many.</summary>
    ValueTask<int> CancelLateActionsAsync(Ts now, CancellationToken ct);

    /// <summary>Every action, in any order.</summary>
    IAsyncEnumerable<StoredAction> ReadActionsAsync(CancellationToken ct);
}

/// <summary>Settings with valid-from instants.</summary>
public interface ISettingsStore
{
    /// <summary>All versions.</summary>
    ValueTask<SettingsHistory> SettingsAsync(CancellationToken ct);

    /// <summary>The number of the newest version; 0 if there is none.</summary>
    ValueTask<int> NewestSettingsAsync(CancellationToken ct);

    /// <summary>Appends a version; false if its number is taken: somebody else wrote first.</summary>
    ValueTask<bool> AppendSettingsAsync(SettingsVersion version, CancellationToken ct);

    /// <summary>What the stored states were made with.</summary>
    ValueTask<ProjectedWith> ProjectedWithAsync(CancellationToken ct);

    /// <summary>Says what all stored states are made with. What is older than what is recorded changes nothing.</summary>
    ValueTask RecordProjectedWithAsync(ProjectedWith made, CancellationToken ct);
}

/// <summary>Numbers: sums of contributions.</summary>
public interface INumbersStore
{
    /// <summary>The numbers of a period.</summary>
    ValueTask<TeamNumbers> NumbersAsync(NumbersQuery query, SettingsHistory settings, CancellationToken ct);

    /// <summary>
    /// The numbers of each of some periods, in their order: each begins where the one before ends, and ends later. The query's own period
    /// does not matter.
    /// </summary>
    async ValueTask<IReadOnlyList<TeamNumbers>> SeriesAsync(NumbersQuery query, IReadOnlyList<(Ts From, Ts To)> steps, SettingsHistory settings, CancellationToken ct)
    {
        var numbers = new List<TeamNumbers>(steps.Count);
        foreach (var (from, to) in steps)
            numbers.Add(await NumbersAsync(query with { From = from, To = to }, settings, ct));
        return numbers;
    }

    /// <summary>
    /// The numbers of a period by each value of a dimension that its requests have, the one with most requests first, then by id. A request
    /// counts with each of its values; those without any come together.
    /// </summary>
    ValueTask<IReadOnlyList<NumbersPart>> BreakdownAsync(NumbersQuery query, NumbersDimension by, SettingsHistory settings, CancellationToken ct);

    /// <summary>How many requests were open at each whole second since 1970, whatever their root.</summary>
    ValueTask<IReadOnlyList<long>> BacklogAsync(IReadOnlyList<ChannelId> channels, IReadOnlyList<uint> instants, CancellationToken ct);

    /// <summary>The requests behind the numbers of a question, by root and then by channel: what each of them adds.</summary>
    ValueTask<IReadOnlyList<CountedThread>> CountedAsync(NumbersQuery query, CountedPage page, CancellationToken ct);

    /// <summary>
    /// Does what makes later questions cheap; at most so much that it does not stand in the way. Returns whether more is to do.
    /// </summary>
    ValueTask<bool> PackAsync(CancellationToken ct);
}

/// <summary>Facts that other processes hand to the bot's loop.</summary>
public interface IInbox
{
    /// <summary>Puts facts in.</summary>
    ValueTask PostAsync(IReadOnlyCollection<InboxItem> items, CancellationToken ct);

    /// <summary>The oldest entries, which a commit takes out.</summary>
    ValueTask<IReadOnlyList<(long Id, InboxItem Item)>> PeekAsync(int limit, CancellationToken ct);
}

/// <summary>What only one process may do at a time, should several run on one store.</summary>
public interface ILeases
{
    /// <summary>
    /// Takes a lease, or renews it. It is held for its length from the call on; one whose holder did not renew it for its length, by the
    /// clock of who watches it, goes to another.
    /// </summary>
    /// <returns>Null: another process holds it.</returns>
    ValueTask<Lease?> TryHoldAsync(string name, CancellationToken ct);
}

/// <summary>Who people are. They are looked up in Slack or told by an import; nothing is decided or counted by what stands here.</summary>
public interface IPeopleStore
{
    /// <summary>Writes who people are, each once; what is known of a later time stays.</summary>
    ValueTask RecordPeopleAsync(IReadOnlyCollection<Person> people, CancellationToken ct);

    /// <summary>The people of some ids; those that are not known are missing.</summary>
    ValueTask<IReadOnlyDictionary<UserId, Person>> PeopleAsync(IReadOnlyCollection<UserId> ids, CancellationToken ct);

    /// <summary>Everybody who is known, by id.</summary>
    IAsyncEnumerable<Person> ReadPeopleAsync(CancellationToken ct);
}

/// <summary>Forgetting. What is forgotten is not kept in any form that a later look could find.</summary>
public interface IPrivacyStore
{
    /// <summary>Everything that was asked to be forgotten, the oldest first.</summary>
    ValueTask<IReadOnlyList<PrivacyRequest>> PrivacyRequestsAsync(CancellationToken ct);

    /// <summary>Writes a request, in place of the one with its id if there is one.</summary>
    ValueTask RecordPrivacyRequestAsync(PrivacyRequest request, CancellationToken ct);

    /// <summary>How many messages in [from, before) have texts.</summary>
    ValueTask<int> CountTextsAsync(Ts from, Ts before, CancellationToken ct);

    /// <summary>Forgets the texts of messages in [from, before); returns how many.</summary>
    ValueTask<int> ForgetTextsAsync(Ts from, Ts before, CancellationToken ct);

    /// <summary>
    /// Forgets the words of posts that are settled: of those about threads whose root lies in [from, before), and of all that are about no
    /// thread, or about several.
    /// </summary>
    /// <param name="replies">Whether first replies too; their words are still needed when somebody judges them.</param>
    ValueTask ForgetWordsAsync(Ts from, Ts before, bool replies, CancellationToken ct);

    /// <summary>Writes a version of the settings in place of the one with its number.</summary>
    ValueTask RewriteSettingsAsync(SettingsVersion version, CancellationToken ct);

    /// <summary>Writes an action in place of another, with another id, detail or words; where it stands stays as it is by then.</summary>
    ValueTask RewriteActionAsync(StoredAction known, StoredAction rewritten, CancellationToken ct);

    /// <summary>Forgets who a person is, and their id itself. No fact, action or version of the settings may name it any more.</summary>
    ValueTask ForgetPersonAsync(UserId person, CancellationToken ct);

    /// <summary>
    /// Frees the disk of what was overwritten and deleted; false if something still holds on to it, and it is to be tried again.
    /// </summary>
    ValueTask<bool> CompactAsync(CancellationToken ct);
}

/// <summary>Whether threads changed, whoever changed them.</summary>
public interface IChanges
{
    /// <summary>
    /// The channels of which threads changed since a mark, as questions find them now. Cheap enough to be asked every second.
    /// </summary>
    /// <param name="since">The mark of the answer before; null: only a mark is wanted.</param>
    ValueTask<StoreChanges> ChangesAsync(string? since, CancellationToken ct);
}
