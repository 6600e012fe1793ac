namespace Subot.Slack;

/// <summary>Someone pressed a button, sent or closed a modal, or used a shortcut.</summary>
public sealed class InteractionDelivery
{
    private readonly Reply _reply;

    internal InteractionDelivery(InteractionPayload payload, Reply reply) => (Payload, _reply) = (payload, reply);

    /// <summary>
    /// <c>block_actions</c>, <c>view_submission</c>, <c>view_closed</c>, <c>shortcut</c>, <c>message_action</c>, <c>block_suggestion</c> …
    /// </summary>
    public string Type => Payload.Type ?? "";

    /// <summary>Who did it.</summary>
    public string User => Payload.User?.Id ?? "";

    /// <summary>The workspace.</summary>
    public string TeamId => Payload.Team?.Id ?? "";

    /// <summary>Where; null in a view.</summary>
    public string? Channel => Payload.Channel?.Id ?? Payload.Container?.ChannelId;

    /// <summary>The message with the button or the shortcut's message.</summary>
    public string? MessageTs => Payload.MessageTs ?? Payload.Container?.MessageTs ?? Payload.Message?.Ts;

    /// <summary>The thread of that message.</summary>
    public string? ThreadTs => Payload.Container?.ThreadTs ?? Payload.Message?.ThreadTs;

    /// <summary>That message; absent for one that only this person sees.</summary>
    public SlackMessage? Message => Payload.Message;

    /// <summary>Only this person sees that message: only <see cref="RespondAsync"/> can change it.</summary>
    public bool IsEphemeral => Payload.Container?.IsEphemeral ?? false;

    /// <summary>What was pressed or chosen, of <c>block_actions</c>.</summary>
    public IReadOnlyList<BlockAction> Actions => Payload.Actions ?? [];

    /// <summary>When a shortcut was used, by Slack's clock; a press has its own, in <see cref="Actions"/>.</summary>
    public string? ActionTs => Payload.ActionTs;

    /// <summary>Of a shortcut; a view has its own.</summary>
    public string? CallbackId => Payload.CallbackId;

    /// <summary>The view it happened in.</summary>
    public SlackView? View => Payload.View;

    /// <summary>Opens a modal, once, within 3 s.</summary>
    public string? TriggerId => Payload.TriggerId;

    /// <summary>Where answers can be posted for 30 minutes, five times; null in a view.</summary>
    public Uri? ResponseUrl => Payload.ResponseUrl;

    private InteractionPayload Payload { get; }

    /// <summary>Acknowledges: a modal closes.</summary>
    public Task AcknowledgeAsync(CancellationToken ct) => _reply.AcknowledgeAsync(ct);

    /// <summary>Acknowledges a <c>view_submission</c> with what is wrong, by block id: the modal stays.</summary>
    /// <returns>False when it was too late, and the modal has closed.</returns>
    public Task<bool> RejectAsync(IReadOnlyDictionary<string, string> errors, CancellationToken ct) => _reply.RejectAsync(errors, ct);

    /// <summary>Acknowledges, if that was not done, and answers through the response_url.</summary>
    public Task RespondAsync(ResponseMessage message, CancellationToken ct) => _reply.RespondAsync(message, inAcknowledgement: false, ct);
}

/// <summary>What was pressed or chosen.</summary>
public sealed class BlockAction
{
    /// <summary>As given when the button was made.</summary>
    public string ActionId { get; init => field = value ?? ""; } = "";

    /// <summary>The block it is in.</summary>
    public string? BlockId { get; init; }

    /// <summary><c>button</c>, <c>static_select</c> …</summary>
    public string? Type { get; init; }

    /// <summary>The button's value.</summary>
    public string? Value { get; init; }

    /// <summary>When, by Slack's clock.</summary>
    public string? ActionTs { get; init; }

    /// <summary>The value of the option chosen.</summary>
    public string? SelectedValue => SelectedOption?.Value;

    [System.Text.Json.Serialization.JsonInclude]
    internal ChosenOption? SelectedOption { get; init; }
}

internal sealed record ChosenOption(string? Value);

internal sealed class InteractionPayload
{
    public string? Type { get; init; }
    public Reference? User { get; init; }
    public Reference? Team { get; init; }
    public Reference? Channel { get; init; }
    public MessageContainer? Container { get; init; }
    public SlackMessage? Message { get; init; }
    public string? MessageTs { get; init; }
    public string? ActionTs { get; init; }
    public IReadOnlyList<BlockAction>? Actions { get; init; }
    public string? CallbackId { get; init; }
    public SlackView? View { get; init; }
    public string? TriggerId { get; init; }
    public Uri? ResponseUrl { get; init; }

    public sealed record Reference(string? Id);

    public sealed record MessageContainer(string? ChannelId, string? MessageTs, string? ThreadTs, bool IsEphemeral);
}
