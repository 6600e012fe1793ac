using System.Text.Json;
using Subot.Benchmarks.Export;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;

namespace Subot.Benchmarks.Measurements;

/// <summary>Import of a large export, beside only parsing its files: whole processes, in turn.</summary>
internal sealed class ImportSpeed(int rounds) : IMeasurement
{
    private const int Copies = 100;

    public string Name => "import";

    public string Title => "Import of an export";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        if (Repository.TestData is not { } shared)
            return new MeasuredSection(Name, Title, [new("not measured", "needs data that is not part of the repository (SUBOT_TEST_DATA)")]);

        var bot = await context.BotAsync(ct);
        using var scratch = new ScratchFolder();
        using var config = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(shared, "data", "exports", "rcontributors.expected.json"), ct));
        var team = config.RootElement.GetProperty("config").GetProperty("team").EnumerateArray().Select(u => u.GetString()!).ToHashSet();
        context.Say("import: writing the export");
        var folder = scratch["export"];
        var messages = await new LargeExport(Path.Combine(shared, "data", "exports", "rcontributors.zip"), team, Copies).WriteAsync(folder, ct);

        var channels = Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).SelectMany(name => (string[])["--channel", name!]).ToList();
        var none = new Dictionary<string, string>();
        List<double> parse = [], import = [];
        for (var round = 1; round <= rounds; round++)
        {
            context.Say($"import, round {round} of {rounds}");
            parse.Add((await MeasuredProcess.RunAsync(Environment.ProcessPath!, ["peer", "parse", folder], none, ct)).Elapsed.TotalSeconds);
            string[] arguments = ["import", folder, .. channels, "--team", string.Join(',', team), "--data", scratch[$"bot{round}"]];
            import.Add((await MeasuredProcess.RunAsync(bot.Executable, arguments, none, ct)).Elapsed.TotalSeconds);
        }

        return new MeasuredSection(Name, Title,
        [
            new("messages", $"{messages:#,##0}"),
            new("only parsing", Figures.PerSecond(messages / parse.Median())),
            new("import", Figures.PerSecond(messages / import.Median())),
            MeasuredRow.AtLeast("import / only parsing", parse.Median() / import.Median(), 0.25, "times"),
        ]);
    }
}
