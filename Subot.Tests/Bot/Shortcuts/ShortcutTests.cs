using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain.Projection;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;
using Subot.Slack;
using Subot.Storage;
using ShownView = Subot.Simulator.Interactions.View;

namespace Subot.Tests.Bot.Shortcuts;

/// <summary>The shortcuts on messages, from the menu of a message to what is stored.</summary>
public sealed class ShortcutTests : BotFixture
{
    private const string Other = "C0OTHER001";

    private static readonly string[] s_shortcuts = ["solve", "reopen", "dismiss", "track", "same_as", "answer_to", "retired"];

    protected override AppIdentity App => new()
    {
        Shortcuts = [.. s_shortcuts.Select(id => new Shortcut(id, id)), new("global", "global", IsGlobal: true)],
    };

    [Test]
    public async Task Request_is_solved_from_any_message_of_its_thread_and_opened_again()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        var reply = Answer(asked, Bob, "Same here");
        await AcknowledgedAsync();

        Assert.That(await UseAsync(Tim, reply, "solve"), Is.EqualTo(":white_check_mark: Solved: “The printer is on fire”"));
        Assert.That(await StateAsync(asked), Has.Property("Status").EqualTo(ThreadStatus.Fixed));
        Assert.That(await UseAsync(Tim, asked, "solve"), Is.EqualTo("This request is solved already."));
        Assert.That(await UseAsync(Tim, asked, "reopen"), Does.StartWith(":leftwards_arrow_with_hook: Open again"));
        Assert.That(await StateAsync(asked), Has.Property("Status").EqualTo(ThreadStatus.Unresponded));
        Assert.That(await UseAsync(Tim, asked, "reopen"), Is.EqualTo("This request is open already."));
    }

    [Test]
    public async Task Shortcut_undoes_an_emoji_of_a_moment_that_Slack_tells_later()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        Workspace.React(Ann, Help, asked.Ts, "white_check_mark");
        await AcknowledgedAsync();
        await UseAsync(Tim, asked, "reopen");
        var state = await StateAsync(asked);
        Assert.That((state.Status, state.Course!.Reopenings), Is.EqualTo((ThreadStatus.Unresponded, 1)));
    }

    [Test]
    public async Task Message_that_is_no_request_is_taken_out_and_back()
    {
        await StartBotAsync();
        var asked = Ask(Ann, "Good morning");
        await AcknowledgedAsync();
        Assert.That(await UseAsync(Tim, asked, "dismiss"), Does.StartWith(":no_entry_sign: Not a request"));
        Assert.That(await StateAsync(asked), Has.Property("Kind").EqualTo(RootKind.Dismissed));
        Assert.That(await UseAsync(Tim, asked, "dismiss"), Does.Contain("A request again"));
        Assert.That(await StateAsync(asked), Has.Property("Kind").EqualTo(RootKind.Request));
    }

    [Test]
    public async Task Others_and_other_places_and_old_shortcuts_are_told()
    {
        Workspace.Add(new Channel(Other, "other", ChannelKind.Public), Workspace.App.BotUserId);
        var old = Workspace.Post(Ann, Help, "Last year", ts: Subot.Simulator.Model.Ts.From(TimeProvider.System.GetUtcNow().AddDays(-90)));
        // Slack gives the event up: only history has it, further back than the bot reads.
        await AcknowledgedAsync();
        await StartBotAsync();
        var asked = Ask(Ann);
        await AcknowledgedAsync();

        Assert.That(await UseAsync(Bob, asked, "solve"), Is.EqualTo("Only the team can do that."));
        Assert.That(await UseAsync(Tim, Workspace.Post(Ann, Other, "Hello"), "solve", Other), Does.StartWith("I do not watch this channel"));
        Assert.That(await UseAsync(Tim, asked, "retired"), Does.StartWith("I do not know this shortcut"));
        Assert.That(await UseAsync(Tim, old, "solve"), Does.StartWith("I have no record"));
        Assert.That(await StateAsync(asked), Has.Property("Status").EqualTo(ThreadStatus.Unresponded));
        await Simulator.Interactions.GlobalShortcutAsync(Tim, "global", Limit);
        Assert.That((await ModalAsync(Tim)).Title, Is.EqualTo("That did not work"));
    }

    [Test]
    public async Task Message_of_the_team_becomes_the_request_of_whom_it_mentions_or_of_another()
    {
        Workspace.Join(Tim, Help);
        await StartBotAsync();
        var told = Ask(Tim, $"<@{Ann}> told me that the printer is on fire");
        await AcknowledgedAsync();
        var modal = await OpenAsync(told, "track");
        Assert.That(modal.Json["blocks"]![0]!["element"]!["initial_user"]!.GetValue<string>(), Is.EqualTo(Ann));

        var wrong = await SubmitAsync(modal, ("person", Workspace.App.BotUserId));
        Assert.That(wrong.Errors!["for"]!.GetValue<string>(), Does.StartWith("I ask nothing myself"));
        var right = await SubmitAsync(modal, ("person", Bob));
        Assert.That((await ToldAsync(Tim, "Tracked")), Is.EqualTo($":inbox_tray: Tracked as a request of <@{Bob}>: “@{Ann} told me that the printer is on fire”. The shortcut 'Not a request' takes that back."));
        Assert.That((right.Error, right.Errors, Simulator.Views.ModalOf(Tim)), Is.EqualTo(((string?)null, (JsonObject?)null, (ShownView?)null)));
        var state = await StateAsync(told);
        Assert.That((state.Kind, state.Requester?.Value, state.Status), Is.EqualTo((RootKind.Request, Bob, ThreadStatus.Unresponded)));

        Assert.That((await OpenAsync(told, "track")).Json["blocks"]![0]!["element"]!["initial_user"]!.GetValue<string>(), Is.EqualTo(Bob));
    }

    [Test]
    public async Task Request_of_a_person_needs_no_tracking()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await AcknowledgedAsync();
        Assert.That(await UseAsync(Tim, asked, "track"), Is.EqualTo("This is a request already."));
    }

    [Test]
    public async Task Request_is_the_same_as_another_that_is_chosen()
    {
        Workspace.Join(Tim, Help);
        await StartBotAsync();
        var (first, second) = (Ask(Ann), Ask(Bob, "Printer burning & smoking"));
        await AcknowledgedAsync();
        var modal = await OpenAsync(second, "same_as");
        var offered = modal.Json["blocks"]![0]!["element"]!["options"]!.AsArray();
        Assert.That(offered.Select(o => o!["value"]!.GetValue<string>()), Is.EqualTo([$"{Help}:{first.Ts}"]));
        Assert.That(offered[0]!["text"]!["text"]!.GetValue<string>(), Does.EndWith(" · The printer is on fire"));

        await SubmitAsync(modal, ("request", $"{Help}:{first.Ts}"));
        Assert.That(await ToldAsync(Tim, "same request"), Does.Contain("“Printer burning & smoking” is the same request as “The printer is on fire”"));
        var state = await StateAsync(second);
        Assert.That((state.Kind, state.DuplicateOf?.ToString()), Is.EqualTo((RootKind.Dismissed, first.Ts)));
    }

    [Test]
    public async Task Request_is_not_the_same_as_what_is_wrong()
    {
        await StartBotAsync();
        var (first, second, byTeam) = (Ask(Ann), Ask(Bob, "Printer burning"), Ask(Tim, "Lunch?"));
        await AcknowledgedAsync();
        var modal = await OpenAsync(second, "same_as");

        Assert.That(await ErrorAsync(modal, "list"), Is.EqualTo("Choose a request, or paste a link."));
        Assert.That(await ErrorAsync(modal, "link", ("permalink", "the first one")), Does.StartWith("That is no link"));
        Assert.That(await ErrorAsync(modal, "link", ("permalink", LinkTo(first).Replace(Help, Other))), Is.EqualTo("That message is in another channel."));
        Assert.That(await ErrorAsync(modal, "link", ("permalink", "https://acme.test/archives/" + Help + "/p1500000000000000")), Is.EqualTo("I have no record of that message."));
        Assert.That(await ErrorAsync(modal, "link", ("permalink", LinkTo(byTeam))), Is.EqualTo("That is not a request."));
        Assert.That(await ErrorAsync(modal, "link", ("permalink", LinkTo(second))), Is.EqualTo("That is this very request."));
        await SubmitAsync(modal, ("permalink", LinkTo(first)));
        Assert.That((await StateAsync(second)).DuplicateOf?.ToString(), Is.EqualTo(first.Ts));

        var back = await OpenAsync(first, "same_as");
        Assert.That(await ErrorAsync(back, "link", ("permalink", LinkTo(second))), Is.EqualTo("That one is marked as the same as this one."));
    }

    [Test]
    public async Task Message_outside_the_thread_answers_at_its_own_time()
    {
        Workspace.Join(Tim, Help);
        await StartBotAsync();
        var asked = Ask(Ann);
        var answer = Ask(Tim, "Use the extinguisher");
        var later = Ask(Bob, "The scanner too");
        await AcknowledgedAsync();
        var modal = await OpenAsync(answer, "answer_to");
        Assert.That(modal.Json["blocks"]![0]!["element"]!["options"]!.AsArray().Select(o => o!["value"]!.GetValue<string>()), Is.EqualTo([$"{Help}:{asked.Ts}"]), later.Ts);

        await SubmitAsync(modal, ("request", $"{Help}:{asked.Ts}"));
        Assert.That(await ToldAsync(Tim, "Counted"), Is.EqualTo(":speech_balloon: Counted as an answer to “The printer is on fire”."));
        var state = await StateAsync(asked);
        Assert.That((state.Status, state.Turn, state.Course!.FirstTeamReply?.ToString()), Is.EqualTo((ThreadStatus.Responded, Turn.Requester, answer.Ts)));
        Assert.That((await StateAsync(answer)).Kind, Is.EqualTo(RootKind.Team));
    }

    [Test]
    public async Task Message_that_was_tracked_is_no_request_any_more_when_it_answers()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        var answer = Ask(Tim, "Use the extinguisher");
        await AcknowledgedAsync();
        await SubmitAsync(await OpenAsync(answer, "track"), ("person", Bob));
        await SubmitAsync(await OpenAsync(answer, "answer_to"), ("request", $"{Help}:{asked.Ts}"));
        Assert.That((await StateAsync(answer)).Kind, Is.EqualTo(RootKind.Dismissed));
        Assert.That((await StateAsync(asked)).Status, Is.EqualTo(ThreadStatus.Responded));
    }

    [Test]
    public async Task Only_the_team_answers_and_only_what_is_open()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        var (byBob, byTim) = (Ask(Bob, "Water helps"), Ask(Tim, "No water!"));
        await AcknowledgedAsync();
        Assert.That(await UseAsync(Tim, byBob, "answer_to"), Is.EqualTo("Only a message of the team can be an answer."));
        await UseAsync(Tim, asked, "solve");
        await UseAsync(Tim, byBob, "solve");
        Assert.That(await UseAsync(Tim, byTim, "answer_to"), Does.StartWith("No request is open"));
    }

    [Test]
    public async Task Trouble_of_the_store_is_told_in_the_modal_and_nothing_is_changed()
    {
        var full = false;
        await StartBotAsync((store, slack) => (Between.Put(store, (method, _, next) =>
            full && method == nameof(IStore.CommitAsync) ? throw new StoreException("The disk is full.", mayPass: true) : next()), slack));
        var told = Ask(Tim, $"For <@{Ann}>");
        await AcknowledgedAsync();
        var modal = await OpenAsync(told, "track");
        full = true;
        Assert.That(await ErrorAsync(modal, "for", ("person", Ann)), Does.Contain("The disk is full."));
        full = false;
        await SubmitAsync(modal, ("person", Ann));
        Assert.That((await StateAsync(told)).Kind, Is.EqualTo(RootKind.Request));
        full = true;
        Assert.That(await UseAsync(Tim, told, "solve"), Does.Contain("The disk is full."));
        full = false;
    }

    [Test]
    public async Task Form_that_Slack_does_not_show_any_more_is_told()
    {
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, _, next) =>
            method == nameof(ISlackApi.OpenViewAsync) ? throw new SlackException("views.open", "expired_trigger_id", SlackErrorKind.Gone) : next())));
        var told = Ask(Tim, "For Ann");
        await AcknowledgedAsync();
        Assert.That(await UseAsync(Tim, told, "track"), Does.StartWith("Slack did not show the form"));
    }

    [Test]
    public async Task Form_of_an_older_version_is_answered_by_another()
    {
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, arguments, next) =>
        {
            if (method == nameof(ISlackApi.OpenViewAsync) && arguments[1] is Subot.Slack.View { CallbackId: "track" } view)
                arguments[1] = view with { CallbackId = "retired" };
            return next();
        })));
        var told = Ask(Tim, $"For <@{Ann}>");
        await AcknowledgedAsync();
        var modal = await OpenAsync(told, "track");
        await SubmitAsync(modal, ("person", Ann));
        var notice = await Simulator.Views.FirstAsync(v => v.User == Tim && v.Id != modal.Id, Limit);
        Assert.That(notice.Json["blocks"]![0]!["text"]!["text"]!.GetValue<string>(), Does.StartWith("This form belongs to another version"));
    }

    /// <summary>Uses a shortcut; what the person is told.</summary>
    private async Task<string> UseAsync(string user, Message message, string shortcut, string channel = Help)
    {
        var before = Simulator.Ephemerals.All.Select(e => e.Ts).ToHashSet();
        var outcome = await Simulator.Interactions.MessageShortcutAsync(user, channel, message.Ts, shortcut, Limit);
        Assert.That(outcome.Error, Is.Null);
        var told = await Simulator.Ephemerals.FirstAsync(e => e.User == user && !before.Contains(e.Ts), Limit);
        return told.Body["text"]!.GetValue<string>();
    }

    /// <summary>What a person alone was told that holds some words.</summary>
    private async Task<string> ToldAsync(string user, string words) =>
        (await Simulator.Ephemerals.FirstAsync(e => e.User == user && e.Body["text"]!.GetValue<string>().Contains(words), Limit)).Body["text"]!.GetValue<string>();

    private async Task<ShownView> OpenAsync(Message message, string shortcut)
    {
        var outcome = await Simulator.Interactions.MessageShortcutAsync(Tim, Help, message.Ts, shortcut, Limit);
        Assert.That(outcome.Error, Is.Null);
        return await ModalAsync(Tim);
    }

    private Task<ShownView> ModalAsync(string user) => Simulator.Views.FirstAsync(v => v.User == user && !v.IsHome, Limit);

    private Task<InteractionOutcome> SubmitAsync(ShownView modal, params (string Input, string Value)[] fields) =>
        Simulator.Interactions.SubmitViewAsync(modal.Id, fields.ToDictionary(f => f.Input, f => f.Value), Limit);

    /// <summary>Fills in a modal wrongly; what is said at a block.</summary>
    private async Task<string?> ErrorAsync(ShownView modal, string block, params (string Input, string Value)[] fields) =>
        (await SubmitAsync(modal, fields)).Errors?[block]?.GetValue<string>();

    private string LinkTo(Message message) => $"{Simulator.ApiUrl}archives/{Help}/p{message.Ts.Replace(".", "")}";

    private async Task<ProjectedThread> StateAsync(Message root) => (await ThreadAsync(root))!.Thread.State;
}
