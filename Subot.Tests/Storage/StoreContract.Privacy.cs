using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    private static readonly UserId s_erased = new("UERASED00112233445566778899");
    private static readonly string[] s_oldestFirst = ["b", "a"];
    private static readonly string[] s_theOther = ["U0P2"];
    private static readonly int[] s_messages = [1, 5, 6];

    [Test]
    public async Task Privacy_requests_are_kept_with_what_came_of_them()
    {
        var erase = new PrivacyRequest("a", "web:Ann", At(2)) { Erasure = new Erasure(s_erased, [1, 2], [[3], [4, 5]]) { Person = s_ann } };
        var forget = new PrivacyRequest("b", "command line", At(1)) { TextsBefore = Second(9) };
        await Store.RecordPrivacyRequestAsync(erase, Ct);
        await Store.RecordPrivacyRequestAsync(forget, Ct);
        await Store.RecordPrivacyRequestAsync(erase with { DoneAt = At(5), CompactedAt = At(6), Threads = 3, Texts = 4, Erasure = erase.Erasure with { Person = null } }, Ct);

        var requests = await Store.PrivacyRequestsAsync(Ct);

        Assert.That(requests.Select(r => r.Id), Is.EqualTo(s_oldestFirst), "the oldest first");
        Assert.That(requests[0], Is.EqualTo(forget));
        Assert.That(requests[1] with { Erasure = null }, Is.EqualTo(erase with { DoneAt = At(5), CompactedAt = At(6), Threads = 3, Texts = 4, Erasure = null }));
        Assert.That((requests[1].Erasure!.Pseudonym, requests[1].Erasure!.Person), Is.EqualTo((s_erased, (UserId?)null)));
        Assert.That((requests[1].Erasure!.Key, requests[1].Erasure!.Hashes), Is.EqualTo((erase.Erasure.Key, erase.Erasure.Hashes)).UsingPropertiesComparer());
    }

    [Test]
    public async Task Texts_of_a_stretch_are_forgotten_and_their_messages_stay()
    {
        await Commit(Request(1), Request(2), Request(3), Request(4));
        Assert.That(await Store.CountTextsAsync(Second(2), Second(4), Ct), Is.EqualTo(2));

        var forgotten = await Store.ForgetTextsAsync(Second(2), Second(4), Ct);

        Assert.That((forgotten, await Store.CountTextsAsync(Ts.Zero, Ts.Max, Ct)), Is.EqualTo((2, 2)));
        List<MessageKey> messages = [.. Enumerable.Range(1, 4).Select(s => new MessageKey(s_channel, Second(s)))];
        Assert.That((await Store.LoadTextsAsync(messages, Ct)).Keys.Select(m => m.Ts).Order(), Is.EqualTo(new[] { Second(1), Second(4) }));
        Assert.That(await Store.FindThreadsAsync(messages, Ct), Has.Count.EqualTo(4));
        Assert.That(await Store.ForgetTextsAsync(Ts.Zero, Second(4), Ct), Is.EqualTo(1), "the one that was left");
    }

    [Test]
    public async Task A_text_that_was_forgotten_does_not_come_back_with_its_event()
    {
        await Commit(Request(1));
        await Store.ForgetTextsAsync(Ts.Zero, Second(9), Ct);

        var message = new StoredMessage(Second(1), "as it was") { Since = Second(1) };
        await Store.CommitAsync(Changes() with { Repeated = [new RepeatedMessage(Key(1), message)] }, Ct);

        Assert.That(await Store.TextAsync(new MessageKey(s_channel, Second(1)), Ct), Is.Null);
    }

    [Test]
    public async Task Words_of_settled_posts_are_forgotten([Values] bool replies)
    {
        await Commit(Request(1), Request(50), Request(2));
        var list = BotAction.Waiting(s_channel, new DateOnly(2025, 3, 3), Second(900));
        var reminder = BotAction.Reminder(Key(1), Second(1), 1);
        await Store.CreateActionsAsync([New(list), New(reminder), New(BotAction.Reminder(Key(2), Second(2), 1))], Ct);
        foreach (var id in new[] { Id(1), Id(50), list.Id, reminder.Id })
            await SettleAsync(id);

        await Store.ForgetWordsAsync(Second(1), Second(50), replies, Ct);

        Assert.That(await WordsOf(Id(1)), Is.EqualTo(replies ? null : "words"));
        Assert.That(await WordsOf(Id(50)), Is.EqualTo("words"), "its thread is younger");
        Assert.That((await WordsOf(list.Id), await WordsOf(reminder.Id)), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That((await Store.ActionAsync(list.Id, Ct))!.Status, Is.EqualTo(ActionStatus.Sent));
    }

    [Test]
    public async Task Words_of_a_post_that_waits_are_kept()
    {
        await Commit(Request(1));
        var waiting = (await Store.ActionAsync(Id(1), Ct))!;
        await Store.UpdateActionAsync(waiting, waiting with { Status = ActionStatus.Sending, Text = "words" }, Ct);

        await Store.ForgetWordsAsync(Ts.Zero, Ts.Max, replies: true, Ct);

        Assert.That(await WordsOf(Id(1)), Is.EqualTo("words"));
    }

    [Test]
    public async Task A_version_of_the_settings_is_written_anew_in_its_place()
    {
        foreach (var version in RandomThreads.Settings.Written)
            await Store.AppendSettingsAsync(version, Ct);
        var before = await Store.SettingsAsync(Ct);

        var rewritten = before.Written[0] with { Author = "somebody else", Settings = before.Written[0].Settings with { Team = ["U0OTHER"] } };
        await Store.RewriteSettingsAsync(rewritten, Ct);

        Assert.That((await Store.SettingsAsync(Ct)).Written, Is.EqualTo(new[] { rewritten, before.Written[1] }));
        Assert.That(await Store.NewestSettingsAsync(Ct), Is.EqualTo(2));
        Assert.That(await Store.AppendSettingsAsync(rewritten with { Number = 3 }, Ct), Is.True);
    }

    [Test]
    public async Task An_action_gets_another_id_and_stands_where_it_stood()
    {
        var day = new DateOnly(2025, 3, 3);
        var (welcome, renamed) = (BotAction.Welcome(s_channel, s_ann, day, Second(9)), BotAction.Welcome(s_channel, s_erased, day, Second(9)));
        await Store.CreateActionsAsync([New(welcome)], Ct);
        await SettleAsync(welcome.Id);
        var known = (await Store.ActionAsync(welcome.Id, Ct))!;

        await Store.RewriteActionAsync(known, known with { Action = renamed, Text = "other words" }, Ct);

        Assert.That(await Store.ActionAsync(welcome.Id, Ct), Is.Null);
        Assert.That(await Store.ActionAsync(renamed.Id, Ct), Is.EqualTo(known with { Action = renamed, Text = "other words" }));
        Assert.That((await ListOf(Store.ReadActionsAsync(Ct))).Select(a => a.Action.Id), Is.EqualTo(new[] { renamed.Id }));
    }

    [Test]
    public async Task Facts_are_replaced_and_the_numbers_follow()
    {
        await Commit(Request(1, Reply(5), Reply(6)), Request(2));
        while (await Store.PackAsync(Ct))
        {
        }

        var facts = (await Store.LoadFactsAsync(Key(1), Ct)).Select(new Renaming(u => u == s_ann ? s_erased : u).Of).ToList();
        var change = RandomThreads.Change(Key(1), facts, expectedVersion: 1) with
        {
            ReplacesFacts = true,
            Messages = [new StoredMessage(Second(1), null) { Since = Ts.Max }, new StoredMessage(Second(5), "another text") { Since = Second(5) }],
        };
        Assert.That(await Commit(change), Is.Empty);

        Assert.That(await Store.LoadFactsAsync(Key(1), Ct), Is.EqualTo(facts));
        Assert.That((await ListOf(Store.ReadThreadsAsync(null, Ct)))[0].Facts, Is.EqualTo(facts));
        Assert.That(
            await Store.LoadTextsAsync([.. s_messages.Select(s => new MessageKey(s_channel, Second(s)))], Ct),
            Is.EquivalentTo(new Dictionary<MessageKey, string> { [new(s_channel, Second(5))] = "another text", [new(s_channel, Second(6))] = $"text of {Second(6)}" }));
        Assert.That((await Store.LoadMessagesAsync([new(s_channel, Second(1))], Ct)).Values.Single(), Is.EqualTo(facts[0]));
        Assert.That((await PeopleWhoAskAsync()).Order(), Is.EqualTo(new[] { s_ann.Value, s_erased.Value }));
        Assert.That((await ListOf(Store.ReadActionsAsync(Ct))).Select(a => a.Action.Id), Is.EquivalentTo(new[] { Id(1), Id(2) }), "what the facts made is made");
        Assert.That(await Commit(change), Is.EqualTo(new[] { Key(1) }), "somebody else was first");
    }

    [Test]
    public async Task A_person_is_forgotten_whom_nothing_names_any_more()
    {
        await Store.RecordPeopleAsync([Somebody(s_ann.Value, 1), Somebody("U0P2", 1)], Ct);
        await Commit(Request(1));
        var facts = (await Store.LoadFactsAsync(Key(1), Ct)).Select(new Renaming(u => u == s_ann ? s_erased : u).Of).ToList();
        await Commit(RandomThreads.Change(Key(1), facts, expectedVersion: 1) with { ReplacesFacts = true });

        await Store.ForgetPersonAsync(s_ann, Ct);
        await Store.ForgetPersonAsync(new UserId("U0NEVER"), Ct);

        Assert.That((await ListOf(Store.ReadPeopleAsync(Ct))).Select(p => p.Id.Value), Is.EqualTo(s_theOther));
        Assert.That(await PeopleWhoAskAsync(), Is.EqualTo(new[] { s_erased.Value }));
        await Commit(Request(2));
        Assert.That((await PeopleWhoAskAsync()).Order(), Is.EqualTo(new[] { s_ann.Value, s_erased.Value }), "whoever comes with that id is somebody new to the store");
    }

    private static MessageFact Reply(int second) => new(Second(second), new UserId("U0T1"), AuthorKind.Person, Verdicts.None);

    private static DateTimeOffset At(int second) => Second(second).ToDateTimeOffset();

    private static StoredAction New(BotAction action) => new(action, ActionStatus.Pending) { NextTry = Second(0) };

    private async Task SettleAsync(string id)
    {
        var action = (await Store.ActionAsync(id, Ct))!;
        await Store.UpdateActionAsync(action, action with { Status = ActionStatus.Sent, Attempts = 1, Text = "words", PostedAt = Second(60) }, Ct);
    }

    private async Task<string?> WordsOf(string id) => (await Store.ActionAsync(id, Ct))!.Text;

    private async Task<IEnumerable<string?>> PeopleWhoAskAsync()
    {
        var all = new NumbersQuery([s_channel], Ts.Zero, Second(1000), Second(1000), new NumbersFilter());
        return (await Store.BreakdownAsync(all, NumbersDimension.Requester, RandomThreads.Settings, Ct)).Select(p => p.Value);
    }
}
