using NUnit.Framework;
using Subot.Domain.Facts;
using Subot.Simulator.Model;
using Subot.Tests.EndToEnd;

namespace Subot.Tests.Bot.Slash;

/// <summary>Commands that people type in a simulated workspace, to a whole bot.</summary>
public sealed class LiveCommandTests : BotFixture
{
    [Test]
    public async Task A_correction_is_stored_when_its_answer_comes()
    {
        await StartBotAsync();
        var root = Ask(Ann);
        await AcknowledgedAsync();
        var link = $"{Simulator.ApiUrl.GetLeftPart(UriPartial.Authority)}/archives/{Help}/p{root.Ts.Replace(".", "", StringComparison.Ordinal)}";

        Assert.That(await TypeAsync(Tim, $"/subot solve {link}"), Does.EndWith("is solved."));

        Assert.That((await ThreadAsync(root))!.Facts.OfType<CorrectionFact>().Select(c => (c.Correction, c.By.Value)), Is.EqualTo(new[] { (CorrectionKind.Solve, Tim) }));
    }

    [Test]
    public async Task An_admin_of_the_workspace_changes_who_is_on_call_and_others_do_not()
    {
        Workspace.Add(new Person { Id = Bob, Name = "bob", IsAdmin = true });
        await StartBotAsync();
        Assert.That(await TypeAsync(Ann, $"/subot oncall set <@{Tim}|tim>"), Does.StartWith("Only the team and admins"));
        Assert.That(await TypeAsync(Bob, $"/subot oncall set <@{Tim}|tim>"), Does.Contain($"On call now: <@{Tim}>"));
        Assert.That(await TypeAsync(Ann, "/subot oncall"), Does.Contain($"On call now: <@{Tim}>"));
    }

    [Test]
    public async Task What_waits_is_listed_with_links_and_names()
    {
        await StartBotAsync();
        Ask(Ann, "The printer is on fire");
        await AcknowledgedAsync();
        Assert.That(await TypeAsync(Bob, "/subot open"), Does.Match(@"^\*1\* request waits for the team in <#C0HELP0001>:\n• <http[^|]+/archives/C0HELP0001/p\d{16}\|The printer is on fire>"));
    }

    [Test]
    public async Task Health_tells_a_live_connection_and_a_complete_record()
    {
        await StartBotAsync();
        await AcknowledgedAsync();
        Assert.That(await TypeAsync(Tim, "/subot health"), Does.Contain("Connected to Slack since").And.Contain("<#C0HELP0001>").And.Contain("Program 0.1.0; settings version 1, by environment"));
    }

    [Test]
    public async Task Settings_of_a_file_count_in_a_bot_that_runs()
    {
        await StartBotAsync();
        var file = Path.Combine(Folder, "settings.yaml");
        Assert.That((await SubotAsync("settings", "export", file, "--data", Folder)).ExitCode, Is.Zero);
        var again = await SubotAsync("settings", "export", file, "--data", Folder);
        Assert.That(again.ExitCode, Is.EqualTo(1));
        Assert.That(again.Error, Does.Contain("stays as it is").And.Contain("--force"));
        Assert.That((await SubotAsync("settings", "export", file, "--force", "--data", Folder)).ExitCode, Is.Zero);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Limit)).Replace("language: en", "language: fr", StringComparison.Ordinal), Limit);

        var trial = await SubotAsync("settings", "import", file, "--dry-run", "--data", Folder);
        Assert.That((trial.ExitCode, trial.Output), Is.EqualTo((0, "- language: en\n+ language: fr\nThis would change; nothing is written.\n")));
        Assert.That((await SubotAsync("settings", "import", file, "--author", "ann", "--data", Folder)).ExitCode, Is.Zero);
        await Logs.UntilAsync("Settings version 2 by ann", 1, Limit);

        Assert.That(await TypeAsync(Bob, "/subot open"), Does.StartWith("Rien n'attend"));
        Assert.That((await SubotAsync("settings", "log", "--limit", "1", "--data", Folder)).Output, Does.StartWith("version 2, ").And.EndWith("  - language: en\n  + language: fr\n"));
    }

    [Test]
    public async Task A_file_that_is_wrong_is_refused_with_its_line()
    {
        var file = Path.Combine(Folder, "settings.yaml");
        await File.WriteAllTextAsync(file, "language: en\ncolour: red\n", Limit);
        var run = await SubotAsync("settings", "import", file, "--data", Folder);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("nothing is written").And.Contain("line 2: there is no setting 'colour'"));
    }

    private Task<SubotRun> SubotAsync(params string[] arguments) => SubotProgram.RunAsync([], Limit, arguments);

    private async Task<string> TypeAsync(string user, string typed)
    {
        var outcome = await Simulator.Interactions.SlashCommandAsync(user, Help, typed, Limit);
        Assert.That(outcome.Error, Is.Null, "answered within Slack's 3 seconds");
        return Simulator.Ephemerals.Find(outcome.Ts)!.Body["text"]!.GetValue<string>();
    }
}
