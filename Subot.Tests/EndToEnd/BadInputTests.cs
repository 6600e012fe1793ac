using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Subot.Demo.Sample;
using Subot.Simulator;
using Subot.Simulator.Model;
using Subot.Storage.Sqlite;

namespace Subot.Tests.EndToEnd;

/// <summary>
/// What people get wrong: the program says in one message what to do, ends with another code than 0, and nothing is lost.
/// </summary>
public sealed class BadInputTests
{
    private const string Hidden = "C0HIDDEN01";
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));
    private string _folder = "";
    private SimulatorServer _simulator = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var workspace = SampleWorkspace.Create(withPast: false, TimeProvider.System).Workspace;
        workspace.Add(new Channel(Hidden, "hidden", ChannelKind.Private), SampleWorkspace.Bruno);
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Workspace = workspace }, _limit.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _simulator.DisposeAsync();
        _limit.Dispose();
    }

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("subot-test-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_export_that_is_not_there_is_named() =>
        await RefusesAsync(["import", Path.Combine(_folder, "no.zip"), "--channel", "help", "--data", _folder], "no.zip", "cannot be read");

    [Test]
    public async Task An_export_that_is_no_zip_is_named()
    {
        var export = Path.Combine(_folder, "export.zip");
        await File.WriteAllTextAsync(export, "not a zip", _limit.Token);

        await RefusesAsync(["import", export, "--channel", "help", "--data", _folder], "export.zip", "cannot be read");
    }

    [Test]
    public async Task A_folder_that_is_no_export_is_told_from_one() =>
        await RefusesAsync(["import", _folder, "--channel", "help", "--data", _folder], "no Slack export", "channels.json");

    [Test]
    public async Task A_channel_that_an_export_does_not_have_is_told_with_those_it_has()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "channels.json"), """[{"id":"C0HELP0001","name":"help"}]""", _limit.Token);

        await RefusesAsync(["import", _folder, "--channel", "hlep", "--data", _folder], "no channel 'hlep'", "It has: help");
    }

    [Test]
    public async Task A_damaged_day_of_an_export_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "channels.json"), """[{"id":"C0HELP0001","name":"help"}]""", _limit.Token);
        Directory.CreateDirectory(Path.Combine(_folder, "help"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "help", "2026-01-01.json"), """[{"type":"message","ts":"1767225600.000100","text":"cut sh""", _limit.Token);

        await RefusesAsync(["import", _folder, "--channel", "help", "--data", _folder], "help/2026-01-01.json", "is damaged");
    }

    [TestCase("stats", "--channel", "help")]
    [TestCase("threads", "--channel", "help")]
    [TestCase("check")]
    [TestCase("settings", "export", "-")]
    [TestCase("settings", "log")]
    [TestCase("privacy", "log")]
    [TestCase("privacy", "erase", "U0ANN")]
    [TestCase("privacy", "forget", "--before", "2026-01-31")]
    public async Task A_folder_without_a_store_is_not_made_into_one(params string[] command)
    {
        var missing = Path.Combine(_folder, "missing");

        await RefusesAsync([.. command, "--data", missing], "There is no store in", missing, "subot import");

        Assert.That(Directory.Exists(missing), Is.False);
    }

    [Test]
    public async Task A_channel_that_is_not_recorded_is_told_with_those_that_are()
    {
        await MakeStoreAsync();

        await RefusesAsync(["stats", "--channel", "hlep", "--data", _folder], "No channel 'hlep' is recorded");
    }

    [Test]
    public async Task Missing_and_malformed_parameters_are_all_told_at_once() => await RefusesAsync(
        ["run", "--data", _folder], [("SLACK_APP_TOKEN", "xoxb-mistaken"), ("SUBOT_TIME_ZONE", "Paris")],
        "SLACK_APP_TOKEN", "xapp-", "SLACK_BOT_USER_OAUTH_ACCESS_TOKEN is missing", "SLACK_ID is missing", "SUBOT_TIME_ZONE=Paris");

    [Test]
    public async Task A_bot_token_that_Slack_refuses_is_named_and_never_shown()
    {
        var run = await RefusesAsync(["run", "--data", _folder], Parameters(SampleWorkspace.Help, token: "xoxb-revoked-secret"), "Slack refuses the bot token", "SLACK_BOT_USER_OAUTH_ACCESS_TOKEN");

        Assert.That(run.Error + run.Output, Does.Not.Contain("revoked-secret"));
    }

    [Test]
    public async Task A_channel_that_does_not_exist_is_named() =>
        await RefusesAsync(["run", "--data", _folder], Parameters("C0NOWHERE1"), "There is no channel C0NOWHERE1", "SLACK_ID");

    [Test]
    public async Task A_private_channel_without_the_bot_is_told_how_to_invite_it() =>
        await RefusesAsync(["run", "--data", _folder], Parameters(Hidden), Hidden, "/invite");

    [Test]
    public async Task A_second_bot_on_a_folder_is_refused()
    {
        await MakeStoreAsync();
        using var first = BotRole.TryTake(_folder, out _);

        await RefusesAsync(["run", "--data", _folder], Parameters(SampleWorkspace.Help), "Another bot runs on", "SUBOT_DATA");
    }

    [Test]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await MakeStoreAsync();
        Sql("PRAGMA user_version = 999");

        await RefusesAsync(["run", "--data", _folder], Parameters(SampleWorkspace.Help), "version 999", "Update Subot");

        Assert.That(Sql("PRAGMA user_version"), Is.EqualTo(999));
    }

    [TestCase("run")]
    [TestCase("check")]
    public async Task A_damaged_database_is_named_and_left_alone(string command)
    {
        var damaged = new byte[8192];
        "This is no database"u8.CopyTo(damaged);
        await File.WriteAllBytesAsync(SqliteStore.FileIn(_folder), damaged, _limit.Token);

        await RefusesAsync([command, "--data", _folder], Parameters(SampleWorkspace.Help), "The database is damaged", "backup");

        Assert.That(await File.ReadAllBytesAsync(SqliteStore.FileIn(_folder), _limit.Token), Is.EqualTo(damaged));
    }

    private Task<SubotRun> RefusesAsync(string[] arguments, params string[] says) => RefusesAsync(arguments, [], says);

    private async Task<SubotRun> RefusesAsync(string[] arguments, (string, string)[] parameters, params string[] says)
    {
        var run = await SubotProgram.RunAsync(parameters, _limit.Token, arguments);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output + run.Error);
        Assert.That(run.Error, Does.StartWith("subot: ").And.Not.Contains("   at "), "one message, no stack");
        foreach (var words in says)
            Assert.That(run.Error, Does.Contain(words));
        return run;
    }

    private (string, string)[] Parameters(string channel, string? token = null) =>
    [
        ("SLACK_API_URL", _simulator.ApiUrl.ToString()),
        ("SLACK_APP_TOKEN", _simulator.AppToken),
        ("SLACK_BOT_USER_OAUTH_ACCESS_TOKEN", token ?? _simulator.BotToken),
        ("SLACK_ID", channel),
    ];

    private async Task MakeStoreAsync()
    {
        await using var store = SqliteStore.Open(_folder);
    }

    private long Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={SqliteStore.FileIn(_folder)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
