using NUnit.Framework;
using SkiaSharp;
using Subot.Bot.Reports;
using Subot.Bot.Words;
using Subot.Domain.Settings;

namespace Subot.Tests.Reports;

/// <summary>The picture of a report. With SUBOT_SHOW_CHARTS=1 the tests say where they leave it.</summary>
public sealed class ReportChartTests
{
    private static readonly DateOnly s_friday = new(2026, 3, 6);

    [Test]
    public void Picture_is_drawn_with_twice_the_points_that_it_is_shown_at([Values("en", "fr")] string language, [Values(8, 32)] int days)
    {
        var png = ReportChart.Draw(Days(days), Words(language));
        using var picture = SKBitmap.Decode(png);
        Assert.That((picture.Width, picture.Height), Is.EqualTo((1280, 720)));
        // Bars of three colours on white, and dark letters.
        foreach (var color in new[] { "#0072B2", "#E69F00", "#9A9A9A", "#000000" })
            Assert.That(picture.Pixels, Has.Some.EqualTo(SKColor.Parse(color)), color);
        if (Environment.GetEnvironmentVariable("SUBOT_SHOW_CHARTS") == "1")
        {
            var file = Path.Combine(Path.GetTempPath(), $"report-{language}-{days}.png");
            File.WriteAllBytes(file, png);
            TestContext.Out.WriteLine(file);
        }
    }

    [Test]
    public void Letters_of_both_languages_come_with_the_program()
    {
        ChartFont.Use();
        var letters = ScottPlot.Fonts.GetTypeface(ChartFont.Name, false, false);
        var words = Words("fr").Say(TextId.ChartTitle) + string.Concat(Words("fr").Culture.DateTimeFormat.AbbreviatedMonthNames) + "0123456789";
        Assert.That(letters.FamilyName, Is.EqualTo("DejaVu Sans"));
        Assert.That(words.Where(c => letters.GetGlyph(c) == 0), Is.Empty);
    }

    [Test]
    public void Alternative_text_tells_the_days_on_which_somebody_asked() =>
        Assert.That(ReportChart.InWords(Days(3), Words("fr")), Is.EqualTo(
            "Demandes par jour. ven. 6 mars : 4, dont 1 résolue, 2 ouvertes, 1 expirée; dim. 8 mars : 6, dont 3 résolues, 2 ouvertes, 1 expirée"));

    [Test]
    public void Alternative_text_is_cut_to_what_slack_takes() =>
        Assert.That(ReportChart.InWords(Days(200), Words("en")), Has.Length.EqualTo(2000).And.EndsWith("…"));

    private static Wording Words(string language) => Wording.Of(new TeamSettings { Language = language });

    private static List<DayNumbers> Days(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i % 7 == 1 ? new DayNumbers(s_friday.AddDays(i)) : new DayNumbers(s_friday.AddDays(i)) { Solved = 1 + i, Open = 2, Expired = 1 })];
}
