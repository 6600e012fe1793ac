using System.Runtime.CompilerServices;

namespace Subot.Slack;

public sealed partial class SlackApi
{
    /// <inheritdoc/>
    public IAsyncEnumerable<SlackMessage> HistoryAsync(string channel, string? oldest, string? latest, CancellationToken ct) =>
        // Both bounds, always: with the oldest alone Slack pages the other way round. A day on top of our clock, as
        // Slack's may be ahead of it.
        PagesAsync<MessagesPage, SlackMessage>(
            "conversations.history",
            SlackJson.Default.MessagesPage,
            new()
            {
                ["channel"] = channel,
                ["oldest"] = oldest ?? "0",
                ["latest"] = latest ?? $"{time.GetUtcNow().AddDays(1).ToUnixTimeSeconds()}.000000",
                ["include_all_metadata"] = "true",
            },
            resume: message => ("latest", message.Ts),
            ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SlackMessage> RepliesAsync(
        string channel, string threadTs, string? oldest, [EnumeratorCancellation] CancellationToken ct)
    {
        var messages = PagesAsync<MessagesPage, SlackMessage>(
            "conversations.replies",
            SlackJson.Default.MessagesPage,
            new() { ["channel"] = channel, ["ts"] = threadTs, ["oldest"] = oldest, ["include_all_metadata"] = "true" },
            resume: message => ("oldest", message.Ts),
            ct);
        var parentSeen = false;
        await foreach (var message in messages)
        {
            // Slack may repeat the parent on each page.
            if (message.Ts == threadTs)
            {
                if (parentSeen)
                    continue;
                parentSeen = true;
            }
            yield return message;
        }
    }

    /// <inheritdoc/>
    public async Task<SlackMessage?> FindMessageAsync(string channel, string ts, CancellationToken ct)
    {
        // Unlike history, this also finds a reply by its own ts.
        var call = SlackCall.Form("conversations.replies", new() { ["channel"] = channel, ["ts"] = ts, ["limit"] = "1", ["include_all_metadata"] = "true" });
        try
        {
            var page = await _transport.CallAsync(call, SlackJson.Default.MessagesPage, ct);
            return page.GetItems().FirstOrDefault(message => message.Ts == ts);
        }
        catch (SlackException e) when (e.Error is "thread_not_found" or "message_not_found")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SlackChannel> ListChannelsAsync(string types, bool excludeArchived, CancellationToken ct) =>
        PagesAsync<ChannelsPage, SlackChannel>(
            "conversations.list",
            SlackJson.Default.ChannelsPage,
            new() { ["types"] = types, ["exclude_archived"] = excludeArchived ? "true" : "false" },
            resume: null,
            ct);

    /// <inheritdoc/>
    public Task<SlackChannel> GetChannelAsync(string channel, CancellationToken ct) =>
        ChannelAsync(SlackCall.Form("conversations.info", new() { ["channel"] = channel, ["include_num_members"] = "true" }), ct);

    /// <inheritdoc/>
    public Task<SlackChannel> JoinChannelAsync(string channel, CancellationToken ct) =>
        ChannelAsync(SlackCall.Form("conversations.join", new() { ["channel"] = channel }), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListMembersAsync(string channel, CancellationToken ct) =>
        PagesAsync<MembersPage, string>("conversations.members", SlackJson.Default.MembersPage, new() { ["channel"] = channel }, resume: null, ct);

    /// <inheritdoc/>
    public Task SetTopicAsync(string channel, string topic, CancellationToken ct) =>
        CallAsync(SlackCall.Form("conversations.setTopic", new() { ["channel"] = channel, ["topic"] = topic }), ct);

    /// <inheritdoc/>
    public async Task<string> OpenDirectMessageAsync(string user, CancellationToken ct) =>
        (await ChannelAsync(SlackCall.Form("conversations.open", new() { ["users"] = user }), ct)).Id;

    private async Task<SlackChannel> ChannelAsync(SlackCall call, CancellationToken ct)
    {
        var answer = await _transport.CallAsync(call, SlackJson.Default.ChannelAnswer, ct);
        return answer.Channel ?? throw Incomplete(call.Method);
    }
}
