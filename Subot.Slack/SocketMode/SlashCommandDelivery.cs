namespace Subot.Slack;

/// <summary>A slash command that someone typed.</summary>
public sealed class SlashCommandDelivery
{
    private readonly Reply _reply;

    internal SlashCommandDelivery(SlashCommandPayload payload, Reply reply) => (Payload, _reply) = (payload, reply);

    /// <summary>With its slash: <c>/support</c>.</summary>
    public string Command => Payload.Command ?? "";

    /// <summary>What stands behind the command; mentions are ids only if the app's manifest says should_escape.</summary>
    public string Text => Payload.Text ?? "";

    /// <summary>Who typed it.</summary>
    public string User => Payload.UserId ?? "";

    /// <summary>Where.</summary>
    public string Channel => Payload.ChannelId ?? "";

    /// <summary>The channel's name; <c>privategroup</c> or <c>directmessage</c> where it is not public.</summary>
    public string? ChannelName => Payload.ChannelName;

    /// <summary>The workspace.</summary>
    public string TeamId => Payload.TeamId ?? "";

    /// <summary>Opens a modal, once, within 3 s.</summary>
    public string? TriggerId => Payload.TriggerId;

    /// <summary>Where answers can be posted for 30 minutes, five times.</summary>
    public Uri? ResponseUrl => Payload.ResponseUrl;

    private SlashCommandPayload Payload { get; }

    /// <summary>Acknowledges without an answer.</summary>
    public Task AcknowledgeAsync(CancellationToken ct) => _reply.AcknowledgeAsync(ct);

    /// <summary>
    /// Answers: in the acknowledgement while that is possible, else (too late, too large, socket gone, or a second
    /// answer) through the response_url.
    /// </summary>
    public Task RespondAsync(ResponseMessage message, CancellationToken ct) => _reply.RespondAsync(message, inAcknowledgement: true, ct);
}

internal sealed class SlashCommandPayload
{
    public string? Command { get; init; }
    public string? Text { get; init; }
    public string? UserId { get; init; }
    public string? ChannelId { get; init; }
    public string? ChannelName { get; init; }
    public string? TeamId { get; init; }
    public string? TriggerId { get; init; }
    public Uri? ResponseUrl { get; init; }
}
