using Subot.Bot.Words;
using Subot.Domain.Numbers;

namespace Subot.Bot.Reports;

/// <summary>
/// Numbers, and how they differ from those before, as people read them. What is over nothing is a dash, and so is its difference.
/// </summary>
internal sealed class Evolution(Wording words)
{
    private const string Dash = "–";
    private const string Same = "=";

    /// <summary>A count.</summary>
    public string Count(long count) => count.ToString("N0", words.Culture);

    /// <summary>More or fewer than before.</summary>
    public string Change(long now, long before) => Arrow(now - before, Count);

    /// <summary>A rate in percent.</summary>
    public string Rate(double? rate) => rate?.ToString("P0", words.Culture) ?? Dash;

    /// <summary>By how many points a rate differs.</summary>
    public string Change(double? now, double? before) => now is null || before is null ? Dash
        : Arrow((long)Math.Round((now.Value - before.Value) * 100, MidpointRounding.AwayFromZero), points => words.Say(TextId.ReportPoints, ("count", points)));

    /// <summary>A median; where over half still wait there is none yet.</summary>
    public string Median(DurationNumbers duration) => duration.Median is { } seconds ? words.Length(seconds)
        : duration.N + duration.Waiting + duration.Closed == 0 ? Dash
        : words.Say(TextId.ReportNotReached);

    /// <summary>By how much longer or shorter a median is.</summary>
    public string Change(DurationNumbers now, DurationNumbers before) =>
        now.Median is { } later && before.Median is { } earlier ? Arrow((long)later - earlier, words.Length) : Dash;

    private static string Arrow(long difference, Func<long, string> say) => difference switch
    {
        0 => Same,
        > 0 => $"▲ {say(difference)}",
        _ => $"▼ {say(-difference)}",
    };
}
