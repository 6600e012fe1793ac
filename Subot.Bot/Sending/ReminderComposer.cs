using Subot.Bot.Scheduling;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>Reminders of requests that wait for the team. Whether one still waits is looked at when it is sent.</summary>
internal sealed class ReminderComposer(
    IStore store,
    ISlackApi slack,
    CurrentSettings settings,
    OnCallNow onCall,
    RequestList list,
    Naming naming,
    ReminderClock clock,
    TimeProvider time) : IComposer
{
    /// <summary>The id of the button that puts reminders off; its value is the thread.</summary>
    public const string SnoozeButton = "snooze";

    private const int MostLines = 20;

    public async ValueTask<Outgoing> ComposeAsync(StoredAction action, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var channel = action.Action.Channel;
        var valid = settings.At(now);
        var words = Wording.Of(valid);
        var fireman = onCall.In(channel);
        if (action.Action.Kind == ActionKind.Reminder)
        {
            var thread = await ThreadAsync(action.Action, now, ct);
            return thread is null ? OutgoingNothing.Instance : await OneAsync(thread, valid.Reminders.Place, fireman, words, now, ct);
        }

        var (requests, title, nobody) = action.Action.Kind == ActionKind.Waiting
            ? (await clock.ExhaustedAsync(channel, now, ct), TextId.WaitingTitle, TextId.WaitingTitleNobody)
            : (await BundledAsync(action, now, ct), TextId.RemindersTitle, TextId.RemindersTitleNobody);
        if (requests.Count == 0)
            return OutgoingNothing.Instance;
        var head = words.Say(fireman is null ? nobody : title, ("fireman", $"<@{fireman}>"), ("count", requests.Count));
        var text = $"{head}\n{await list.LinesAsync(requests, now, words, MostLines, ct)}";
        return new OutgoingPost(await PlaceAsync(channel, valid.Reminders.Place, fireman, ct), null, text);
    }

    public IReadOnlyList<Block>? Blocks(BotAction action, string text, string? attachment)
    {
        if (action.Kind != ActionKind.Reminder)
            return null;
        var label = Wording.Of(settings.At(Ts.From(time.GetUtcNow()))).Say(TextId.SnoozeButton);
        var button = new Button { ActionId = SnoozeButton, Text = new PlainText(label), Value = action.Thread.ToString() };
        return [.. Sections.Of(text), new ActionsBlock { Elements = [button] }];
    }

    private async Task<OutgoingPost> OneAsync(
        ProjectedThread thread, ReminderPlace place, string? fireman, Wording words, Ts now, CancellationToken ct)
    {
        (string, object?)[] places =
        [
            ("fireman", $"<@{fireman}>"),
            ("requester", await list.RequesterAsync(thread, words, ct)),
            ("since", list.SinceOf(thread, now, words)),
            ("link", place == ReminderPlace.Thread ? "" : await naming.LinkAsync(thread.Key, ct)),
        ];
        return place == ReminderPlace.Thread
            ? new OutgoingPost(thread.Key.Channel.Value, thread.Key.Root, words.Say(fireman is null ? TextId.ReminderNobody : TextId.Reminder, places))
            : new OutgoingPost(await PlaceAsync(thread.Key.Channel, place, fireman, ct), null, words.Say(fireman is null ? TextId.ReminderElsewhereNobody : TextId.ReminderElsewhere, places));
    }

    /// <summary>The channel, or the direct conversation with the fireman if that is where reminders go.</summary>
    private async Task<string> PlaceAsync(ChannelId channel, ReminderPlace place, string? fireman, CancellationToken ct)
    {
        if (place != ReminderPlace.Direct || fireman is null)
            return channel.Value;
        try
        {
            return await slack.OpenDirectMessageAsync(fireman, ct);
        }
        catch (SlackException e) when (e.Advice != SlackErrorAdvice.Retry && e.Kind != SlackErrorKind.Token)
        {
            // Without the scope, or for an account that is gone: better there than nowhere.
            return channel.Value;
        }
    }

    /// <summary>
    /// The requests of a bundle that still wait. The reminders of the others are cancelled, while its words are not fixed.
    /// </summary>
    private async Task<List<ProjectedThread>> BundledAsync(StoredAction bundle, Ts now, CancellationToken ct)
    {
        var requests = new List<ProjectedThread>();
        foreach (var id in bundle.Action.Detail.Split('\n'))
        {
            if (await store.ActionAsync(id, ct) is not { Status: ActionStatus.Bundled } one)
                continue;
            if (await ThreadAsync(one.Action, now, ct) is { } thread)
                requests.Add(thread);
            else if (bundle.Text is null)
                await store.UpdateActionAsync(one, one with { Status = ActionStatus.Cancelled }, ct);
        }

        return [.. requests.OrderBy(r => r.SilentSince).ThenBy(r => r.Key)];
    }

    /// <summary>The thread of a reminder, if it still waits in the silence that the reminder is about, and nobody has put it off.</summary>
    private async Task<ProjectedThread?> ThreadAsync(BotAction reminder, Ts now, CancellationToken ct)
    {
        var key = reminder.Thread!.Value;
        var thread = (await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State;
        if (thread is not { Turn: Turn.Team, SilentSince: { } since })
            return null;
        var detail = reminder.Detail.Split(':');
        return detail[0] == since.ToString() && clock.Due(thread, now) >= int.Parse(detail[1], System.Globalization.CultureInfo.InvariantCulture) ? thread : null;
    }
}
