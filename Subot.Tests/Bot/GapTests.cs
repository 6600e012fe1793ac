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
        Assert.That((await ActionsAsync()).Select(a => a.Action.Thread.Root.ToString()), Has.None.EqualTo(late.Ts), "a late automatic reply");
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

    private Subot.Simulator.Model.Message AskAgo(string user, int minutes) =>
        Workspace.Post(user, Help, "The printer is on fire", null, $"{TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToUnixTimeSeconds()}.000100");

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
        Assert.That((await ActionsAsync()).Select(a => a.Action.Thread.Root.ToString()), Is.EquivalentTo(asked.Select(a => a.Ts)));
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
