using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;

namespace Subot.Tests.Bot;

/// <summary>What happens to a thread after its first message, live.</summary>
public sealed class FollowingTests : BotFixture
{
    private const string Check = "white_check_mark";

    [Test]
    public async Task Team_reply_and_emoji_make_a_request_responded_and_fixed()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Unresponded));
        Answer(asked, Tim);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Responded));
        Workspace.React(Ann, Help, asked.Ts, Check);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Fixed));
        Workspace.Unreact(Ann, Help, asked.Ts, Check);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Responded));
    }

    [Test]
    public async Task Emoji_of_a_third_person_solves_nothing()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        Workspace.React(Bob, Help, asked.Ts, Check);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public async Task Edit_replaces_the_text_and_makes_no_second_reply()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        Workspace.Edit(Ann, Help, asked.Ts, "The printer is on fire again");
        await AcknowledgedAsync();
        Assert.That(await TextAsync(asked), Is.EqualTo("The printer is on fire again"));
        Assert.That(await ActionsAsync(), Has.One.Items);
    }

    [Test]
    public async Task Unfurl_changes_nothing()
    {
        Simulator.Faults.Settings = new FaultSettings { Unfurl = true };
        await StartBotAsync();
        var changed = new TaskCompletionSource();
        Workspace.Shown += change =>
        {
            if (change.Channel.Find(change.Ts)?.Body()["attachments"] is not null)
                changed.TrySetResult();
        };
        var asked = Ask(Ann, "See <https://example.test/fire>");
        await changed.Task.WaitAsync(Limit);
        await RepliedAsync(asked);
        await AcknowledgedAsync();
        Assert.That((await ThreadAsync(asked))!.Facts, Has.None.InstanceOf<EditFact>());
    }

    [Test]
    public async Task Request_deleted_with_its_replies_is_deleted_and_its_text_forgotten()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        Workspace.Delete(Help, asked.Ts);
        Assert.That(Workspace.FindChannel(Help)!.Find(asked.Ts)!.IsTombstone);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Deleted));
        Assert.That(await TextAsync(asked), Is.Null);
    }

    [Test]
    public async Task Request_deleted_without_replies_is_deleted()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        await StartBotAsync();
        var asked = Ask(Ann);
        Workspace.Delete(Help, asked.Ts);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Deleted));
    }

    [Test]
    public async Task Deleted_reply_of_the_team_still_counts_as_a_response()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        var answered = Answer(asked, Tim);
        Workspace.Delete(Help, answered.Ts);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Responded));
        Assert.That((await ThreadAsync(asked))!.Thread.State.Replies, Is.EqualTo(1));
    }

    [Test]
    public async Task Reaction_that_comes_before_its_request_is_kept_for_it()
    {
        await StartBotAsync();
        var ts = Subot.Simulator.Model.Ts.From(TimeProvider.System.GetUtcNow());
        await DeliverAsync(Reaction(ts, Ann, Subot.Simulator.Model.Ts.From(TimeProvider.System.GetUtcNow())));
        var asked = Workspace.Post(Ann, Help, "The printer is on fire", ts: ts);
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public async Task Reaction_that_comes_before_its_reply_ends_in_the_thread_of_the_reply()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await RepliedAsync(asked);
        var ts = Subot.Simulator.Model.Ts.From(TimeProvider.System.GetUtcNow());
        await DeliverAsync(Reaction(ts, Tim, ts));
        var reply = Workspace.Post(Bob, Help, "Same here", asked.Ts, ts);
        await AcknowledgedAsync();
        Assert.That((await ThreadAsync(asked))!.Facts.OfType<ReactionFact>().Select(f => f.Message.ToString()), Is.EqualTo([ts]));
        Assert.That(await ThreadAsync(reply), Is.Null, "what was kept under the reply's own ts");
    }

    private async Task<ThreadStatus> StatusAsync(Message root)
    {
        await AcknowledgedAsync();
        return (await ThreadAsync(root))!.Thread.State.Status;
    }

    private async Task DeliverAsync(JsonObject slackEvent)
    {
        var body = new JsonObject { ["type"] = "event_callback", ["event_id"] = "Ev0EARLY", ["event"] = slackEvent };
        Simulator.Hub.Deliver(new AppEvent("Ev0EARLY", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));
        await AcknowledgedAsync();
    }

    private static JsonObject Reaction(string ts, string user, string at) => new()
    {
        ["type"] = "reaction_added",
        ["user"] = user,
        ["reaction"] = Check,
        ["item"] = new JsonObject { ["type"] = "message", ["channel"] = Help, ["ts"] = ts },
        ["event_ts"] = at,
    };
}
