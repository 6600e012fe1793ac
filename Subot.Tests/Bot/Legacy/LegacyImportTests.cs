using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Storage.Elasticsearch.Legacy;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.Legacy;

/// <summary>What was not recorded, and years of a team's life bring about.</summary>
public sealed class LegacyImportTests
{
    private const string Root = "1700000000.000100";
    private const string Later = "1700000600.000200";
    private MemoryStore _store = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public void MakeStore() => _store = new MemoryStore();

    [TearDown]
    public async Task CloseStore() => await _store.DisposeAsync();

    [Test]
    public async Task Reply_of_somebody_who_left_the_team_stays_the_teams()
    {
        var desk = await ImportAsync(Asked() with { Status = "responded", ResponseMinutes = 10, Replies = [new(Later, "U0GONE", "done", false)] });
        Assert.That((await desk.ThreadAsync(Root)).Status, Is.EqualTo(ThreadStatus.Responded));
        var settings = await _store.SettingsAsync(Ct);
        Assert.That(settings.InTeam(new UserId("U0GONE"), Ts.Parse(Later)));
        Assert.That(settings.Latest.Settings.Team.Single(), Is.EqualTo("U0TEAM"));
    }

    [Test]
    public async Task Request_of_somebody_who_joined_the_team_later_stays_a_request()
    {
        var desk = await ImportAsync(Asked() with { User = "U0TEAM" });
        Assert.That((await desk.ThreadAsync(Root)).Kind, Is.EqualTo(RootKind.Request));
        Assert.That((await desk.ThreadAsync(Root)).Requester, Is.EqualTo(new UserId("U0TEAM")));
    }

    [Test]
    public async Task Message_that_an_admin_gave_to_the_team_is_no_request()
    {
        var desk = await ImportAsync(Asked() with { Type = "team" }, Asked() with { Id = "2", Ts = Later });
        Assert.That((await desk.ThreadAsync(Root)).Kind, Is.EqualTo(RootKind.Dismissed));
        Assert.That((await desk.ThreadAsync(Later)).Kind, Is.EqualTo(RootKind.Request));
    }

    [Test]
    public async Task Request_that_an_admin_opened_again_is_open()
    {
        var desk = await ImportAsync(Asked() with { Reactions = [Mark("U0TEAM", 60)] });
        Assert.That((await desk.ThreadAsync(Root)).Status, Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public async Task Mark_that_was_taken_off_solves_nothing_and_one_that_came_back_solves_when_it_did()
    {
        var desk = await ImportAsync(
            Asked() with { Status = "fixed", Reactions = [Mark("U0TEAM", 60), Mark("U0TEAM", 120)] },
            Asked() with { Id = "2", Ts = Later, Status = "fixed", Reactions = [Mark("U0TEAM", 660, Later), Mark("U0TEAM", 720, Later), Mark("U0TEAM", 780, Later)] });
        Assert.That((await desk.ThreadAsync(Root)).Course!.EverSolved, Is.False);
        Assert.That((await desk.ThreadAsync(Later)).Course!.FirstSolvedAt, Is.EqualTo(Ts.Parse("1700000780")));
    }

    [Test]
    public async Task Mark_that_Slack_told_twice_was_put_once()
    {
        var desk = await ImportAsync(Asked() with { Status = "fixed", Reactions = [Mark("U0TEAM", 60), Mark("U0TEAM", 64)] });
        Assert.That((await desk.ThreadAsync(Root)).Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That((await desk.FactsAsync(Root)).OfType<ReactionFact>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Mark_that_was_read_from_history_solves_at_an_unknown_time_until_it_is_taken_off()
    {
        var read = new LegacyReaction("heavy_check_mark::skin-tone-3", ["U0TEAM"], "", "", 1);
        var desk = await ImportAsync(
            Asked() with { Status = "fixed", Reactions = [read] },
            Asked() with { Id = "2", Ts = Later, Status = "fixed", Reactions = [read, Mark("U0TEAM", 900, Later)] });
        Assert.That((await desk.ThreadAsync(Root)).Course, Has.Property("EverSolved").True.And.Property("FirstSolvedAt").Null);
        Assert.That((await desk.ThreadAsync(Later)).Course!.EverSolved, Is.False);
    }

    [Test]
    public async Task Copies_of_a_message_are_one_with_the_facts_of_all()
    {
        var desk = await ImportAsync(
            Asked() with { Status = "fixed", Reactions = [Mark("U0ASKER", 1800)], Replies = [new("1700000001.000100", "U0BOT", "thanks", true)] },
            Asked() with { Id = "2", Status = "responded", ResponseMinutes = 10, Replies = [new(Root, "U0ASKER", "help", false), new(Later, "U0TEAM", "here", false)] });
        var thread = await desk.ThreadAsync(Root);
        Assert.That((thread.Status, thread.Replies, thread.BotReplied), Is.EqualTo((ThreadStatus.Fixed, 2, (Ts?)Ts.Parse("1700000001.000100"))));
    }

    [Test]
    public async Task Pattern_that_cannot_be_used_is_listed_by_its_name_and_the_tool_stays()
    {
        var data = Data(Asked() with { Tools = ["odd", "forgotten"] }) with
        {
            Tools = [new("1", "odd", "~odd"), new("2", "other", "(")],
            Answers = [new("a1", "odd", "", "Odd indeed.", true), new("a2", "gone", "", "Never.", false)],
        };
        var desk = new LegacyDesk(_store, Ct);
        var listed = await desk.ImportAsync(data);
        Assert.That(listed, Does.Contain("odd: ~odd ('~'").And.Contain("other: (").And.Contain("a2 (gone)"));
        var settings = (await _store.SettingsAsync(Ct)).Latest.Settings;
        Assert.That(settings.Tools.Select(t => (t.Name, t.Patterns.Count, t.Archived)), Is.EqualTo(new[] { ("odd", 0, false), ("other", 0, false), ("forgotten", 0, true) }));
        Assert.That(settings.Answers.Select(a => (a.Id, a.Tool, a.Feedback)), Is.EqualTo(new[] { ("odd", "odd", true) }));
        Assert.That(string.Join(", ", (await desk.ThreadAsync(Root)).Tools), Is.EqualTo("odd, forgotten"));
    }

    [Test]
    public async Task Environment_says_what_is_from_now_on_and_not_who_was_in_the_team()
    {
        var desk = new LegacyDesk(_store, Ct, ("SUBOT_TEAM", "U0NEW"), ("SUBOT_LANGUAGE", "en"));
        await desk.ImportAsync(Data(Asked() with { Replies = [new(Later, "U0TEAM", "here", false)] }));
        var settings = await _store.SettingsAsync(Ct);
        Assert.That((await desk.ThreadAsync(Root)).Status, Is.EqualTo(ThreadStatus.Expired), "years ago");
        Assert.That((await desk.ThreadAsync(Root)).Course!.FirstTeamReply, Is.EqualTo(Ts.Parse(Later)));
        Assert.That(settings.Latest.Settings.Team.Single(), Is.EqualTo("U0NEW"));
        Assert.That((settings.Latest.Settings.Language, settings.Latest.Settings.TimeZone), Is.EqualTo(("en", "Europe/Paris")));
        Assert.That(string.Join(", ", settings.Latest.Environment!.Keys.Order()), Is.EqualTo("SUBOT_LANGUAGE, SUBOT_TEAM"), "a bot that starts with it hears nothing new");
    }

    [Test]
    public async Task Store_that_a_bot_has_used_is_refused_and_stays_as_it_is()
    {
        await _store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, new TeamSettings(), "environment"), Ct);
        Assert.That(async () => await new LegacyDesk(_store, Ct).ImportAsync(Data(Asked())), Throws.TypeOf<StartRefusedException>().With.Message.Contains("--data"));
        Assert.That((await _store.SettingsAsync(Ct)).Number, Is.EqualTo(1));
        Assert.That(await _store.ThreadsBetweenAsync(LegacyDesk.Support, Ts.Zero, Ts.Max, Ct), Is.Empty);
    }

    [Test]
    public async Task Import_that_was_stopped_between_its_settings_goes_on()
    {
        var data = Data(Asked() with { Type = "team", User = "U0GONE" });
        await new LegacyDesk(_store, Ct).ImportAsync(data);
        var whole = await _store.SettingsAsync(Ct);
        Assert.That(whole.Number, Is.EqualTo(2));

        var stopped = new MemoryStore();
        await stopped.AppendSettingsAsync(whole.Written[0], Ct);
        await new LegacyDesk(stopped, Ct).ImportAsync(data);
        Assert.That((await stopped.SettingsAsync(Ct)).Written, Is.EqualTo(whole.Written));
        Assert.That((await Check.RunAsync(stopped, Ct)).Differences, Is.Empty);
    }

    private static LegacyMessage Asked() => new("1", Root, "user", "unresponded", "U0ASKER", "please help");

    private static LegacyReaction Mark(string user, int seconds, string message = Root) =>
        new("heavy_check_mark", [user], message, Ts.Parse("1700000000").AddSeconds(seconds).ToString(), 0);

    private static LegacyData Data(params LegacyMessage[] messages) => new() { Messages = messages, Team = [new("t", "U0TEAM", "Tim")] };

    private async Task<LegacyDesk> ImportAsync(params LegacyMessage[] messages)
    {
        // Years ago, all of it would have expired.
        var desk = new LegacyDesk(_store, Ct, ("SUBOT_EXPIRE_AFTER", "off"));
        await desk.ImportAsync(Data(messages));
        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Is.Empty);
        return desk;
    }
}
