using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Commands;
using Subot.Bot.Importing;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot;

/// <summary>Exports, one after the other, and what is in them.</summary>
public sealed class ImportTests
{
    private const string Asked = """{"type":"message","user":"U0ANN","text":"The printer is on fire","ts":"1767600000.000100"}""";
    private const string Solved = """{"type":"message","user":"U0ANN","text":"The printer is on fire","ts":"1767600000.000100","reactions":[{"name":"white_check_mark","users":["U0ANN"],"count":1}]}""";
    private const string Later = """{"type":"message","user":"U0BOB","text":"The scanner too","ts":"1770000000.000100"}""";
    private const string Channels = """[{"id":"C0HELP0001","name":"help"}]""";
    private static readonly ThreadKey s_asked = new(new ChannelId("C0HELP0001"), Ts.Parse("1767600000.000100"));
    private MemoryStore _store = null!;
    private DirectoryInfo _folder = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public void MakeFolder() => (_store, _folder) = (new MemoryStore(), Directory.CreateTempSubdirectory("subot-import-"));

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Emoji_that_a_later_export_no_longer_shows_was_taken_away()
    {
        await ImportAsync(Solved);
        Assert.That(await StatusAsync(), Is.EqualTo(ThreadStatus.Fixed));
        await ImportAsync(Asked, Later);
        Assert.That(await StatusAsync(), Is.EqualTo(ThreadStatus.Unresponded));
        await ImportAsync(Solved);
        Assert.That(await StatusAsync(), Is.EqualTo(ThreadStatus.Unresponded), "the older export tells the past");
    }

    [Test]
    public async Task Request_without_reactions_gets_no_facts_but_its_own_however_often_it_is_imported()
    {
        await ImportAsync(Asked);
        await ImportAsync(Asked, Later);
        Assert.That(await _store.LoadFactsAsync(s_asked, Ct), Has.One.Items.And.All.InstanceOf<MessageFact>());
    }

    [Test]
    public async Task Message_with_a_time_that_no_calendar_reaches_is_left_out()
    {
        await ImportAsync(Asked, Solved.Replace("1767600000.000100", "999999999999.000000", StringComparison.Ordinal));
        Assert.That(await _store.ThreadsBetweenAsync(s_asked.Channel, Ts.Zero, Ts.Max, Ct), Is.EqualTo([s_asked]));
    }

    [Test]
    public void Private_channels_are_found_like_public_ones()
    {
        Write("channels.json", """[{"id":"C0GENERAL1","name":"general"}]""");
        Write("groups.json", Channels);
        using var export = SlackExport.Open(_folder.FullName);
        Assert.That(export.Channels(), Is.EqualTo([("general", "C0GENERAL1"), ("help", "C0HELP0001")]));
    }

    [Test]
    public void Export_of_private_channels_alone_is_an_export()
    {
        Write("groups.json", Channels);
        using var export = SlackExport.Open(_folder.FullName);
        Assert.That(export.Channels(), Is.EqualTo([("help", "C0HELP0001")]));
    }

    [Test]
    public async Task Settings_that_change_while_an_import_applies_are_followed()
    {
        static SettingsVersion Version(int number, string team) => new(number, Ts.Zero, new TeamSettings { Team = [team] }, "test");
        static Arrival Asked(int second) => new(new(s_asked.Channel, s_asked.Root.AddSeconds(second)), new(s_asked.Channel, s_asked.Root.AddSeconds(second)),
            new MessageFact(s_asked.Root.AddSeconds(second), new UserId("U0ANN"), AuthorKind.Person, Verdicts.None));
        await _store.AppendSettingsAsync(Version(1, "U0TIM"), Ct);
        var settings = new CurrentSettings(await _store.SettingsAsync(Ct));
        var sink = ImportCommand.ToStore(_store, settings, Forgetting.Nothing);
        await sink([Asked(0)], Ct);
        await _store.AppendSettingsAsync(Version(2, "U0ANN"), Ct);

        await sink([Asked(1)], Ct);

        Assert.That(settings.History.Number, Is.EqualTo(2));
        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Is.Empty);
    }

    [Test]
    public async Task People_who_wrote_and_the_team_are_known_by_their_names_and_nobody_else_of_the_workspace()
    {
        Write("users.json", """
            [{"id":"U0ANN","name":"ann","is_bot":false,"updated":1767600000,"profile":{"real_name":"Ann Åström","first_name":"Ann","last_name":"Åström","display_name":"","email":"ann@example.org","image_32":"https://a/32.png","image_512":"https://a/512.png"}},
             {"id":"U0TIM","name":"tim"},{"id":"U0EVE","name":"eve"},{"name":"nobody"},null
            """ + string.Concat(Enumerable.Range(0, 2000).Select(i => $$""",{"id":"U0LONG{{i}}","name":"one of many","deleted":false,"is_bot":null}""")) + "]");
        await ImportAsync(Asked);
        var people = new List<Person>();
        await foreach (var person in _store.ReadPeopleAsync(Ct))
            people.Add(person);
        Assert.That(people, Is.EqualTo(new[]
        {
            new Person(new UserId("U0ANN"), Ts.Parse("1767600000"))
            {
                Name = "ann", RealName = "Ann Åström", FirstName = "Ann", LastName = "Åström", Email = "ann@example.org", Image32 = "https://a/32.png", Image512 = "https://a/512.png",
            },
            new Person(new UserId("U0TIM"), Ts.Zero) { Name = "tim" },
        }));
    }

    private async Task ImportAsync(params string[] messages)
    {
        Write("channels.json", Channels);
        Write(Path.Combine("help", "2026-01-05.json"), $"[{string.Join(',', messages)}]");
        using var export = SlackExport.Open(_folder.FullName);
        var settings = SettingsHistory.Always(new TeamSettings { Team = ["U0TIM"], ExpireAfterSeconds = null });
        var batch = new ApplyBatch(_store, ReplyPolicy.None, Forgetting.Nothing);
        await new ExportImport(export, _store, new CurrentSettings(settings), (arrivals, ct) => batch.ApplyAsync(arrivals, settings, default, ct), appliesItself: true, TimeProvider.System)
            .RunAsync("help", s_asked.Channel, () => { }, Ct);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<ThreadStatus> StatusAsync() => (await _store.LoadAsync([s_asked], Ct))[s_asked].State.Status;
}
