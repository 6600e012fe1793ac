using System.Text.Json;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    [Test]
    public async Task A_committed_thread_is_loaded_as_it_was()
    {
        var change = Request(1, new MessageFact(Second(60), new UserId("U0T1"), AuthorKind.Person, Verdicts.None));
        Assert.That(await Commit(change), Is.Empty);

        Assert.That(Text(await Load(Key(1))), Is.EqualTo(Text(new StoredThread(change.State, 1))));
        Assert.That(await Store.LoadFactsAsync(Key(1), Ct), Is.EqualTo(change.NewFacts));
    }

    [Test]
    public async Task What_is_not_known_is_missing_from_the_answers()
    {
        await Commit(Request(1));
        ThreadKey[] unknown = [Key(2), new(new ChannelId("C0OTHER"), Second(1))];

        Assert.That((await Store.LoadAsync([Key(1), .. unknown], Ct)).Keys, Is.EqualTo(new[] { Key(1) }));
        Assert.That(await Store.LoadFactsAsync(unknown[1], Ct), Is.Empty);
        Assert.That(await Store.FindThreadsAsync([.. unknown.Select(k => new MessageKey(k.Channel, k.Root))], Ct), Is.Empty);
        Assert.That(await Store.TextAsync(new MessageKey(s_channel, Second(2)), Ct), Is.Null);
    }

    [Test]
    public async Task Each_commit_raises_the_version()
    {
        await Commit(Request(1));
        await Commit(Request(1, Reaction(5)) with { ExpectedVersion = 1, NewFacts = [Reaction(5)] });

        Assert.That((await Load(Key(1))).Version, Is.EqualTo(2));
        Assert.That(await Store.LoadFactsAsync(Key(1), Ct), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Conflicts_are_named_and_nothing_is_written()
    {
        await Commit(Request(1), Request(2));
        await Store.PostAsync([new InboxItem(Key(1), new MessageKey(s_channel, Second(1)), Reaction(9), null)], Ct);
        var inboxId = (await Store.PeekAsync(10, Ct))[0].Id;
        var stale = Request(1, Reaction(5));
        var fresh = Request(2, Reaction(6)) with { ExpectedVersion = 1 };
        var (before, action) = (await Everything(), await Store.ActionAsync(stale.Actions[0].Id, Ct));

        var conflicts = await Store.CommitAsync(
            Changes(fresh, stale, Request(3)) with { OwnPosts = [new OwnPost(stale.Actions[0].Id, Second(9), Key(1).Root)], InboxIds = [inboxId] }, Ct);

        Assert.That(conflicts, Is.EqualTo(new[] { Key(1) }));
        Assert.That((await Load(Key(1))).Version, Is.EqualTo(1));
        Assert.That(await Store.ActionAsync(stale.Actions[0].Id, Ct), Is.EqualTo(action), "a post of a commit that failed is not seen yet");
        Assert.That(await Store.PeekAsync(10, Ct), Has.Count.EqualTo(1));
        if (HasTransactions)
            Assert.That(await Everything(), Is.EqualTo(before));
    }

    [Test]
    public async Task Conflicts_of_a_commit_are_named()
    {
        await Commit(Request(1), Request(2));

        var conflicts = await Commit(Request(1), Request(2) with { ExpectedVersion = 2 }, Request(3) with { ExpectedVersion = 1 });

        // Without transactions those that are found by reading are named before anything is written.
        Assert.That(conflicts, HasTransactions ? Is.EquivalentTo(new[] { Key(1), Key(2), Key(3) }) : Is.EquivalentTo(new[] { Key(2), Key(3) }));
        Assert.That(await Commit(Request(1)), Is.EqualTo(new[] { Key(1) }));
    }

    [Test]
    public async Task A_fact_that_comes_twice_is_one_fact()
    {
        await Commit(Request(1, Reaction(5)));
        await Commit(Request(1, Reaction(5)) with { ExpectedVersion = 1, NewFacts = [Reaction(5), Reaction(7), Reaction(7)] });

        Assert.That((await Store.LoadFactsAsync(Key(1), Ct)).Select(f => f.Time), Is.EqualTo(new[] { Second(1), Second(5), Second(7) }));
    }

    [Test]
    public async Task A_snapshot_replaces_the_snapshot_before_it()
    {
        var (first, second) = (new SnapshotFact(Second(5), [], []), new SnapshotFact(Second(9), [new("eyes", s_ann, false, Second(5), true)], ["tada"]));
        await Commit(Request(1, first));
        await Commit(Request(1, second) with { ExpectedVersion = 1, NewFacts = [second] });

        Assert.That((await Store.LoadFactsAsync(Key(1), Ct)).OfType<SnapshotFact>(), Is.EqualTo(new[] { second }));
    }

    [Test]
    public async Task A_reply_leads_to_its_thread()
    {
        await Commit(Request(1, new MessageFact(Second(8), s_ann, AuthorKind.Person, Verdicts.None)));
        MessageKey[] messages = [new(s_channel, Second(1)), new(s_channel, Second(8))];

        var found = await Store.FindThreadsAsync(messages, Ct);

        Assert.That(messages.Select(m => found[m]), Is.All.EqualTo(Key(1)));
    }

    [Test]
    public async Task Messages_read_as_their_newest_edit_says_and_deleted_ones_are_missing()
    {
        MessageFact Said(int second) => new(Second(second), s_ann, AuthorKind.Person, Verdicts.None);
        EditFact Edited(int second, int message) => new(Second(second), Second(message), Verdicts.None with { Length = second });
        MessageKey[] messages = [.. Enumerable.Range(1, 5).Select(s => new MessageKey(s_channel, Second(s)))];
        // The newer edit comes first; one comes before its message; a deleted message is edited still.
        Fact[] facts = [Said(2), Said(3), Edited(9, 2), Edited(7, 4), new DeletionFact(Second(8), Second(3))];
        await Commit(Request(1, facts));
        Fact[] more = [Edited(6, 2), Said(4), Edited(10, 3)];
        await Commit(Request(1, [.. facts, .. more]) with { ExpectedVersion = 1, NewFacts = more });

        var found = await Store.LoadMessagesAsync(messages, Ct);

        Assert.That(found, Is.EquivalentTo(new Dictionary<MessageKey, MessageFact>
        {
            [messages[0]] = Said(1),
            [messages[1]] = Said(2) with { Verdicts = Verdicts.None with { Length = 9 } },
            [messages[3]] = Said(4) with { Verdicts = Verdicts.None with { Length = 7 } },
        }));
    }

    [Test]
    public async Task Texts_are_kept_replaced_and_forgotten([Values("a second text", "", "null \0 inside", "é 🎉 \ud83d", null)] string? next)
    {
        var message = new MessageKey(s_channel, Second(1));
        await Commit(Request(1) with { Messages = [new StoredMessage(Second(1), "first")] });
        Assert.That(await Store.TextAsync(message, Ct), Is.EqualTo("first"));

        await Commit(Request(1) with { ExpectedVersion = 1, Messages = [new StoredMessage(Second(1), next)] });

        // Half a surrogate pair is no text: it may be replaced.
        Assert.That(await Store.TextAsync(message, Ct), Is.EqualTo(next?.Replace("\ud83d ", "\ufffd ").Replace(" \ud83d", " \ufffd")).Or.EqualTo(next));
        Assert.That(await Store.FindThreadsAsync([message], Ct), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_brought_again_changes_nothing()
    {
        var (asked, edited, replied) = (Said(1, "asked"), Said(1, "edited") with { Fact = new EditFact(Second(9), Second(1), Verdicts.None) }, Said(5, "replied"));
        await Apply(asked, replied);
        await Apply(edited);
        var before = await Everything();

        await Apply(replied, asked);
        await Apply(asked, edited, replied);

        Assert.That(await Everything(), Is.EqualTo(before));
        Assert.That(
            await Store.LoadTextsAsync([asked.About, replied.About], Ct),
            Is.EquivalentTo(new Dictionary<MessageKey, string> { [asked.About] = "edited", [replied.About] = "replied" }));
    }

    [Test]
    public async Task A_text_that_is_forgotten_is_not_brought_back([Values] bool deleted)
    {
        var (asked, gone) = (Said(1, "asked"), Said(1, null) with { Fact = new DeletionFact(Second(9), Second(1)) });
        await Apply(asked);
        if (deleted)
            await Apply(gone);
        else
            await Commit(Request(1) with { ExpectedVersion = 1, NewFacts = [], Actions = [], Messages = [new StoredMessage(Second(1), null)] });

        await Apply(asked);

        Assert.That(await Store.TextAsync(asked.About, Ct), Is.Null);
    }

    [Test]
    public async Task Facts_kept_under_a_reply_move_to_its_thread()
    {
        var reply = Key(8);
        await Commit(RandomThreads.Change(reply, [Reaction(9, about: 8)]));
        var thread = Request(1, new MessageFact(Second(8), s_ann, AuthorKind.Person, Verdicts.None), Reaction(9, about: 8));

        Assert.That(await Commit(thread with { Absorbed = [await Load(reply)] }), Is.Empty);

        Assert.That((await ListOf(Store.ReadThreadsAsync(null, Ct))).Select(r => r.Thread.State.Key), Is.EqualTo(new[] { Key(1) }));
        Assert.That(await Store.LoadFactsAsync(reply, Ct), Is.Empty);
        Assert.That(await Store.LoadFactsAsync(Key(1), Ct), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_thread_that_changed_meanwhile_is_not_absorbed()
    {
        var reply = Key(8);
        await Commit(RandomThreads.Change(reply, [Reaction(9, about: 8)]));
        var seen = await Load(reply);
        await Commit(RandomThreads.Change(reply, [Reaction(9, about: 8), Reaction(10, about: 8)], 1, [Reaction(10, about: 8)]));

        Assert.That(await Commit(Request(1) with { Absorbed = [seen] }), Is.EqualTo(new[] { Key(1) }));

        Assert.That(await Store.LoadFactsAsync(reply, Ct), Has.Count.EqualTo(2));
        Assert.That(await Store.LoadAsync([Key(1)], Ct), Is.Empty);
    }

    [Test]
    public async Task Threads_are_read_by_channel_and_root()
    {
        var (one, other) = (new ChannelId("C1"), new ChannelId("C2"));
        foreach (var key in new ThreadKey[] { new(other, Second(1)), new(one, Second(2)), new(one, Second(1)), new(other, Second(0)) })
            await Commit(RandomThreads.Change(key, [new MessageFact(key.Root, s_ann, AuthorKind.Person, Verdicts.None)]));

        var all = await ListOf(Store.ReadThreadsAsync(null, Ct));

        Assert.That(all.Select(r => r.Thread.State.Key), Is.EqualTo(new ThreadKey[] { new(one, Second(1)), new(one, Second(2)), new(other, Second(0)), new(other, Second(1)) }));
        Assert.That((await ListOf(Store.ReadThreadsAsync(other, Ct))).Select(r => r.Thread.State.Key), Is.EqualTo(all.Skip(2).Select(r => r.Thread.State.Key)));
        Assert.That(await ListOf(Store.ReadThreadsAsync(new ChannelId("C3"), Ct)), Is.Empty);
        Assert.That(await Store.ThreadsBetweenAsync(other, Second(0), Second(1), Ct), Is.EqualTo(new ThreadKey[] { new(other, Second(0)) }));
        Assert.That(await Store.ThreadsBeforeAsync(other, Second(1), 5, Ct), Is.EqualTo(new ThreadKey[] { new(other, Second(0)) }));
        Assert.That(await Store.ThreadsBeforeAsync(other, Second(1), 0, Ct), Is.Empty);
    }

    [Test]
    public async Task A_person_has_an_open_request_from_the_moment_it_is_stored_until_it_is_settled()
    {
        var (bob, other) = (new UserId("U0BOB"), new ChannelId("C9"));
        await Commit(Request(10), RandomThreads.Change(new ThreadKey(other, Second(10)), [new MessageFact(Second(10), bob, AuthorKind.Person, Verdicts.None)]));

        Assert.That(await Has(s_ann, 0, 11), Is.True, "at once");
        Assert.That(await Has(s_ann, 10, 11), Is.True);
        Assert.That((await Has(s_ann, 11, 20), await Has(s_ann, 0, 10), await Has(bob, 0, 20)), Is.EqualTo((false, false, false)));

        var version = (await Load(Key(10))).Version;
        await Commit(RandomThreads.Change(Key(10), [new MessageFact(Second(10), s_ann, AuthorKind.Person, Verdicts.None), new CorrectionFact(Second(12), CorrectionKind.Solve, bob)], version));
        Assert.That(await Has(s_ann, 0, 20), Is.False, "solved");

        Task<bool> Has(UserId person, int from, int before) => Store.HasOpenRequestAsync(s_channel, person, Second(from), Second(before), Ct).AsTask();
    }

    [Test]
    public async Task Open_requests_come_by_their_silence()
    {
        await Commit(
            Request(1, new MessageFact(Second(50), s_ann, AuthorKind.Person, Verdicts.None)),
            Request(2),
            Request(3, new ReactionFact(Second(4), true, Second(3), "white_check_mark", s_ann, false)),
            Request(60));

        Assert.That(await Store.OpenThreadsAsync(s_channel, Second(50), 10, Ct), Is.EqualTo(new[] { Key(2), Key(1) }));
        Assert.That(await Store.OpenThreadsAsync(s_channel, Second(60), 2, Ct), Is.EqualTo(new[] { Key(2), Key(1) }));

        var solved = Request(2, new ReactionFact(Second(70), true, Second(2), "white_check_mark", s_ann, false));
        await Commit(solved with { ExpectedVersion = 1 });
        Assert.That(await Store.OpenThreadsAsync(s_channel, Second(99), 10, Ct), Is.EqualTo(new[] { Key(1), Key(60) }));
    }

    [Test]
    public async Task Channels_are_recorded_and_recorded_again()
    {
        Assert.That(await Store.ChannelsAsync(Ct), Is.Empty);
        var (help, ops) = (new ChannelRecord(s_channel, "help", Second(1), Second(0)), new ChannelRecord(new ChannelId("C0OPS"), "a-ops", Ts.Zero, Ts.Zero));
        await Store.RecordChannelAsync(help, Ct);
        await Store.RecordChannelAsync(ops, Ct);
        await Store.RecordChannelAsync(help with { Name = "support", CompleteUntil = Second(9) }, Ct);

        Assert.That(await Store.ChannelsAsync(Ct), Is.EqualTo(new[] { ops, help with { Name = "support", CompleteUntil = Second(9) } }));
    }

    [Test]
    public async Task Random_threads_are_stored_as_in_memory()
    {
        var random = new RandomThreads(7);
        await using var memory = new MemoryStore();
        foreach (var _ in Enumerable.Range(0, 200))
        {
            var key = random.Key(3, RandomThreads.At(2025, 1, 1), RandomThreads.At(2025, 12, 31));
            var changes = Changes(RandomThreads.Change(key, random.Facts(key)));
            Assert.That(await Store.CommitAsync(changes, Ct), Is.EqualTo(await memory.CommitAsync(changes, Ct)));
        }

        Assert.That(await Everything(), Is.EqualTo(await Everything(memory)));
    }

    /// <summary>What a person said at a second, in the thread of the first.</summary>
    private protected static Arrival Said(int second, string? text) =>
        new(Key(1), new MessageKey(s_channel, Second(second)), new MessageFact(Second(second), s_ann, AuthorKind.Person, Verdicts.None)) { Text = text };

    private protected async Task Apply(params IReadOnlyList<Arrival> arrivals) =>
        await new ApplyBatch(Store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync(arrivals, RandomThreads.Settings, Second(0), Ct);

    private static ReactionFact Reaction(int second, int about = 1) => new(Second(second), true, Second(about), "eyes", s_ann, false);

    protected Task<List<string>> Everything() => Everything(Store);

    protected static async Task<List<string>> Everything(IStore store)
    {
        var all = new List<string>();
        await foreach (var record in store.ReadThreadsAsync(null, Ct))
        {
            all.Add(Text(record.Thread));
            all.AddRange(record.Facts.Select(f => JsonSerializer.Serialize(f, f.GetType())));
            all.Add(JsonSerializer.Serialize(record.Contribution));
            all.Add(record.Dimensions.ToString());
        }

        all.AddRange((await ListOf(store.ReadActionsAsync(Ct))).OrderBy(a => a.Action.Id, StringComparer.Ordinal).Select(a => a.ToString()));
        return all;
    }
}
