using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Storage;

/// <summary>What is there after a crash, and that no text stays behind.</summary>
public sealed partial class SqliteStoreTests
{
    [Test]
    public async Task After_a_crash_everything_that_was_committed_is_there([Range(1, 5)] int seed)
    {
        foreach (var version in RandomThreads.Settings.Versions)
            await Store.AppendSettingsAsync(version, Ct);
        var random = new RandomThreads(seed);
        var (from, to) = (RandomThreads.At(2025, 5, 1), RandomThreads.At(2025, 9, 1));
        for (var i = 0; i < 200; i++)
        {
            // Half of it is written long before the crash, half is behind.
            if (i == 100)
                await Store.PackAsync(Ct);
            var key = random.Key(3, from, to);
            var facts = random.Facts(key);
            var first = RandomThreads.Change(key, facts) with { Messages = [.. facts.Select(AboutOf).OfType<Ts>().Distinct().Select(ts => new StoredMessage(ts, $"text {i}"))] };
            await Commit(first);
            if (facts.Count < 2)
                continue;
            var later = new VoteFact(new Ts(facts.Max(f => f.Time.Micros) + 1), new UserId("U0P1"), true);
            await Commit(RandomThreads.Change(key, [.. facts, later], 1, [later]));
            if (i % 10 == 0 && (await Store.ActionAsync(BotAction.Reply(key, Ts.Max).Id, Ct)) is { } action)
                await Store.UpdateActionAsync(action, action with { Status = ActionStatus.Sent, PostedAt = later.Time }, Ct);
        }

        await using var recovered = SqliteStore.Open(Killed());

        Assert.That(await Describe(recovered), Is.EqualTo(await Describe(Store)));

        async Task<List<string>> Describe(IStore store)
        {
            var threads = await ListOf(store.ReadThreadsAsync(null, Ct));
            var lines = new List<string> { Digits(await store.NumbersAsync(new NumbersQuery([.. threads.Select(t => t.Thread.State.Key.Channel).Distinct()], Ts.Zero, Ts.Max, to, NumbersFilter.None), RandomThreads.Settings, Ct)) };
            foreach (var thread in threads)
            {
                var key = thread.Thread.State.Key;
                var root = new MessageKey(key.Channel, key.Root);
                lines.Add($"{key} {Convert.ToHexString(Copies.Bytes(thread.Thread.State))} {thread.Facts.Count} {await store.TextAsync(root, Ct)} {(await store.FindThreadsAsync([root], Ct)).Count}");
            }

            var messages = threads.SelectMany(t => t.Facts.OfType<MessageFact>(), (t, m) => new MessageKey(t.Thread.State.Key.Channel, m.Time)).ToList();
            lines.AddRange((await store.LoadMessagesAsync(messages, Ct)).Select(m => $"{m.Key} {m.Value.Author} {m.Value.Verdicts.Courtesy} {m.Value.Verdicts.Length}"));
            lines.AddRange((await ListOf(store.ReadActionsAsync(Ct))).Select(a => a.ToString()));
            lines.AddRange((await store.OpenThreadsAsync(new ChannelId("C1"), Ts.Max, int.MaxValue, Ct)).Select(k => $"open {k}"));
            return lines;
        }
    }

    /// <summary>The message that a fact comes with, even one that was never seen: it is known from then on.</summary>
    private static Ts? AboutOf(Fact fact) => fact switch
    {
        MessageFact => fact.Time,
        EditFact edit => edit.Message,
        DeletionFact deletion => deletion.Message,
        _ => null,
    };

    [Test]
    public async Task After_a_crash_the_text_of_an_edit_that_came_before_its_message_is_found()
    {
        var (edit, message) = (new EditFact(Second(9), Second(5), Verdicts.None), new MessageFact(Second(5), s_ann, AuthorKind.Person, Verdicts.None));
        await Commit(Request(1, edit) with { Messages = [new StoredMessage(Second(5), "edited")] });
        await using IStore recovered = SqliteStore.Open(Killed());
        await recovered.CommitAsync(Changes(Request(1, edit, message) with { ExpectedVersion = 2, NewFacts = [message], Messages = [] }), Ct);

        var key = new MessageKey(Key(1).Channel, Second(5));
        Assert.That(await recovered.TextAsync(key, Ct), Is.EqualTo("edited"));
        Assert.That((await recovered.FindThreadsAsync([key], Ct))[key], Is.EqualTo(Key(1)));
    }

    [Test]
    public async Task Text_of_an_edit_that_came_before_its_message_goes_when_the_message_does()
    {
        var (edit, message, deletion) = (new EditFact(Second(9), Second(5), Verdicts.None), new MessageFact(Second(5), s_ann, AuthorKind.Person, Verdicts.None), new DeletionFact(Second(12), Second(5)));
        await Commit(Request(1, edit) with { Messages = [new StoredMessage(Second(5), "edited")] });
        Assert.That(CountTexts(), Is.EqualTo(1));
        await Commit(Request(1, edit, message) with { ExpectedVersion = 1, NewFacts = [message], Messages = [new StoredMessage(Second(5), "edited")] });
        Assert.That(CountTexts(), Is.EqualTo(1));
        await Commit(Request(1, edit, message, deletion) with { ExpectedVersion = 2, NewFacts = [deletion], Messages = [new StoredMessage(Second(5), null)] });
        Assert.That(CountTexts(), Is.Zero);
    }

    [Test]
    public async Task An_event_that_comes_twice_in_a_batch_leaves_one_text()
    {
        var root = new MessageFact(Second(1), s_ann, AuthorKind.Person, Verdicts.None);
        var arrival = new Arrival(Key(1), new MessageKey(Key(1).Channel, Second(1)), root) { Text = "twice" };
        await new ApplyBatch(Store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync([arrival, arrival], RandomThreads.Settings, Second(1), Ct);

        Assert.That(CountTexts(), Is.EqualTo(1));
        Assert.That(await Store.TextAsync(arrival.About, Ct), Is.EqualTo("twice"));
    }

    [Test]
    public async Task After_a_crash_an_action_of_a_request_that_was_read_twice_is_there()
    {
        SnapshotFact Read(int second) => new(Second(second), [], []);
        await Commit(Request(1, Read(5)));
        await Commit(Request(1, Read(7)) with { ExpectedVersion = 1, NewFacts = [Read(7)], Actions = [] });
        await using var recovered = SqliteStore.Open(Killed());

        Assert.That(await recovered.DueActionsAsync(Key(1).Channel, Second(99), 9, Ct), Has.Count.EqualTo(1));
    }

    private long CountTexts()
    {
        using var reader = Database.Open(FilePath, readOnly: true);
        return reader.Scalar("SELECT count(*) FROM text");
    }

    /// <summary>What a killed process leaves: the files as they are, in another folder.</summary>
    private string Killed()
    {
        var copy = Path.Combine(_folder.FullName, "copy");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(_folder.FullName, "subot.db*"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
