using System.CommandLine;
using System.Globalization;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Storage;

namespace Subot.Bot.Commands;

/// <summary>Options by which commands name a channel and instants.</summary>
internal static class ChannelQuestion
{
    private const int DigitsOfSeconds = 10;
    private static readonly string[] s_moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static Option<string> Channel() =>
        new("--channel") { Description = "Name or id of the channel", Required = true, HelpName = "NAME" };

    /// <summary>The recorded channel of this name or id.</summary>
    public static async Task<ChannelRecord> FindAsync(IStore store, string name, CancellationToken ct)
    {
        var channels = await store.ChannelsAsync(ct);
        return channels.FirstOrDefault(c => c.Name == name.TrimStart('#') || c.Id.Value == name)
            ?? throw new StartRefusedException($"No channel '{name}' is recorded. There {(channels.Count == 0 ? "is none yet" : "are: " + string.Join(", ", channels.Select(c => c.Name)))}.");
    }

    /// <summary>A period [from, to), open at the end that is not named.</summary>
    public static (Ts From, Ts To) Period(string? from, string? to, TimeZoneInfo zone)
    {
        var (first, end) = (Instant(from, zone) ?? Ts.Zero, Instant(to, zone) ?? Ts.Max);
        if (first < end)
            return (first, end);
        throw new StartRefusedException(first > end
            ? $"--from {from} is after --to {to}. Swap them."
            : $"Nothing lies before --to {to}{(from is null ? "" : $" and at or after --from {from}")}: what is at --to itself does not count. Write a later one.");
    }

    /// <summary>An instant: seconds since 1970 as Slack writes them, a date (its local midnight), or a moment in ISO 8601.</summary>
    public static Ts? Instant(string? text, TimeZoneInfo zone)
    {
        if (text is null)
            return null;
        // Ten digits, as Slack writes them: '2026' is a year that lacks its day, not a moment of 1970.
        if (text.Split('.')[0].Length == DigitsOfSeconds && Ts.TryParse(text, out var ts))
            return ts;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return LocalDay.Start(day, zone);
        if (DateTimeOffset.TryParseExact(text, s_moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return Ts.From(moment);
        throw new StartRefusedException($"'{text}' is no instant. Write a date (2026-11-23), a moment (2026-11-23T10:00:00Z), or seconds since 1970 (1763884800 or 1763884800.123459).");
    }
}
