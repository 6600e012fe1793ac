using System.Globalization;
using System.Text;
using Subot.Api.Contracts;

namespace Subot.Api.Reporting;

/// <summary>The requests of each step as bars, and how many of them were solved.</summary>
internal static class BarChart
{
    private const double Width = 800;
    private const double Height = 200;
    private const double Below = 24;
    private const double Left = 40;
    private const int Labels = 8;
    private const double LabelWidth = 68;

    public static string Svg(Report report)
    {
        var most = Math.Max(1, report.Steps.Select(s => s.Numbers.Requests).DefaultIfEmpty().Max());
        var each = (Width - Left) / Math.Max(1, report.Steps.Count);
        var every = Math.Max(1, (report.Steps.Count + Labels - 1) / Labels);
        // The last label begins with its bar, and may be wider than what is left.
        var width = Math.Max(Width, Left + (Math.Max(0, report.Steps.Count - 1) / every * every * each) + LabelWidth);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {width:0.#} {Height + Below}\" role=\"img\" aria-label=\"Requests by {Word.Of(report.Step)}\" font-size=\"11\" fill=\"#5b6475\">");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"11\">{most}</text><text x=\"0\" y=\"{Height}\">0</text>");
        for (var i = 0; i < report.Steps.Count; i++)
        {
            var (day, numbers) = report.Steps[i];
            var x = Left + (i * each);
            Bar(svg, x, each * 0.8, numbers.Requests, most, "#b8c7e6", $"{day:yyyy-MM-dd}: {numbers.Requests} requests, {numbers.Solved} of them solved");
            Bar(svg, x, each * 0.8, numbers.Solved, most, "#2456c7", null);
            if (i % every == 0)
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{Height + 16}\">{day:yyyy-MM-dd}</text>");
        }

        return svg.Append(CultureInfo.InvariantCulture, $"</svg><figcaption>Requests by {Word.Of(report.Step)} of their first message; the darker part is solved.</figcaption></figure>").ToString();
    }

    private static void Bar(StringBuilder svg, double x, double width, long value, long most, string color, string? title)
    {
        var height = Height * value / most;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{Height - height:0.#}\" width=\"{width:0.##}\" height=\"{height:0.#}\" fill=\"{color}\">{(title is null ? "" : $"<title>{title}</title>")}</rect>");
    }
}
