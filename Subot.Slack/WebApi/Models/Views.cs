using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>A view to show: a modal, or a person's home tab.</summary>
public sealed record View
{
    /// <summary><c>modal</c> or <c>home</c>.</summary>
    public required string Type { get; init; }

    /// <summary>At most 100.</summary>
    public required IReadOnlyList<Block> Blocks { get; init => field = Limit.Count(value, 100, "a view's blocks"); }

    /// <summary>A modal's title, at most 24 characters.</summary>
    public PlainText? Title { get; init => field = Limit.Text(value, 24, "a view's title"); }

    /// <summary>A modal's button that sends it, at most 24 characters.</summary>
    public PlainText? Submit { get; init => field = Limit.Text(value, 24, "a view's submit"); }

    /// <summary>A modal's button that closes it, at most 24 characters.</summary>
    public PlainText? Close { get; init => field = Limit.Text(value, 24, "a view's close"); }

    /// <summary>Comes back with the submission, at most 255 characters.</summary>
    public string? CallbackId { get; init => field = Limit.Text(value, 255, "callback_id"); }

    /// <summary>Comes back with the submission, at most 3,000 characters.</summary>
    public string? PrivateMetadata { get; init => field = Limit.Text(value, 3000, "private_metadata"); }

    /// <summary>Whether closing a modal sends <c>view_closed</c>.</summary>
    public bool? NotifyOnClose { get; init; }
}

/// <summary>A view as Slack tells of it.</summary>
public sealed class SlackView
{
    /// <summary><c>V…</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary><c>modal</c> or <c>home</c>.</summary>
    public string? Type { get; init; }

    /// <summary>As given when it was opened.</summary>
    public string? CallbackId { get; init; }

    /// <summary>As given when it was opened.</summary>
    public string? PrivateMetadata { get; init; }

    /// <summary>Its version: an update that carries it fails when the view has changed since.</summary>
    public string? Hash { get; init; }

    /// <summary>What people entered: <c>values.{block_id}.{action_id}</c>.</summary>
    [JsonInclude]
    internal JsonElement State { get; init; }

    /// <summary>What was entered in an input: its text, or the value of the option chosen; null for nothing.</summary>
    public string? Find(string blockId, string actionId)
    {
        if (State.ValueKind != JsonValueKind.Object
            || !State.TryGetProperty("values", out var values)
            || !values.TryGetProperty(blockId, out var block)
            || !block.TryGetProperty(actionId, out var input))
            return null;
        if (input.TryGetProperty("selected_option", out var option) && option.ValueKind == JsonValueKind.Object)
            input = option;
        foreach (var name in (ReadOnlySpan<string>)["value", "selected_user", "selected_channel", "selected_conversation", "selected_date"])
        {
            if (input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString();
        }
        return null;
    }
}

internal sealed record OpenView(string TriggerId, View View);

internal sealed record PublishView(string UserId, View View, string? Hash);

internal sealed record UpdateView(string ViewId, View View, string? Hash);
