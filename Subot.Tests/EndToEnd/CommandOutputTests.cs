using NUnit.Framework;

namespace Subot.Tests.EndToEnd;

/// <summary>What commands print when another program or a file reads it.</summary>
public sealed class CommandOutputTests
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));
    private readonly string _folder = Directory.CreateTempSubdirectory("subot-test-").FullName;

    [OneTimeSetUp]
    public async Task ImportAsync()
    {
        SmallExport.Write(_folder);
        Assert.That(await OutputAsync("import", _folder, "--channel", "help", "--team", "U0TIM"), Does.Contain("2 messages of help read, 2 of them new"));
    }

    [OneTimeTearDown]
    public void Delete()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_second_import_says_that_it_brings_nothing_new() =>
        Assert.That(await OutputAsync("import", _folder, "--channel", "help"), Does.Contain("2 messages of help read, 0 of them new"));

    [Test]
    public async Task Lines_are_not_broken()
    {
        Assert.That((await OutputAsync("threads", "--channel", "help")).Split('\n'), Has.One.Matches<string>(line =>
            line.Contains("1767600000.000100") && line.Contains("2026-01-05 08:00") && line.Contains(SmallExport.Author)));
        Assert.That(await OutputAsync("privacy", "erase", SmallExport.Author), Does.Contain($"Ann ({SmallExport.Author}): 1 message in 1 thread, 1 text to forget, 0 texts of others with a mention to replace."));
    }

    [Test]
    public async Task A_period_that_ends_before_it_begins_is_to_be_swapped()
    {
        var run = await RunAsync("stats", "--channel", "help", "--from", "2023-12-01", "--to", "2022-01-01");

        Assert.That((run.ExitCode, run.Error.Trim()), Is.EqualTo((1, "subot: --from 2023-12-01 is after --to 2022-01-01. Swap them.")));
    }

    [Test]
    public async Task Forgetting_what_is_before_a_day_to_come_is_told_to_be_everything()
    {
        Assert.That(await OutputAsync("privacy", "forget", "--before", "2222-02-22"), Does.Contain("this is every text there is"));
        Assert.That(await OutputAsync("privacy", "forget", "--before", "2026-02-22"), Does.Not.Contain("this is every text there is"));
    }

    [Test]
    public async Task The_record_of_what_was_forgotten_says_since_when_the_disk_is_free_of_it()
    {
        await OutputAsync("privacy", "forget", "--before", "2020-01-01", "--yes");

        Assert.That(await OutputAsync("privacy", "log"), Does.Match(@"forget texts before 2020-01-01 00:00:00Z; done \S+ \S+Z, the disk is free of it since \S+ \S+Z; 0 texts"));
    }

    /// <summary>The folder of the store is that of the export.</summary>
    private Task<SubotRun> RunAsync(params string[] command) => SubotProgram.RunAsync([], _limit.Token, [.. command, "--data", _folder]);

    private async Task<string> OutputAsync(params string[] command)
    {
        var run = await RunAsync(command);
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        return run.Output;
    }
}
