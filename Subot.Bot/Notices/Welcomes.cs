using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Notices;

/// <summary>Who joins a watched channel is shown its rules: at once or not at all, and once a day at most.</summary>
internal sealed class Welcomes(
    WorkspaceIdentity self,
    IActionStore store,
    CurrentSettings settings,
    ReplyPolicy policy,
    Forgetting forgetting,
    SendSignal signal,
    TimeProvider time) : INoticeReader
{
    private const long FreshSeconds = 600;

    public async Task ReadAsync(SlackEvent slackEvent, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var version = settings.History.At(now);
        if (slackEvent is not MemberJoinedChannel joined || !self.Watches(joined.Channel) || joined.User == self.UserId || !policy.Replies || version.Settings.Everyone.Count == 0)
            return;
        // An action has the person's id, which must not come back.
        if (forgetting.Erased.Include(new UserId(joined.User)))
            return;
        // What Slack delivers late is no welcome any more.
        if (Ts.TryParse(joined.EventTs, out var at) && at.AddSeconds(FreshSeconds) < now)
            return;
        var welcome = BotAction.Welcome(new ChannelId(joined.Channel), new UserId(joined.User), LocalDay.Of(now, version.Zone), now.AddSeconds(FreshSeconds));
        await store.CreateActionsAsync([new StoredAction(welcome, ActionStatus.Pending) { NextTry = now }], ct);
        signal.Wake();
    }
}
