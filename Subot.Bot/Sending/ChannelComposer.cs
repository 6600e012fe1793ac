using Subot.Bot.Scheduling;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>What concerns the whole channel: welcomes, hand-overs, outages.</summary>
internal sealed class ChannelComposer(OnCallNow onCall, ReminderClock clock, RequestList list, CurrentSettings settings, TimeProvider time) : IComposer
{
    private const int MostLines = 20;
    private const long LookAheadSeconds = 40 * 86_400;

    public async ValueTask<Outgoing> ComposeAsync(StoredAction action, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var version = settings.History.At(now);
        var words = Wording.Of(version.Settings);
        return action.Action.Kind switch
        {
            ActionKind.Welcome => new OutgoingEphemeral(new UserId(action.Action.Detail), words.Say(TextId.Welcome)),
            ActionKind.HandOver => await HandOverAsync(action.Action, now, version, words, ct),
            ActionKind.OnCallGroup => Group(action.Action, now),
            ActionKind.Outage => Outage(action.Action, version, words),
            _ => throw new ArgumentException($"Nobody composes a {action.Action.Kind}", nameof(action)),
        };
    }

    public IReadOnlyList<Block>? Blocks(BotAction action, string text, string? attachment) => null;

    private async Task<Outgoing> HandOverAsync(BotAction action, Ts now, SettingsVersion version, Wording words, CancellationToken ct)
    {
        var shift = onCall.Shifts(action.Channel, now, now.AddSeconds(LookAheadSeconds)).First();
        // Somebody else took over meanwhile: that is an announcement of its own.
        if (onCall.Shifts(action.Channel, Ts.Parse(action.Detail), new Ts(now.Micros + 1)).Count() > 1)
            return OutgoingNothing.Instance;
        if (shift.User is not { } fireman)
            return new OutgoingPost(action.Channel.Value, null, words.Say(TextId.HandOverNobody));

        var isOpenEnd = shift.To >= now.AddSeconds(LookAheadSeconds);
        var text = words.Say(isOpenEnd ? TextId.HandOverOpenEnd : TextId.HandOver, ("fireman", $"<@{fireman}>"), ("until", Moment(shift.To, version.Zone, words)));
        var open = await clock.WaitingAsync(action.Channel, now, ct);
        if (open.Count > 0)
            text += $"\n{words.Say(TextId.HandOverOpen)}\n{await list.LinesAsync(open, now, words, MostLines, ct)}";
        return new OutgoingPost(action.Channel.Value, null, text);
    }

    private Outgoing Group(BotAction action, Ts now)
    {
        var parts = action.Detail.Split(':');
        // Somebody else is on call by now: the group is theirs.
        if (onCall.Shifts(action.Channel, now, new Ts(now.Micros + 1)).First().User != parts[1])
            return OutgoingNothing.Instance;
        return new OutgoingCall((slack, ct) => slack.UpdateUserGroupUsersAsync(parts[0], [parts[1]], ct));
    }

    private static OutgoingPost Outage(BotAction action, SettingsVersion version, Wording words)
    {
        var parts = action.Detail.Split(':');
        return new OutgoingPost(action.Channel.Value, null, words.Say(
            TextId.Outage,
            ("from", Moment(Ts.Parse(parts[0]), version.Zone, words)),
            ("until", Moment(Ts.Parse(parts[1]), version.Zone, words))));
    }

    private static string Moment(Ts instant, TimeZoneInfo zone, Wording words) =>
        TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).ToString("dddd d MMMM HH:mm", words.Culture);
}
