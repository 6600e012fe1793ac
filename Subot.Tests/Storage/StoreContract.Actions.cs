using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    [Test]
    public async Task An_action_is_created_once()
    {
        await Commit(Request(1));
        var reply = await OnlyAction();
        Assert.That(reply, Is.EqualTo(new StoredAction(BotAction.Reply(Key(1), Second(601)), ActionStatus.Pending) { NextTry = Second(0) }));
        await Store.UpdateActionAsync(reply, reply with { Status = ActionStatus.Failed, Attempts = 3 }, Ct);

        await Store.CommitAsync(Changes(Request(1) with { ExpectedVersion = 1 }) with { Now = Second(100) }, Ct);

        Assert.That(await OnlyAction(), Is.EqualTo(reply with { Status = ActionStatus.Failed, Attempts = 3 }));
    }

    [Test]
    public async Task Due_actions_are_those_of_the_channel_that_wait_the_oldest_first()
    {
        await Store.CommitAsync(Changes(Request(3)) with { Now = Second(3) }, Ct);
        await Store.CommitAsync(Changes(Request(1), Request(2)) with { Now = Second(1) }, Ct);
        await Store.CommitAsync(Changes(Request(9)) with { Now = Second(9) }, Ct);
        var other = new ThreadKey(new ChannelId("C0OTHER"), Second(1));
        await Commit(RandomThreads.Change(other, [new MessageFact(other.Root, s_ann, AuthorKind.Person, Verdicts.None)]));
        var sent = (await Store.ActionAsync(Id(2), Ct))!;
        await Store.UpdateActionAsync(sent, sent with { Status = ActionStatus.Sent }, Ct);

        Assert.That((await Store.DueActionsAsync(s_channel, Second(3), 10, Ct)).Select(a => a.Action.Id), Is.EqualTo(new[] { Id(1), Id(3) }));
        Assert.That((await Store.DueActionsAsync(s_channel, Second(99), 2, Ct)).Select(a => a.Action.Id), Is.EqualTo(new[] { Id(1), Id(3) }));
        Assert.That(await Store.DueActionsAsync(new ChannelId("C0UNKNOWN"), Second(99), 9, Ct), Is.Empty);
    }

    [Test]
    public async Task Only_one_of_two_claims_holds()
    {
        await Commit(Request(1));
        var seen = await OnlyAction();
        var claim = seen with { Status = ActionStatus.Sending, Attempts = 1, Text = "thanks", NextTry = Second(30) };

        Assert.That(await Store.UpdateActionAsync(seen, claim, Ct), Is.True);
        Assert.That(await Store.UpdateActionAsync(seen, claim with { Text = "the other's words" }, Ct), Is.False);

        Assert.That(await OnlyAction(), Is.EqualTo(claim));
        Assert.That(await Store.DueActionsAsync(s_channel, Second(30), 1, Ct), Is.EqualTo(new[] { claim }), "an unclear outcome comes up again");
    }

    [Test]
    public async Task An_action_that_does_not_exist_is_not_updated()
    {
        var never = new StoredAction(BotAction.Reply(Key(1), Second(9)), ActionStatus.Pending);

        Assert.That(await Store.UpdateActionAsync(never, never, Ct), Is.False);
        Assert.That(await Store.ActionAsync(never.Action.Id, Ct), Is.Null);
    }

    [Test]
    public async Task An_own_post_settles_its_action_once()
    {
        await Commit(Request(1));
        await SeePosts(9);
        await SeePosts(9);

        var settled = await OnlyAction();
        Assert.That((settled.Status, settled.PostedAt, settled.SecondPost), Is.EqualTo((ActionStatus.Sent, (Ts?)Second(9), (Ts?)null)));
        Assert.That(await Store.DoubledActionsAsync(Ct), Is.Empty);
    }

    [Test]
    public async Task An_own_post_settles_an_action_of_the_same_commit()
    {
        await Store.CommitAsync(Changes(Request(1)) with { OwnPosts = [new OwnPost(Id(1), Second(9), Key(1).Root)] }, Ct);

        Assert.That(((await OnlyAction()).Status, (await OnlyAction()).PostedAt), Is.EqualTo((ActionStatus.Sent, (Ts?)Second(9))));
        Assert.That(await Store.DueActionsAsync(s_channel, Second(99), 9, Ct), Is.Empty);
    }

    [TestCase(9, 12)]
    [TestCase(12, 9)]
    [TestCase(9, 12, 9, 12)]
    [TestCase(12, 9, 12, 12, 9)]
    public async Task Of_two_posts_the_older_counts_and_the_younger_must_go(params int[] seen)
    {
        await Commit(Request(1));
        await SeePosts(seen);

        var doubled = (await Store.DoubledActionsAsync(Ct)).Single();
        Assert.That((doubled.Status, doubled.PostedAt, doubled.SecondPost), Is.EqualTo((ActionStatus.Sent, (Ts?)Second(9), (Ts?)Second(12))));

        Assert.That(await Store.UpdateActionAsync(doubled, doubled with { SecondPost = null }, Ct), Is.True);
        Assert.That(await Store.DoubledActionsAsync(Ct), Is.Empty);
    }

    [TestCase(9, 12, 15)]
    [TestCase(15, 12, 9)]
    [TestCase(12, 15, 9, 15, 12, 9)]
    [TestCase(9, 15, 12, 12, 15)]
    public async Task Of_three_posts_the_oldest_counts_and_both_others_must_go(params int[] seen)
    {
        await Commit(Request(1));
        await SeePosts(seen);

        var gone = new List<Ts>();
        while (await Store.DoubledActionsAsync(Ct) is [var doubled, ..])
        {
            gone.Add(doubled.SecondPost!.Value);
            Assert.That(await Store.UpdateActionAsync(doubled, doubled with { SecondPost = null }, Ct), Is.True);
        }

        Assert.That(gone, Is.EquivalentTo(new[] { Second(12), Second(15) }));
        Assert.That((await OnlyAction()).PostedAt, Is.EqualTo(Second(9)));
    }

    [Test]
    public async Task A_stray_post_does_not_make_a_double_be_forgotten()
    {
        await Commit(Request(1));
        await SeePosts(9, 12);
        await Store.CommitAsync(Changes() with { OwnPosts = [new OwnPost(Id(1), Second(15), Second(15))] }, Ct);

        var stray = (await Store.DoubledActionsAsync(Ct)).Single();
        await Store.UpdateActionAsync(stray, stray with { SecondPost = null }, Ct);

        Assert.That((stray.SecondPost, (await OnlyAction()).SecondPost), Is.EqualTo(((Ts?)Second(15), (Ts?)Second(12))));
    }

    [Test]
    public async Task A_claim_does_not_overwrite_a_post_seen_meanwhile()
    {
        await Commit(Request(1));
        var seen = await OnlyAction();
        await SeePosts(9);

        Assert.That(await Store.UpdateActionAsync(seen, seen with { Status = ActionStatus.Sending }, Ct), Is.False);
        Assert.That((await OnlyAction()).Status, Is.EqualTo(ActionStatus.Sent));
    }

    [Test]
    public async Task A_post_outside_its_thread_has_to_go_and_is_no_reply()
    {
        await Commit(Request(1));
        await Store.CommitAsync(Changes() with { OwnPosts = [new OwnPost(Id(1), Second(9), Second(9))] }, Ct);

        var action = await OnlyAction();
        Assert.That((action.Status, action.PostedAt, action.SecondPost), Is.EqualTo((ActionStatus.Cancelled, (Ts?)null, (Ts?)Second(9))));
        Assert.That(await Store.DoubledActionsAsync(Ct), Has.One.Items);
    }

    [Test]
    public async Task A_post_of_an_unknown_action_changes_nothing()
    {
        await Store.CommitAsync(Changes() with { OwnPosts = [new OwnPost("reply:C9:1.000000", Second(1), Second(1))] }, Ct);

        Assert.That(await ListOf(Store.ReadActionsAsync(Ct)), Is.Empty);
    }

    [Test]
    public async Task Late_actions_that_were_never_tried_are_cancelled()
    {
        await Commit(Request(1), Request(2), Request(3));
        var tried = (await Store.ActionAsync(Id(1), Ct))!;
        await Store.UpdateActionAsync(tried, tried with { Attempts = 1 }, Ct);

        Assert.That(await Store.CancelLateActionsAsync(Second(602), Ct), Is.Zero, "2 may go out until then, 1 was tried");
        Assert.That(await Store.CancelLateActionsAsync(new Ts(Second(602).Micros + 1), Ct), Is.EqualTo(1));

        Assert.That(
            (await ListOf(Store.ReadActionsAsync(Ct))).OrderBy(a => a.Action.Root).Select(a => a.Status),
            Is.EqualTo(new[] { ActionStatus.Pending, ActionStatus.Cancelled, ActionStatus.Pending }));
    }

    [Test]
    public async Task A_settings_version_is_written_once()
    {
        Assert.That((await Store.SettingsAsync(Ct)).IsEmpty, Is.True);
        var hours = WorkingHours.Parse("Mon-Fri 09:00-17:00").WithHolidays([new DateOnly(2025, 12, 25)]);
        var first = new SettingsVersion(1, Ts.Zero, new TeamSettings { TimeZone = "Europe/Paris", WorkingHours = hours, Team = ["U0T1"], ExpireAfterSeconds = null }, "start")
        {
            WrittenAt = Second(0).ToDateTimeOffset(),
            Environment = new([KeyValuePair.Create("SUBOT_TEAM", "U0T1")]),
        };
        var second = new SettingsVersion(2, Second(5), first.Settings with { SolvedEmoji = ["done", "fixed"], ResponseTargetSeconds = 60 }, "U0ADM");
        Assert.That(await Store.AppendSettingsAsync(first, Ct), Is.True);
        Assert.That(await Store.AppendSettingsAsync(second, Ct), Is.True);
        Assert.That(await Store.AppendSettingsAsync(second with { Author = "U0LATE" }, Ct), Is.False);

        var read = await Store.SettingsAsync(Ct);

        Assert.That(read.Written, Is.EqualTo(new[] { first, second }));
        Assert.That(await Store.NewestSettingsAsync(Ct), Is.EqualTo(2));
        Assert.That(read.At(Second(4)).Settings.WorkingHours.On(new DateOnly(2025, 12, 25)), Is.Empty);
    }

    [Test]
    public async Task What_the_states_were_made_with_is_remembered()
    {
        Assert.That(await Store.ProjectedWithAsync(Ct), Is.Default);
        await Store.RecordProjectedWithAsync(new ProjectedWith(1, 1), Ct);
        await Store.RecordProjectedWithAsync(new ProjectedWith(4, 2), Ct);
        Assert.That(await Store.ProjectedWithAsync(Ct), Is.EqualTo(new ProjectedWith(4, 2)));
    }

    [TestCase(3, 9, ExpectedResult = "4 2")]
    [TestCase(4, 1, ExpectedResult = "4 2")]
    [TestCase(4, 3, ExpectedResult = "4 3")]
    [TestCase(5, 0, ExpectedResult = "5 0")]
    public async Task<string> What_an_older_program_or_settings_made_is_not_recorded_over_newer(int projection, int settings)
    {
        await Store.RecordProjectedWithAsync(new ProjectedWith(4, 2), Ct);
        await Store.RecordProjectedWithAsync(new ProjectedWith(projection, settings), Ct);
        var made = await Store.ProjectedWithAsync(Ct);
        return $"{made.Projection} {made.Settings}";
    }

    [Test]
    public async Task Threads_to_which_something_happened_since_an_instant_are_found()
    {
        await Commit(Request(1), Request(5, Reaction(9, about: 5)), Request(7));

        Assert.That(await Store.ThreadsSinceAsync(Second(7), Ct), Is.EqualTo(new[] { Key(5), Key(7) }));
        Assert.That(await Store.ThreadsSinceAsync(Second(10), Ct), Is.Empty);
    }

    [Test]
    public async Task Actions_without_a_thread_are_created_once_all_or_none_of_them_new()
    {
        var day = new DateOnly(2026, 3, 2);
        StoredAction New(BotAction action, ActionStatus status = ActionStatus.Pending) => new(action, status) { NextTry = Second(3) };
        var welcome = New(BotAction.Welcome(s_channel, s_ann, day, Second(60)));
        var reminder = New(BotAction.Reminder(Key(1), Second(1), 2), ActionStatus.Bundled);

        Assert.That(await Store.CreateActionsAsync([welcome, reminder], Ct), Is.EqualTo(new[] { welcome.Action.Id, reminder.Action.Id }));
        Assert.That(await Store.CreateActionsAsync([welcome, New(BotAction.Waiting(s_channel, day, Ts.Max))], Ct), Is.EqualTo(new[] { $"waiting:{s_channel}:2026-03-02" }));

        Assert.That(await Store.ActionAsync(welcome.Action.Id, Ct), Is.EqualTo(welcome));
        Assert.That(await Store.ActionAsync(reminder.Action.Id, Ct), Is.EqualTo(reminder));
        Assert.That((await Store.DueActionsAsync(s_channel, Second(3), 10, Ct)).Select(a => a.Action.Kind), Is.EqualTo(new[] { ActionKind.Waiting, ActionKind.Welcome }));
        Assert.That(await Store.KnownActionsAsync([welcome.Action.Id, "welcome:nobody"], Ct), Is.EqualTo(new[] { welcome.Action.Id }));
    }

    [Test]
    public async Task A_reminder_that_was_posted_into_the_channel_is_no_stray_there()
    {
        var reminder = new StoredAction(BotAction.Reminder(Key(1), Second(1), 1), ActionStatus.Pending) { NextTry = Second(3) };
        await Store.CreateActionsAsync([reminder], Ct);
        var sending = reminder with { Status = ActionStatus.Sending, Attempts = 1, Text = "Anything new?", Place = new PostPlace(s_channel.Value, null) };
        await Store.UpdateActionAsync(reminder, sending, Ct);

        await Store.CommitAsync(new ChangeSet { OwnPosts = [new OwnPost(reminder.Action.Id, Second(5), Second(5))], Now = Second(5) }, Ct);

        Assert.That(await Store.ActionAsync(reminder.Action.Id, Ct), Is.EqualTo(sending with { Status = ActionStatus.Sent, PostedAt = Second(5) }));
    }

    [Test]
    public async Task The_inbox_is_read_in_order_and_emptied_by_the_commit()
    {
        InboxItem Item(int second, ThreadKey? thread, string? text) =>
            new(thread, new MessageKey(s_channel, Second(second)), new CorrectionFact(Second(second), CorrectionKind.Solve, s_ann), text);
        InboxItem[] items = [Item(3, null, "text"), Item(1, Key(1), null), Item(2, null, "")];
        await Store.PostAsync([items[0]], Ct);
        await Store.PostAsync([items[1], items[2]], Ct);

        var peeked = await Store.PeekAsync(2, Ct);
        Assert.That(peeked.Select(p => p.Item), Is.EqualTo(items[..2]));
        await Store.CommitAsync(Changes(Request(1)) with { InboxIds = [peeked[0].Id] }, Ct);

        Assert.That((await Store.PeekAsync(9, Ct)).Select(p => p.Item), Is.EqualTo(items[1..]));
        await Store.CommitAsync(Changes() with { InboxIds = [.. (await Store.PeekAsync(9, Ct)).Select(p => p.Id), peeked[0].Id] }, Ct);
        Assert.That(await Store.PeekAsync(9, Ct), Is.Empty);
    }

    [Test]
    public async Task Actions_of_another_store_are_written_as_they_stood_and_known_ones_stay()
    {
        await Commit(Request(1), Request(2));
        StoredAction Stood(BotAction action) => new(action, ActionStatus.Sent)
        {
            NextTry = Second(3), Attempts = 2, Text = "words", Place = new PostPlace(s_channel.Value, Second(1)), Attachment = "{}", PostedAt = Second(9), SecondPost = Second(12),
        };
        StoredAction[] others = [Stood(BotAction.Welcome(s_channel, s_ann, new DateOnly(2026, 3, 2), Ts.Max)), Stood(BotAction.Call(Key(2))), Stood(BotAction.Reply(Key(1), Ts.Max))];

        await Store.RestoreActionsAsync(others, Ct);
        await Store.RestoreActionsAsync(others, Ct);

        Assert.That(await Store.ActionAsync(others[0].Action.Id, Ct), Is.EqualTo(others[0]));
        Assert.That(await Store.ActionAsync(others[1].Action.Id, Ct), Is.EqualTo(others[1]));
        Assert.That((await Store.ActionAsync(others[2].Action.Id, Ct))!.Status, Is.EqualTo(ActionStatus.Pending));
        Assert.That(await ListOf(Store.ReadActionsAsync(Ct)), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_lease_is_renewed_by_its_holder()
    {
        Assert.That((await Store.TryHoldAsync("help", Ct))?.IsHeld, Is.True);
        Assert.That((await Store.TryHoldAsync("help", Ct))?.IsHeld, Is.True);
        Assert.That((await Store.TryHoldAsync("ops", Ct))?.IsHeld, Is.True);
    }

    private static string Id(int second) => BotAction.Reply(Key(second), Ts.Max).Id;

    private async Task<StoredAction> OnlyAction() => (await ListOf(Store.ReadActionsAsync(Ct))).Single();

    private async Task SeePosts(params int[] seconds)
    {
        foreach (var second in seconds)
            await Store.CommitAsync(Changes() with { OwnPosts = [new OwnPost(Id(1), Second(second), Key(1).Root)] }, Ct);
    }
}
