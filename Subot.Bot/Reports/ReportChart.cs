using ScottPlot;
using ScottPlot.TickGenerators;
using Subot.Bot.Words;

namespace Subot.Bot.Reports;

/// <summary>The chart of a report: a bar for each local day, as high as its requests, parted by what has become of them.</summary>
internal static class ReportChart
{
    // Twice what it is shown at, for sharp screens; small enough that letters are readable on a phone.
    private const int Scale = 2;
    private const int Width = 640;
    private const int Height = 360;
    private const float FontSize = 15;

    // Up to so many days each is named and has its number.
    private const int MostNamed = 10;
    private const int MostAltText = 2000;

    // Colours that people tell apart who see red and green alike (Okabe and Ito), dark, bright and grey.
    private static readonly Color s_solved = Color.FromHex("#0072B2");
    private static readonly Color s_open = Color.FromHex("#E69F00");
    private static readonly Color s_expired = Color.FromHex("#9A9A9A");

    /// <summary>The chart as a PNG file.</summary>
    public static byte[] Draw(IReadOnlyList<DayNumbers> days, Wording words)
    {
        ChartFont.Use();
        using var plot = new Plot { ScaleFactor = Scale };
        plot.Add.Bars(Bars(days).ToList());
        var top = Math.Max(days.Max(d => d.Requests), 1);
        if (days.Count <= MostNamed)
            AddTotals(plot, days);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Names(days, words)]);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.SetLimits(-0.7, days.Count - 0.3, 0, top * 1.15);
        plot.Title(words.Say(TextId.ChartTitle));
        plot.Legend.ManualItems.AddRange(Legend(days, words));
        plot.ShowLegend(Edge.Bottom);
        Style(plot);
        return plot.GetImage(Width * Scale, Height * Scale).GetImageBytes();
    }

    /// <summary>The same in words, for who does not see it.</summary>
    public static string InWords(IReadOnlyList<DayNumbers> days, Wording words)
    {
        var lines = days.Where(d => d.Requests > 0).Select(d => words.Say(
            TextId.ChartDay,
            ("day", d.Day.ToString("ddd d MMM", words.Culture)), ("requests", d.Requests), ("solved", d.Solved), ("open", d.Open), ("expired", d.Expired)));
        return Subot.Slack.SlackText.Truncate($"{words.Say(TextId.ChartTitle)}. {string.Join("; ", lines)}", MostAltText);
    }

    private static void AddTotals(Plot plot, IReadOnlyList<DayNumbers> days)
    {
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i].Requests == 0)
                continue;
            var total = plot.Add.Text($"{days[i].Requests}", i, days[i].Requests);
            (total.LabelAlignment, total.LabelFontSize) = (Alignment.LowerCenter, FontSize);
        }
    }

    private static IEnumerable<Bar> Bars(IReadOnlyList<DayNumbers> days)
    {
        for (var i = 0; i < days.Count; i++)
        {
            var (solved, open, all) = (days[i].Solved, days[i].Solved + days[i].Open, days[i].Requests);
            yield return Part(i, 0, solved, s_solved);
            yield return Part(i, solved, open, s_open);
            yield return Part(i, open, all, s_expired);
        }
    }

    private static Bar Part(int place, double from, double to, Color color) =>
        new() { Position = place, ValueBase = from, Value = to, FillColor = color, LineWidth = 0, Size = 0.7 };

    private static IEnumerable<Tick> Names(IReadOnlyList<DayNumbers> days, Wording words)
    {
        var (step, form) = days.Count <= MostNamed ? (1, "ddd d") : (5, "d MMM");
        for (var i = 0; i < days.Count; i += step)
            yield return new Tick(i, days[i].Day.ToString(form, words.Culture));
    }

    private static IEnumerable<LegendItem> Legend(IReadOnlyList<DayNumbers> days, Wording words)
    {
        yield return Item(TextId.ChartSolved, s_solved);
        yield return Item(TextId.ChartOpen, s_open);
        if (days.Any(d => d.Expired > 0))
            yield return Item(TextId.ChartExpired, s_expired);

        LegendItem Item(TextId text, Color color) => new() { LabelText = words.Say(text), FillColor = color, LineWidth = 0 };
    }

    private static void Style(Plot plot)
    {
        plot.Font.Set(ChartFont.Name);
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = false;
        plot.Axes.Title.Label.FontSize = FontSize + 2;
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = FontSize;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Legend.FontName = ChartFont.Name;
        plot.Legend.FontSize = FontSize;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
    }
}
