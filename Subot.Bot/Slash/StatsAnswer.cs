using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>The numbers of a period, as a message.</summary>
internal sealed class StatsAnswer(WorkspaceIdentity self, IStore store, CurrentSettings settings, AsOfClock clock)
{
    /// <summary>The periods that people can name.</summary>
    public static IReadOnlyList<string> Periods { get; } = ["7d", "30d", "week", "month"];

    public async Task<ResponseMessage> AnswerAsync(string channel, string period, CancellationToken ct)
    {
        var history = settings.History;
        var now = await clock.NowAsync(ct);
        var (from, to) = Bounds(period, now, history.Latest.Zone);
        IReadOnlyList<ChannelId> channels = self.Watches(channel) ? [new ChannelId(channel)] : self.Channels;
        var numbers = await store.NumbersAsync(new NumbersQuery(channels, from, to, now, NumbersFilter.None), history, ct);
        return new ResponseMessage { Text = Text(numbers, period, channels, now, history.Latest.Zone) };
    }

    /// <summary>
    /// [from, to) of a period: 7 or 30 local days up to now, or the running ISO week or month, both from local midnight.
    /// </summary>
    public static (Ts From, Ts To) Bounds(string period, Ts now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now.ToDateTimeOffset(), zone).DateTime);
        var first = period switch
        {
            "7d" => today.AddDays(-6),
            "30d" => today.AddDays(-29),
            "week" => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)),
            "month" => new DateOnly(today.Year, today.Month, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "no period"),
        };
        return (LocalDay.Start(first, zone), LocalDay.Start(today.AddDays(1), zone));
    }

    private static string Text(TeamNumbers n, string period, IReadOnlyList<ChannelId> channels, Ts now, TimeZoneInfo zone)
    {
        var where = string.Join(", ", channels.Select(c => $"<#{c}>"));
        var local = TimeZoneInfo.ConvertTime(now.ToDateTimeOffset(), zone);
        return $"""
            *{Title(period)} in {where}*
            Requests: *{n.Requests}* · solved: *{n.Solved}*{Percent(n.ResolutionRate)} · open: *{n.Open}*{(n.Expired > 0 ? $" · expired: *{n.Expired}*" : "")}
            First response: {Durations(n.FirstResponse, "answered")}
            In working hours: {Durations(n.FirstResponseWorking, "answered")}
            Solved after: {Durations(n.FirstSolved, "solved")}{Untimed(n)}
            Response target: {Target(n.Target)}
            _As of {local:yyyy-MM-dd HH:mm} ({zone.Id})_
            """;
    }

    private static string Title(string period) => period switch
    {
        "7d" => "The last 7 days",
        "30d" => "The last 30 days",
        "week" => "This week",
        _ => "This month",
    };

    private static string Durations(DurationNumbers d, string ended) => d.N == 0
        ? $"none yet ({d.Waiting} waiting)"
        : $"median *{(d.Median is { } median ? Humane(median) : "not reached")}* · of those {ended} {Humane(d.MedianAnswered!.Value)} · 9 in 10 within {Humane(d.P90Answered!.Value)} ({d.N} {ended}, {d.Waiting} waiting)";

    /// <summary>Solvings that history showed without telling when are in the rate, and in no duration.</summary>
    private static string Untimed(TeamNumbers n) => n.EverSolved > n.FirstSolved.N ? $" · {n.EverSolved - n.FirstSolved.N} more at a time that Slack's history does not tell" : "";

    private static string Target(TargetNumbers t) => t.MetRate is null ? "nothing to judge yet" : $"*{t.MetRate:P0}* met ({t.Met} of {t.Met + t.Breached})";

    private static string Percent(double? rate) => rate is null ? "" : $" ({rate:P0})";

    /// <summary>Seconds as people say them: 42 s, 12 min, 3 h 05 min, 2 d 4 h.</summary>
    public static string Humane(long seconds) => seconds switch
    {
        < 60 => $"{seconds} s",
        < 3600 => $"{seconds / 60} min",
        < 86_400 => $"{seconds / 3600} h {seconds % 3600 / 60:00} min",
        _ => $"{seconds / 86_400} d {seconds % 86_400 / 3600} h",
    };
}
