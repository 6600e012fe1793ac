using System.Text;
using Subot.Benchmarks.Processes;

namespace Subot.Benchmarks.Reporting;

/// <summary>docs/performance.md: each measurement has its place between two markers; the words around them are written by people.</summary>
internal static class PerformancePage
{
    private static string File => Path.Combine(Repository.Root, "docs", "performance.md");

    /// <summary>Replaces what stands between the markers of a section.</summary>
    /// <exception cref="InvalidDataException">The page has no place for it.</exception>
    public static void Write(MeasuredSection section)
    {
        var page = System.IO.File.ReadAllText(File);
        var (begin, end) = ($"<!-- measured: {section.Name} -->\n", "<!-- end -->");
        var start = page.IndexOf(begin, StringComparison.Ordinal);
        var stop = start < 0 ? -1 : page.IndexOf(end, start, StringComparison.Ordinal);
        if (stop < 0)
            throw new InvalidDataException($"docs/performance.md has no place '{begin.Trim()}' ... '{end}'.");
        System.IO.File.WriteAllText(File, page[..(start + begin.Length)] + Table(section) + page[stop..]);
    }

    private static string Table(MeasuredSection section)
    {
        var table = new StringBuilder();
        if (section.Rows.Any(r => r.Goal.Length > 0))
        {
            table.Append("| | measured | goal | |\n|---|---:|---:|---|\n");
            foreach (var row in section.Rows)
                table.Append($"| {row.What} | {row.Measured} | {row.Goal} | {(row.Met switch { true => "met", false => "**missed**", null => "" })} |\n");
        }
        else
        {
            table.Append("| | |\n|---|---:|\n");
            foreach (var row in section.Rows)
                table.Append($"| {row.What} | {row.Measured} |\n");
        }

        return table.ToString();
    }
}
