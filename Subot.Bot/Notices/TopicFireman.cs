using System.Text.RegularExpressions;
using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage.Settings;

namespace Subot.Bot.Notices;

/// <summary>
/// The fireman whom a channel's topic names, if somebody of the team set it. It is taken from the event, and from the channel itself when
/// its history is read.
/// </summary>
internal sealed partial class TopicFireman(WorkspaceIdentity self, CurrentSettings settings, SettingsEditor editor, SettingsWatch watch) : INoticeReader
{
    private const string Author = "topic";

    public async Task ReadAsync(SlackEvent slackEvent, CancellationToken ct)
    {
        if (slackEvent is MessagePosted { Message: { Subtype: "channel_topic" or "group_topic", User: { } by } message } posted
            && self.Watches(posted.Channel) && Ts.TryParse(message.Ts, out var at))
            await FollowAsync(new ChannelId(posted.Channel), message.Topic ?? "", by, at, ct);
    }

    /// <summary>Follows the topic that a channel has.</summary>
    public async Task FollowAsync(ChannelId channel, ChannelText? topic, CancellationToken ct)
    {
        if (topic is { Creator.Length: > 0, LastSet: > 0 })
            await FollowAsync(channel, topic.Value, topic.Creator, new Ts(topic.LastSet * Ts.Second), ct);
    }

    /// <summary>Follows a topic.</summary>
    /// <param name="by">Who set it; nobody's but the team's counts.</param>
    /// <param name="at">When.</param>
    public async Task FollowAsync(ChannelId channel, string topic, string by, Ts at, CancellationToken ct)
    {
        var named = Mention().Match(topic) is { Success: true } mention ? mention.Groups["user"].Value : null;
        var known = settings.History.Latest.Settings.OnCall.Topics.GetValueOrDefault(channel.Value);
        if (known == named || !settings.History.InTeam(new UserId(by), at))
            return;
        var change = await editor.ChangeAsync(s => s with { OnCall = s.OnCall.WithTopic(channel, named, at) }, $"{Author}:{by}", at, ct);
        if (change.Changed)
            await watch.LookAsync(ct);
    }

    [GeneratedRegex(@"<@(?<user>[UW][A-Z0-9]+)(\|[^>]*)?>")]
    private static partial Regex Mention();
}
