using ScottPlot;
using SkiaSharp;

namespace Subot.Bot.Reports;

/// <summary>The letters of charts come with the program: a bare server has none.</summary>
internal sealed class ChartFont : IFontResolver
{
    public const string Name = "Subot";
    private static readonly Lazy<bool> s_added = new(Add);

    private readonly SKTypeface _letters;

    private ChartFont()
    {
        using var file = typeof(ChartFont).Assembly.GetManifestResourceStream("Subot.Bot.Reports.DejaVuSans.ttf")!;
        _letters = SKTypeface.FromStream(file);
    }

    /// <summary>Makes the letters known, once.</summary>
    public static void Use() => _ = s_added.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? _letters : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? _letters : null;

    private static bool Add()
    {
        Fonts.FontResolvers.Insert(0, new ChartFont());
        return true;
    }
}
