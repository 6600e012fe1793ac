using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>Who is on call now and next; with more words it changes that.</summary>
internal sealed class OnCallAnswer(WorkspaceIdentity self, OnCallNow onCall, OnCallChange change, CurrentSettings settings)
{
    // Further than the longest turn of a rota by month and the next one.
    private const long LookAheadSeconds = 400L * 86_400;

    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        if (question.Arguments.Count == 0)
            return Shown(question);
        var (done, text) = await change.ApplyAsync(question, ct);
        return done ? $"{text}\n{Shown(question with { Version = settings.History.At(question.Now) })}" : text;
    }

    private string Shown(SlashQuestion question)
    {
        IReadOnlyList<ChannelId> channels = self.Watches(question.Channel) ? [new ChannelId(question.Channel)] : self.Channels;
        var shifts = channels.GroupBy(c => Shifts(question, c)).ToList();
        // Only topics make a difference between channels.
        List<string> lines = shifts.Count == 1
            ? [shifts[0].Key]
            : [.. shifts.Select(s => $"*{string.Join(", ", s.Select(c => SlackText.Channel(c.Value)))}*\n{s.Key}")];
        var plan = question.Version.Settings.OnCall;
        if (plan.Rota is { People.Count: > 0 } rota)
            lines.Add(Rota(question, rota));
        lines.AddRange(IgnoredTopics(question, channels));
        lines.AddRange(plan.Absences.Where(a => a.End(question.Version.Zone) > question.Now).OrderBy(a => a.From)
            .Select(a => question.Say(TextId.OncallAway, ("person", SlackText.User(a.User)), ("from", Day(question, a.From)), ("until", Day(question, a.To)))));
        lines.Add(question.Say(TextId.OncallZone, ("zone", question.Version.Zone.Id)));
        return string.Join('\n', lines);
    }

    /// <summary>A line about each channel whose topic names somebody in vain.</summary>
    public static IEnumerable<string> IgnoredTopics(SlashQuestion question, IEnumerable<ChannelId> channels) =>
        from channel in channels
        let named = question.Version.Settings.OnCall.IgnoredTopic(channel, question.Now, question.Version.Zone)
        where named is not null
        select question.Say(TextId.OncallTopicIgnored, ("channel", SlackText.Channel(channel.Value)), ("person", SlackText.User(named)));

    private string Shifts(SlashQuestion question, ChannelId channel)
    {
        var end = question.Now.AddSeconds(LookAheadSeconds);
        var shifts = onCall.Shifts(channel, question.Now, end).Take(2).ToList();
        var now = shifts[0] switch
        {
            { User: null } => question.Say(TextId.OncallNowNobody),
            { User: { } user, To: var to } when to == end => question.Say(TextId.OncallNowOpen, ("person", SlackText.User(user))),
            { User: { } user, To: var to } => question.Say(TextId.OncallNow, ("person", SlackText.User(user)), ("until", question.Moment(to))),
        };
        return shifts.Count == 1 ? now : now + "\n" + shifts[1] switch
        {
            { User: null, From: var from } => question.Say(TextId.OncallNextNobody, ("from", question.Moment(from))),
            { User: { } user, From: var from, To: var to } when to == end => question.Say(TextId.OncallNextOpen, ("person", SlackText.User(user)), ("from", question.Moment(from))),
            { User: { } user, From: var from, To: var to } =>
                question.Say(TextId.OncallNext, ("person", SlackText.User(user)), ("from", question.Moment(from)), ("until", question.Moment(to))),
        };
    }

    private static string Rota(SlashQuestion question, Rota rota) => question.Say(
        rota.Period == RotaPeriod.Week ? TextId.OncallRotaWeek : TextId.OncallRotaMonth,
        ("day", rota.Period == RotaPeriod.Week ? question.Words.Culture.DateTimeFormat.DayNames[rota.HandOverDay] : rota.HandOverDay),
        ("time", TimeOfDay.Write(rota.HandOverMinute)),
        ("people", Mention.Of(rota.People)));

    private static string Day(SlashQuestion question, DateOnly day) => day.ToString("ddd d MMM yyyy", question.Words.Culture);
}
