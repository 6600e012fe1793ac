using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>The numbers of a period, as a message.</summary>
internal sealed class StatsAnswer(WorkspaceIdentity self, IStore store, CurrentSettings settings, AsOfClock clock)
{
    private const string UsualPeriod = "7d";

    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        var now = await clock.NowAsync(ct);
        var zone = question.Version.Zone;
        var today = LocalDay.Of(now, zone);
        var asked = StatsWords.Read(question.Arguments, question.Version.Settings, today);
        if (asked.Unknown is { } unknown)
            return Unknown(question, unknown);

        var period = asked.Period ?? StatsPeriod.Parse(UsualPeriod, today)!;
        var (from, to) = period.Bounds(zone);
        IReadOnlyList<ChannelId> channels = self.Watches(question.Channel) ? [new ChannelId(question.Channel)] : self.Channels;
        var filter = StatsFilter.Of(asked.Tools, asked.Labels);
        var numbers = await store.NumbersAsync(new NumbersQuery(channels, from, to, now, filter), settings.History, ct);
        var where = question.Say(TextId.StatsTitle, ("period", period.Name(question.Words)), ("channels", string.Join(", ", channels.Select(c => SlackText.Channel(c.Value)))));
        return Text(question, numbers, filter.IsEmpty ? where : $"{where} · {Names(asked)}", now);
    }

    /// <summary>Seconds as people say them in English.</summary>
    public static string Humane(long seconds) => Wording.Of(new TeamSettings()).Length(seconds);

    private static string Unknown(SlashQuestion question, string word)
    {
        var current = question.Version.Settings;
        var names = current.Tools.Concat(current.Labels).Where(t => !t.Archived).Select(t => t.Name);
        return question.Say(
            TextId.StatsUnknown,
            ("word", SlackText.Escape(word)),
            ("periods", string.Join(" | ", StatsPeriod.Names)),
            ("hint", SlashHint.Of(question, word, StatsPeriod.Names.Concat(names))));
    }

    private static string Names(StatsWords asked) =>
        SlackText.Escape(string.Join(", ", asked.Tools.Concat(asked.Labels).Select(t => t.Name)));

    private static string Text(SlashQuestion question, TeamNumbers n, string title, Ts now)
    {
        var say = question;
        var local = TimeZoneInfo.ConvertTime(now.ToDateTimeOffset(), question.Version.Zone);
        return string.Join('\n',
            $"*{title}*",
            say.Say(
                TextId.StatsCounts,
                ("requests", n.Requests),
                ("solved", n.Solved),
                ("rate", n.ResolutionRate is { } rate ? say.Say(TextId.StatsRate, ("rate", Percent(rate))) : ""),
                ("open", n.Open),
                ("expired", n.Expired > 0 ? say.Say(TextId.StatsExpired, ("count", n.Expired)) : "")),
            say.Say(TextId.StatsFirst, ("durations", Durations(question, n.FirstResponse, TextId.StatsAnswered))),
            say.Say(TextId.StatsWorking, ("durations", Durations(question, n.FirstResponseWorking, TextId.StatsAnswered))),
            say.Say(TextId.StatsSolved, ("durations", Durations(question, n.FirstSolved, TextId.StatsSolvedAfter)), ("untimed", Untimed(question, n))),
            say.Say(TextId.StatsTarget, ("target", Target(question, n.Target))),
            say.Say(TextId.StatsAsOf, ("moment", local.ToString("yyyy-MM-dd HH:mm", say.Words.Culture)), ("zone", question.Version.Zone.Id)));
    }

    private static string Durations(SlashQuestion question, DurationNumbers d, TextId some) => d.N == 0
        ? question.Say(TextId.StatsNone, ("waiting", d.Waiting))
        : question.Say(
            some,
            ("median", d.Median is { } median ? question.Words.Length(median) : question.Say(TextId.StatsNotReached)),
            ("ended", question.Words.Length(d.MedianAnswered!.Value)),
            ("most", question.Words.Length(d.P90Answered!.Value)),
            ("count", d.N),
            ("waiting", d.Waiting));

    /// <summary>Solvings that history showed without telling when are in the rate, and in no duration.</summary>
    private static string Untimed(SlashQuestion question, TeamNumbers n) =>
        n.EverSolved > n.FirstSolved.N ? question.Say(TextId.StatsUntimed, ("count", n.EverSolved - n.FirstSolved.N)) : "";

    private static string Target(SlashQuestion question, TargetNumbers t) => t.MetRate is { } rate
        ? question.Say(TextId.StatsTargetMet, ("rate", Percent(rate)), ("met", t.Met), ("judged", t.Met + t.Breached))
        : question.Say(TextId.StatsTargetNone);

    private static long Percent(double rate) => (long)Math.Round(rate * 100, MidpointRounding.AwayFromZero);
}
