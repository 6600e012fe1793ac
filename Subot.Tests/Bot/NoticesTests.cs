using NUnit.Framework;
using Subot.Domain.Settings;
using Subot.Simulator.Model;
using Subot.Storage.Settings;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Bot;

/// <summary>What the bot makes of events that are no messages: who joins, topics, groups, closed channels, settings.</summary>
public sealed class NoticesTests : BotFixture
{
    private const string Group = "S0SUPPORT1";
    private const string Zoe = "U0ZOE";
    private static readonly string[] s_first = [Tim];
    private static readonly string[] s_ownWords = ["We are on it."];

    [Test]
    public async Task Who_joins_is_welcomed_once_a_day()
    {
        await StartBotAsync();
        Workspace.Join(Zoe, Help);
        var welcome = await Simulator.Ephemerals.FirstAsync(e => e.User == Zoe, Limit);
        Assert.That(welcome.Body["text"]!.GetValue<string>(), Does.Contain("Welcome"));
        Workspace.Leave(Zoe, Help);
        Workspace.Join(Zoe, Help);
        Workspace.Join(Ann, Help);
        await Simulator.Ephemerals.FirstAsync(e => e.User == Ann, Limit);
        Assert.That((await ActionsAsync()).Select(a => a.Action.Detail), Is.EquivalentTo(new[] { Zoe, Ann }));
    }

    [Test]
    public async Task Topic_of_the_team_names_the_fireman_and_nobody_elses_does()
    {
        await StartBotAsync();
        Workspace.SetTopic(Bob, Help, $":fireman: <@{Bob}>");
        Workspace.SetTopic(Tim, Help, $":fireman: <@{Zoe}> | docs");
        await UntilSettingsAsync(s => s.OnCall.Topics.GetValueOrDefault(Help) == Zoe);
        Assert.That(await WithStoreAsync(async s => (await s.SettingsAsync(Limit)).Written.Select(v => v.Author)), Is.EqualTo(new[] { "environment", $"topic:{Tim}" }));
    }

    [Test]
    public async Task Topic_that_was_set_while_the_bot_was_down_is_found()
    {
        Workspace.SetTopic(Tim, Help, $":fireman: <@{Zoe}>");
        await StartBotAsync();
        await UntilSettingsAsync(s => s.OnCall.Topics.GetValueOrDefault(Help) == Zoe);
    }

    [Test]
    public async Task Members_of_a_group_belong_to_the_team_from_when_they_enter_it()
    {
        Workspace.Add(new UserGroup { Id = Group, Handle = "support", Name = "Support", Users = [Tim] });
        Parameters["SUBOT_TEAM"] = $"@{Group}";
        await StartBotAsync();
        await UntilSettingsAsync(s => s.Everyone.Contains(Tim));
        Workspace.SetGroup(Group, Tim, Zoe);
        await UntilSettingsAsync(s => s.Everyone.Contains(Zoe));

        var before = Ask(Ann);
        var versions = (await WithStoreAsync(async s => await s.SettingsAsync(Limit))).Versions;
        Assert.That(versions[0].Settings.Everyone, Is.EqualTo(s_first), "who was in it first always was");
        Assert.That(versions[^1].ValidFrom, Is.GreaterThan(Subot.Domain.Ts.Zero).And.LessThan(Subot.Domain.Ts.Parse(before.Ts)));
    }

    [Test]
    public async Task Archived_channel_is_left_alone_and_read_when_it_is_back()
    {
        await StartBotAsync();
        Workspace.Archive(Tim, Help);
        await Logs.UntilAsync("it is archived", 1, Limit);
        Workspace.Archive(Tim, Help, isArchived: false);
        await Logs.UntilAsync("is open again", 1, Limit);
        await RepliedAsync(Ask(Ann));
    }

    [Test]
    public async Task One_channel_that_is_closed_does_not_keep_the_others_waiting()
    {
        const string Old = "C0OLD00001";
        Workspace.Add(new Channel(Old, "old", ChannelKind.Public), Workspace.App.BotUserId);
        Workspace.Archive(Tim, Old);
        Parameters["SLACK_ID"] = $"{Old},{Help}";
        await StartBotAsync();
        await RepliedAsync(Ask(Ann));
        Assert.That(Logs.All, Does.Contain("#old").And.Contain("Unarchive it"));
    }

    [Test]
    public async Task What_another_program_writes_into_the_settings_counts_without_a_restart()
    {
        await StartBotAsync();
        var first = Ask(Ann);
        await RepliedAsync(first);
        await using (var store = SqliteStore.Open(Folder))
        {
            var now = Subot.Domain.Ts.From(Workspace.Time.GetUtcNow());
            await new SettingsEditor(store, Workspace.Time).ChangeAsync(s => s with { Templates = s.Templates.With("thanks", "We are on it.") }, "test", now, Limit);
        }

        await Logs.UntilAsync("Settings version 2 by test", 1, Limit);
        var second = Ask(Bob);
        await RepliedAsync(second);
        Assert.That(WordsIn(second), Is.EqualTo(s_ownWords));
    }

    private Task UntilSettingsAsync(Func<TeamSettings, bool> holds) => Task.Run(async () =>
    {
        for (var written = 1; !holds(await WithStoreAsync(async s => (await s.SettingsAsync(Limit)).Latest.Settings)); written++)
            await Logs.UntilAsync("counts from now on", written, Limit);
    });
}
