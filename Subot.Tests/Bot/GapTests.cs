using System.Text.Json;
using NUnit.Framework;
using Subot.Simulator.Model;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Tests.Bot;

/// <summary>What happened while the bot was away, and how it starts and stops.</summary>
public sealed class GapTests : BotFixture
{
    private const string Check = "white_check_mark";

    [Test]
    public async Task Everything_that_happened_meanwhile_is_found_in_history()
    {
        await StartBotAsync();
        var (solved, edited, deleted, answered) = (Ask(Ann), Ask(Bob), Ask("U0EVE"), Ask("U0JOE"));
        foreach (var asked in (Subot.Simulator.Model.Message[])[solved, edited, deleted, answered])
            await RepliedAsync(asked);
        await AcknowledgedAsync();
        await StopBotAsync();

        Workspace.React(Ann, Help, solved.Ts, Check);
        Workspace.Edit(Bob, Help, edited.Ts, "The scanner, I mean");
        Workspace.Delete(Help, deleted.Ts);
        Answer(answered, Tim);
        var late = Ask(Ann, "And the scanner");
        // Slack gives all of it up before the bot is back.
        await AcknowledgedAsync();
        Assert.That(Simulator.Hub.Counters.GivenUp, Is.GreaterThanOrEqualTo(5));

        Parameters["SUBOT_ANSWER_WITHIN"] = "1s";
        await StartBotAsync();
        await StopBotAsync();
        Assert.That(await StatusAsync(solved), Is.EqualTo(ThreadStatus.Fixed));
        Assert.That((await ThreadAsync(edited))!.Facts, Has.One.InstanceOf<EditFact>());
        Assert.That(await StatusAsync(deleted), Is.EqualTo(ThreadStatus.Deleted));
        Assert.That(await StatusAsync(answered), Is.EqualTo(ThreadStatus.Responded));
        Assert.That(await StatusAsync(late), Is.EqualTo(ThreadStatus.Unresponded));
        Assert.That((await ActionsAsync()).Select(a => a.Action.Root.ToString()), Has.None.EqualTo(late.Ts), "a late automatic reply");
    }

    [Test]
    public async Task Request_deleted_meanwhile_is_told_from_an_old_one_that_Slack_forgot()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        await StartBotAsync();
        // Long enough ago: what came within seconds of a read may be missing on it and yet there.
        var (older, deleted) = (AskAgo(Bob, 11), AskAgo(Ann, 10));
        await AcknowledgedAsync();
        await StopBotAsync();
        Workspace.Delete(Help, deleted.Ts);
        await AcknowledgedAsync();
        // What is oldest is not there because Slack forgot it, for all one can tell.
        await StartBotAsync();
        await StopBotAsync();
        Assert.That(await StatusAsync(deleted), Is.EqualTo(ThreadStatus.Deleted));
        Assert.That(await StatusAsync(older), Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public async Task Only_reply_of_a_request_deleted_meanwhile_no_longer_reopens_it()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        await StartBotAsync();
        var asked = AskAgo(Ann, 10);
        Workspace.React(Ann, Help, asked.Ts, Check, Ago(9));
        var no = Workspace.Post(Ann, Help, "No, it still burns", asked.Ts, Ago(8));
        await AcknowledgedAsync();
        await StopBotAsync();
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Unresponded));
        Workspace.Delete(Help, no.Ts);
        await AcknowledgedAsync();
        await StartBotAsync();
        await StopBotAsync();
        Assert.That(await StatusAsync(asked), Is.EqualTo(ThreadStatus.Fixed));
        Assert.That((await ThreadAsync(asked))!.Thread.State.Course!.Reopenings, Is.Zero);
    }

    [Test]
    public async Task Last_of_two_edits_within_a_second_counts_though_only_history_tells_it()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        await StartBotAsync();
        var asked = AskAgo(Ann, 10);
        // History tells the second of an edit, events the moment.
        var second = Ago(9).Split('.')[0];
        Workspace.Edit(Ann, Help, asked.Ts, "The scanner, I mean", $"{second}.200000");
        await AcknowledgedAsync();
        await StopBotAsync();
        Workspace.Edit(Ann, Help, asked.Ts, "The plotter, I mean", $"{second}.700000");
        await AcknowledgedAsync();
        await StartBotAsync();
        await StopBotAsync();
        Assert.That(await TextAsync(asked), Is.EqualTo("The plotter, I mean"));
    }

    [Test]
    public async Task Edit_that_history_shows_again_changes_nothing()
    {
        Parameters["SUBOT_REPLIES"] = "observe";
        await StartBotAsync();
        var asked = AskAgo(Ann, 10);
        Workspace.React(Ann, Help, asked.Ts, Check, Ago(9));
        var reply = Workspace.Post(Ann, Help, "thanks", asked.Ts, Ago(8));
        Workspace.Edit(Ann, Help, reply.Ts, "thanks, but no", Ago(7).Replace(".000100", ".700000", StringComparison.Ordinal));
        await AcknowledgedAsync();
        await StopBotAsync();
        var live = (await ThreadAsync(asked))!;
        await StartBotAsync();
        await StopBotAsync();
        var read = (await ThreadAsync(asked))!;
        Assert.That(JsonSerializer.Serialize(read.Contribution), Is.EqualTo(JsonSerializer.Serialize(live.Contribution)));
        Assert.That(read.Thread.State.Course!.Reopenings, Is.EqualTo(1));
        Assert.That(await TextAsync(reply), Is.EqualTo("thanks, but no"));
    }

    [Test]
    public async Task Channel_is_known_by_its_new_name_after_a_start()
    {
        await StartBotAsync();
        await StopBotAsync();
        Workspace.FindChannel(Help)!.Name = "help-desk";
        await StartBotAsync();
        await StopBotAsync();
        Assert.That((await WithStoreAsync(store => store.ChannelsAsync(Limit).AsTask())).Select(c => c.Name), Is.EqualTo(["help-desk"]));
    }

    private Subot.Simulator.Model.Message AskAgo(string user, int minutes) =>
        Workspace.Post(user, Help, "The printer is on fire", null, Ago(minutes));

    private static string Ago(int minutes) => $"{TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToUnixTimeSeconds()}.000100";

    [Test]
    public async Task Stopping_loses_nothing_and_leaves_nothing_unacknowledged_that_is_stored()
    {
        await StartBotAsync();
        var asked = Enumerable.Range(0, 300).Select(n => Ask(Ann, $"Question {n}")).ToList();
        await StopBotAsync();
        await StartBotAsync();
        await AcknowledgedAsync();
        await Task.WhenAll(asked.Select(a => RepliedAsync(a)));
        await StopBotAsync();
        Assert.That((await ActionsAsync()).Select(a => a.Action.Root.ToString()), Is.EquivalentTo(asked.Select(a => a.Ts)));
    }

    [Test]
    public async Task Changed_environment_makes_a_new_version_of_the_settings_and_an_equal_one_none()
    {
        await StartBotAsync();
        await StopBotAsync();
        await StartBotAsync();
        await StopBotAsync();
        Parameters["SUBOT_TEAM"] = $"{Tim},{Bob}";
        await StartBotAsync();
        await StopBotAsync();
        var versions = (await WithStoreAsync(store => store.SettingsAsync(Limit).AsTask())).Versions;
        Assert.That(versions.Select(v => v.Settings.Team.Order()), Is.EqualTo(new[] { new[] { Tim }, [Bob, Tim] }));
    }

    private async Task<ThreadStatus> StatusAsync(Subot.Simulator.Model.Message root) => (await ThreadAsync(root))!.Thread.State.Status;
}
