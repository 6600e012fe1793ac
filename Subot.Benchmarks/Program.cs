using System.CommandLine;
using BenchmarkDotNet.Running;
using Spectre.Console;
using Subot.Benchmarks.Measurements;
using Subot.Benchmarks.Micro;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;

var write = new Option<bool>("--write") { Description = "Write the results into docs/performance.md", Recursive = true };
var rounds = new Option<int>("--rounds") { Description = "How often peers are compared", DefaultValueFactory = _ => 3, Recursive = true };
var events = new Option<int>("--events") { Description = "Events of the measurement of memory", DefaultValueFactory = _ => 1_000_000, Recursive = true };
var threads = new Option<int>("--threads") { Description = "Threads of the ten years", DefaultValueFactory = _ => 2_500_000, Recursive = true };
var kept = new Option<string?>("--years") { Description = "Folder that keeps the ten years for the next time", Recursive = true };
var elasticsearch = new Option<string?>("--elasticsearch") { Description = "URL of an Elasticsearch for its measurement, whose indices bench-* are removed", Recursive = true };
var root = new RootCommand("Measures Subot in whole processes: published Release builds under load.") { write, rounds, events, threads, kept, elasticsearch };

IMeasurement[] Measurements(ParseResult arguments) =>
[
    new DiskSpeed(),
    new EventRate(arguments.GetValue(rounds)),
    new ImportSpeed(arguments.GetValue(rounds)),
    new Footprint(arguments.GetValue(events)),
    new NumbersSpeed(),
    new ApiSpeed(arguments.GetValue(rounds)),
    new MonsterThread(),
    new PatternSpeed(arguments.GetValue(rounds)),
    new ElasticsearchSpeed(arguments.GetValue(elasticsearch), arguments.GetValue(rounds), Math.Min(arguments.GetValue(threads), 1_000_000)),
];

var all = new Command("all", "Makes all measurements");
all.SetAction((arguments, ct) => MeasureAsync(arguments, _ => true, ct));
root.Add(all);
foreach (var (name, title) in Measurements(root.Parse([])).Select(m => (m.Name, m.Title)))
{
    var command = new Command(name, title);
    command.SetAction((arguments, ct) => MeasureAsync(arguments, m => m.Name == name, ct));
    root.Add(command);
}

var micro = new Command("micro", "Benchmarks of single operations, by BenchmarkDotNet");
micro.SetAction(_ => { BenchmarkRunner.Run<ProjectionBenchmarks>(); });
root.Add(micro);
root.Add(PeerCommands.Create());
return await root.Parse(args).InvokeAsync();

async Task<int> MeasureAsync(ParseResult arguments, Func<IMeasurement, bool> wanted, CancellationToken ct)
{
    using var years = new SampleYears(arguments.GetValue(threads), arguments.GetValue(kept), Say);
    using var context = new MeasurementContext(years, Say);
    var sections = new List<MeasuredSection> { MachineFacts.Section };
    foreach (var measurement in Measurements(arguments).Where(wanted))
        sections.Add(await measurement.MeasureAsync(context, ct));

    foreach (var section in sections)
    {
        ConsoleReport.Write(section);
        if (arguments.GetValue(write))
            PerformancePage.Write(section);
    }

    return sections.SelectMany(s => s.Rows).Any(r => r.Met == false) ? 1 : 0;
}

static void Say(string line) => AnsiConsole.MarkupLineInterpolated($"[grey]{line}[/]");
