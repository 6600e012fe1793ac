using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Simulator.Faults;
using Subot.Slack;

namespace Subot.Tests.Bot;

/// <summary>Whom the bot answers, how often, and with which words.</summary>
public sealed class ReplyTests : BotFixture
{
    [Test]
    public async Task Reply_is_posted_once_when_every_event_comes_twice()
    {
        Simulator.Faults.Settings = new FaultSettings { Duplicate = 1, LoseAcks = 0.3 };
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        await AcknowledgedAsync();
        await StopBotAsync();
        Assert.That(Simulator.Hub.Counters.Redelivered, Is.GreaterThan(1));
        Assert.That(Replies.To(Help, asked.Ts), Is.EqualTo(1));
        Assert.That((await ActionsAsync()).Select(a => (a.Action.Id, a.Status)), Is.EqualTo([($"reply:{Help}:{asked.Ts}", ActionStatus.Sent)]));
    }

    [Test]
    public async Task Second_request_within_two_minutes_is_asked_to_keep_to_one_thread()
    {
        await StartBotAsync();
        var (first, second, other) = (Ask(Ann), Ask(Ann, "And it smells"), Ask(Bob));
        await Task.WhenAll(RepliedAsync(first), RepliedAsync(second), RepliedAsync(other));
        Assert.That(WordsIn(first), Has.One.Items.And.All.StartsWith("Thanks"));
        Assert.That(WordsIn(second), Has.One.Items.And.All.StartsWith("Got it! If this belongs"));
        Assert.That(WordsIn(other), Has.One.Items.And.All.StartsWith("Thanks"));
    }

    [Test]
    public async Task Request_three_minutes_after_another_is_thanked_for()
    {
        await StartBotAsync();
        var now = TimeProvider.System.GetUtcNow();
        var first = Workspace.Post(Ann, Help, "The printer is on fire", ts: At(now.AddMinutes(-4)));
        var second = Workspace.Post(Ann, Help, "The scanner too", ts: At(now.AddMinutes(-1)));
        await Task.WhenAll(RepliedAsync(first), RepliedAsync(second));
        Assert.That(WordsIn(second), Has.One.Items.And.All.StartsWith("Thanks"));
    }

    [Test]
    public async Task French_bot_speaks_French()
    {
        Parameters["SUBOT_LANGUAGE"] = "fr";
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        Assert.That(WordsIn(asked), Has.One.Items.And.All.StartsWith("Merci"));
    }

    [Test]
    public async Task Team_and_apps_get_no_reply()
    {
        await StartBotAsync();
        var byTeam = Ask(Tim, "Lunch?");
        var byApp = Workspace.Play(new JsonObject { ["bot_id"] = "B0OTHER", ["text"] = "Build failed", ["ts"] = At(TimeProvider.System.GetUtcNow()) }, Help);
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        await AcknowledgedAsync();
        Assert.That(byApp, Is.Not.Null);
        Assert.That((await ActionsAsync()).Select(a => a.Action.Id), Is.EqualTo([$"reply:{Help}:{asked.Ts}"]), byTeam.Ts);
    }

    [Test]
    public async Task Reply_in_a_thread_gets_no_reply()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        Answer(asked, Bob, "Same here");
        Workspace.Post(Bob, Help, "For everybody", asked.Ts, broadcast: true);
        await AcknowledgedAsync();
        Assert.That((await ActionsAsync()).Select(a => a.Action.Id), Is.EqualTo([$"reply:{Help}:{asked.Ts}"]));
        Assert.That((await ThreadAsync(asked))!.Thread.State.Replies, Is.EqualTo(3));
    }

    [Test]
    public async Task Empty_team_records_everything_posts_nothing_and_says_what_to_set()
    {
        Parameters.Remove("SUBOT_TEAM");
        await StartBotAsync();
        var asked = Ask(Ann);
        await AcknowledgedAsync();
        Assert.That(await ActionsAsync(), Is.Empty);
        Assert.That(await ThreadAsync(asked), Is.Not.Null);
        Assert.That(Logs.All, Does.Contain("SUBOT_TEAM"));
    }

    [Test]
    public async Task Observing_bot_records_everything_and_posts_nothing()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        await StartBotAsync();
        var asked = Ask(Ann);
        await AcknowledgedAsync();
        Assert.That(await ActionsAsync(), Is.Empty);
        Assert.That(await ThreadAsync(asked), Is.Not.Null);
    }

    [Test]
    public async Task Reply_that_Slack_does_not_confirm_is_found_and_not_posted_again()
    {
        Simulator.Faults.Settings = new FaultSettings { Api = [new ApiFault { Method = "chat.postMessage", Kind = ApiFaultKind.Timeout, Next = 1, DelayMs = 50 }] };
        await StartBotAsync();
        var asked = Ask(Ann);
        await Logs.UntilAsync("is unclear", 1, Limit);
        await RepliedAsync(asked);
        await AcknowledgedAsync();
        await StopBotAsync();
        Assert.That(Replies.To(Help, asked.Ts), Is.EqualTo(1));
        Assert.That((await ActionsAsync()).Single().Status, Is.EqualTo(ActionStatus.Sent));
    }

    [Test]
    public async Task Double_is_deleted_and_the_older_post_stays()
    {
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, _, next) =>
            method == nameof(ISlackApi.PostMessageAsync) ? TwiceAsync(next) : next())));
        var asked = Ask(Ann);
        await RepliedAsync(asked, 2);
        await RepliedAsync(asked, 1);
        await Logs.UntilAsync("stood twice", 1, Limit);
        await AcknowledgedAsync();
        // It is told before it is recorded.
        await StopBotAsync();
        var action = (await ActionsAsync()).Single();
        Assert.That((action.Status, action.SecondPost), Is.EqualTo((ActionStatus.Sent, (Ts?)null)));
        Assert.That(Workspace.FindChannel(Help)!.Find(action.PostedAt!.Value.ToString()), Is.Not.Null);
    }

    [Test]
    public async Task Reply_to_a_parent_deleted_meanwhile_is_taken_out_of_the_channel_again()
    {
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, arguments, next) =>
        {
            if (method == nameof(ISlackApi.PostMessageAsync))
                Workspace.Delete(Help, ((PostMessage)arguments[0]!).ThreadTs!);
            return next();
        })));
        var asked = Ask(Ann);
        await Replies.UntilAsync(() => Replies.Ever == 1 && Replies.InChannels.Count == 0, Limit);
        await AcknowledgedAsync();
        await StopBotAsync();
        Assert.That((await ActionsAsync()).Select(a => (a.Action.Id, a.Status)), Is.EqualTo([($"reply:{Help}:{asked.Ts}", ActionStatus.Cancelled)]));
    }

    [Test]
    public async Task Stray_reply_of_a_bot_that_died_is_taken_out_of_the_channel_by_the_next()
    {
        var died = new TaskCompletionSource();
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, arguments, next) =>
        {
            if (method == nameof(ISlackApi.DeleteMessageAsync))
                return DieAsync(died, (CancellationToken)arguments[^1]!);
            if (method == nameof(ISlackApi.PostMessageAsync))
                Workspace.Delete(Help, ((PostMessage)arguments[0]!).ThreadTs!);
            return next();
        })));
        Ask(Ann);
        await died.Task.WaitAsync(Limit);
        await StopBotAsync();
        Assert.That(Replies.InChannels, Has.One.Items);
        await StartBotAsync();
        await Replies.UntilAsync(() => Replies.InChannels.Count == 0, Limit);
    }

    private static string At(DateTimeOffset at) => Subot.Simulator.Model.Ts.From(at);

    private static async Task DieAsync(TaskCompletionSource died, CancellationToken ct)
    {
        died.TrySetResult();
        await new TaskCompletionSource().Task.WaitAsync(ct);
    }

    private static async Task<PostedMessage> TwiceAsync(Func<object?> post)
    {
        await (Task<PostedMessage>)post()!;
        return await (Task<PostedMessage>)post()!;
    }
}
