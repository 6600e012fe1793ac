namespace Subot.Slack;

public sealed partial class SlackApi
{
    private readonly TimeSpan _postInterval =
        options.PostsPerSecondAndChannel is > 0 and var rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;

    /// <inheritdoc/>
    public Task<PostedMessage> PostMessageAsync(PostMessage message, CancellationToken ct)
    {
        var call = SlackCall.Json("chat.postMessage", message, SlackJson.Default.PostMessage) with
        {
            IsRepeatable = false,
            WaitsForRateLimit = false,
            PaceKind = $"chat.postMessage {message.Channel}",
            Interval = _postInterval,
        };
        return _transport.CallAsync(call, SlackJson.Default.PostedMessage, ct);
    }

    /// <inheritdoc/>
    public Task PostEphemeralAsync(PostEphemeral message, CancellationToken ct) =>
        CallAsync(SlackCall.Json("chat.postEphemeral", message, SlackJson.Default.PostEphemeral) with { IsRepeatable = false }, ct);

    /// <inheritdoc/>
    public Task UpdateMessageAsync(UpdateMessage message, CancellationToken ct) =>
        CallAsync(SlackCall.Json("chat.update", message, SlackJson.Default.UpdateMessage), ct);

    /// <inheritdoc/>
    public Task DeleteMessageAsync(string channel, string ts, CancellationToken ct) =>
        CallUnlessAsync("message_not_found", SlackCall.Form("chat.delete", new() { ["channel"] = channel, ["ts"] = ts }), ct);

    /// <inheritdoc/>
    public async Task<string> GetPermalinkAsync(string channel, string ts, CancellationToken ct)
    {
        var call = SlackCall.Form("chat.getPermalink", new() { ["channel"] = channel, ["message_ts"] = ts });
        var answer = await _transport.CallAsync(call, SlackJson.Default.PermalinkAnswer, ct);
        return answer.Permalink ?? throw Incomplete(call.Method);
    }

    /// <inheritdoc/>
    public Task AddReactionAsync(string channel, string ts, string name, CancellationToken ct) =>
        CallUnlessAsync("already_reacted", ReactionCall("reactions.add", channel, ts, name), ct);

    /// <inheritdoc/>
    public Task RemoveReactionAsync(string channel, string ts, string name, CancellationToken ct) =>
        CallUnlessAsync("no_reaction", ReactionCall("reactions.remove", channel, ts, name), ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MessageReaction>> GetReactionsAsync(string channel, string ts, CancellationToken ct)
    {
        var call = SlackCall.Form("reactions.get", new() { ["channel"] = channel, ["timestamp"] = ts, ["full"] = "true" });
        var answer = await _transport.CallAsync(call, SlackJson.Default.ReactionsAnswer, ct);
        return answer.Message?.Reactions ?? [];
    }

    private static SlackCall ReactionCall(string method, string channel, string ts, string name) =>
        SlackCall.Form(method, new() { ["channel"] = channel, ["timestamp"] = ts, ["name"] = name });
}
