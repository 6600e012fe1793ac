using Spectre.Console;

namespace Subot.Benchmarks.Reporting;

/// <summary>Results as a table on the console.</summary>
internal static class ConsoleReport
{
    public static void Write(MeasuredSection section)
    {
        var table = new Table().Title(section.Title).AddColumns("", "measured", "goal", "");
        foreach (var row in section.Rows)
            table.AddRow(new Text(row.What), new Text(row.Measured), new Text(row.Goal), Outcome(row.Met));
        AnsiConsole.Write(table);
    }

    private static Markup Outcome(bool? met) => new(met switch { true => "[green]met[/]", false => "[red]missed[/]", null => "" });
}
