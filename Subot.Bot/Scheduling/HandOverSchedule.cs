using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Storage;

namespace Subot.Bot.Scheduling;

/// <summary>Tells the channel, once, that somebody else is on call, and keeps the user group in step.</summary>
internal sealed class HandOverSchedule(IStore store, OnCallNow onCall, CurrentSettings settings) : ISchedule
{
    // Longer than a month, so that the shift before the present one is always seen.
    private const long LookBackSeconds = 40 * 86_400;
    private const long NewsSeconds = 86_400;

    public async Task RunAsync(ChannelId channel, Ts now, CancellationToken ct)
    {
        var shifts = onCall.Shifts(channel, now.AddSeconds(-LookBackSeconds), new Ts(now.Micros + 1)).ToList();
        if (shifts is not [.., var current] || shifts.Count == 1)
            return;

        List<BotAction> actions = [];
        if (now <= current.From.AddSeconds(NewsSeconds))
            actions.Add(BotAction.HandOver(channel, current.From, current.From.AddSeconds(NewsSeconds)));
        if (settings.At(now).OnCallGroup is { } group && current.User is { } user)
            actions.Add(BotAction.OnCallGroup(channel, group, new UserId(user), current.From));
        var known = await store.KnownActionsAsync(actions.ConvertAll(a => a.Id), ct);
        if (actions.FindAll(a => !known.Contains(a.Id)) is { Count: > 0 } due)
            await store.CreateActionsAsync([.. due.Select(a => new StoredAction(a, ActionStatus.Pending) { NextTry = now })], ct);
    }
}
