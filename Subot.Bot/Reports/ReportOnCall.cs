using System.Text.RegularExpressions;
using Subot.Bot.Words;
using Subot.Domain;

namespace Subot.Bot.Reports;

/// <summary>Who was on call in the time of a report, by name.</summary>
internal sealed class ReportOnCall(OnCallNow onCall, Naming naming)
{
    private const int MostShifts = 8;

    public async Task<string> LineAsync(ChannelId channel, ReportPeriod period, Wording words, CancellationToken ct)
    {
        var shifts = onCall.Shifts(channel, period.From, period.To).ToList();
        var parts = new List<string>();
        foreach (var shift in shifts.Take(MostShifts))
        {
            var person = await naming.NameAsync(shift.User is { } user ? new UserId(user) : null, ct) ?? words.Say(TextId.ReportNobody);
            // Whoever has it at the end has it for longer, as far as this report knows.
            parts.Add(shift.To >= period.To ? person : words.Say(TextId.ReportShift, ("person", person), ("until", ReportWriter.Moment(shift.To, period.Zone, words))));
        }

        if (shifts.Count > MostShifts)
            parts.Add(words.Say(TextId.MoreLines, ("count", shifts.Count - MostShifts)));
        return words.Say(TextId.ReportOnCall, ("shifts", string.Join(", ", parts)));
    }
}

/// <summary>Who cannot be named is mentioned elsewhere. A report disturbs nobody: it shows the id.</summary>
internal static partial class NobodyPinged
{
    public static string In(string text) => Mention().Replace(text, "`$1`");

    [GeneratedRegex(@"<@([A-Z0-9]+)>")]
    private static partial Regex Mention();
}
