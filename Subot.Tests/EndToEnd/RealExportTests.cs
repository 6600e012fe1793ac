using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Demo.Exports;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Tests.EndToEnd;

/// <summary>
/// Real exports, imported by the program and played through the socket: both must give the numbers that another program counted.
/// </summary>
[TestFixture("rcontributors")]
[TestFixture("houstondatavis")]
public sealed class RealExportTests(string name)
{
    /// <summary>
    /// An import does not know when an emoji was added; played, it has a time. So these may differ: all that begins or ends with a
    /// solving (first and last solved, turns, estimated closings); acknowledging, which an emoji can do too; and what counts a request
    /// that an emoji closed before any reply: unknown in an import, 'at least until then' when played (closed, the median over all,
    /// judged targets).
    /// </summary>
    private static readonly string[] s_mayDiffer =
    [
        "first_solved", "last_solved", "waiting_on_team", "waiting_on_requester", "estimated_closings", "acknowledged",
        "closed", "median", "breached", "not_judged", "met_rate",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("subot-test-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));
    private ExpectedNumbers _expected = null!;

    [OneTimeSetUp]
    public async Task ImportAsync()
    {
        _expected = ExpectedNumbers.Load(name);
        await ImportOnceAsync();
    }

    [OneTimeTearDown]
    public void Delete()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task An_import_gives_every_number_that_another_program_counted()
    {
        foreach (var channel in _expected.Channels)
        {
            var expected = _expected.Of(channel);
            var numbers = await NumbersAsync(_folder, channel);

            Assert.That(expected, Has.Count.GreaterThan(20));
            Assert.That(Only(numbers, expected.ContainsKey), Is.EqualTo(expected), channel);
        }
    }

    [Test]
    public async Task Importing_again_changes_nothing()
    {
        var before = await RecordAsync(_folder);

        await ImportOnceAsync();

        Assert.That(before, Has.Count.GreaterThan(400));
        Assert.That(await RecordAsync(_folder), Is.EqualTo(before));
    }

    [Test]
    public async Task After_an_import_a_check_finds_no_difference() => await CheckAsync(_folder);

    [Test]
    public async Task Played_through_the_socket_it_gives_the_same_threads_and_numbers_but_for_solving_times()
    {
        var export = PlayedExport.Load(_expected.Export, _expected.Channels, _expected.Team, TimeProvider.System);
        await using var demo = await DemoRun.StartAsync(export.Place, _expected.Parameters);
        await new ExportPlayer(demo.Simulator, PlaySpeed.Max, TimeProvider.System).PlayAsync(export.Steps, () => { }, demo.Limit);
        await demo.StopAsync();

        foreach (var channel in _expected.Channels)
        {
            Assert.That(await ThreadsAsync(demo.Folder, channel), Is.EqualTo(await ThreadsAsync(_folder, channel)), channel);
            Assert.That(
                Only(await NumbersAsync(demo.Folder, channel), MustBeTheSame), Is.EqualTo(Only(await NumbersAsync(_folder, channel), MustBeTheSame)), channel);
        }

        await CheckAsync(demo.Folder);
        Assert.That(demo.Posts, Is.Zero, "nobody is answered years later");
    }

    private static bool MustBeTheSame(string path) =>
        !path.Split('.').Any(part => s_mayDiffer.Contains(part.Replace("_working", "", StringComparison.Ordinal)));

    private static Dictionary<string, string> Only(Dictionary<string, string> numbers, Func<string, bool> wanted) =>
        numbers.Where(number => wanted(number.Key)).ToDictionary();

    private async Task ImportOnceAsync()
    {
        string[] arguments = ["import", _expected.Export, "--data", _folder, "--channel", .. _expected.Channels];
        await RunAsync(arguments);
    }

    private async Task<Dictionary<string, string>> NumbersAsync(string folder, string channel) => ExpectedNumbers.Flatten(
        JsonNode.Parse((await RunAsync("stats", "--channel", channel, "--as-of", _expected.AsOf, "--json", "--data", folder)).Output)!.AsObject());

    private async Task<string> ThreadsAsync(string folder, string channel) =>
        (await RunAsync("threads", "--channel", channel, "--json", "--data", folder)).Output;

    private async Task CheckAsync(string folder) =>
        Assert.That((await RunAsync("check", "--data", folder)).Output, Does.Contain("no difference"));

    private async Task<SubotRun> RunAsync(params string[] arguments)
    {
        var run = await SubotProgram.RunAsync(_expected.Parameters, _limit.Token, arguments);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run;
    }

    /// <summary>All that is stored of threads: their facts, states and shares of the numbers, and texts.</summary>
    private async Task<List<string>> RecordAsync(string folder)
    {
        var record = new List<string>();
        await using var store = SqliteStore.Open(folder);
        await foreach (var thread in store.ReadThreadsAsync(null, _limit.Token))
        {
            record.Add(JsonSerializer.Serialize(new { thread.Thread, thread.Contribution, thread.Dimensions }));
            record.AddRange(thread.Facts.Select(fact => JsonSerializer.Serialize<object>(fact)));
            foreach (var message in thread.Facts.OfType<MessageFact>())
                record.Add(await ((IStore)store).TextAsync(new(thread.Thread.State.Key.Channel, message.Time), _limit.Token) ?? "");
        }

        return record;
    }
}
