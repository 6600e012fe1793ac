using System.Text;
using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>What a message says: text, blocks, attachments, metadata. Null fields are left as they are.</summary>
internal sealed record Content(string? Text, JsonArray? Blocks, JsonArray? Attachments, JsonObject? Metadata)
{
    private const int MostAttachments = 100;
    private const int LargestMetadata = 16_384;

    /// <summary>Reads the content of a call; the error when it is none or breaks a rule of Slack.</summary>
    public static JsonObject? Refusal(ApiCall call, out Content content)
    {
        content = new Content(call["text"] ?? call["markdown_text"], null, null, null);
        if (!call.TryJson("blocks", out var blocks) || blocks is not (null or JsonArray))
            return Answer.Error("invalid_blocks_format");
        if (!call.TryJson("attachments", out var attachments) || attachments is not (null or JsonArray))
            return Answer.Error("invalid_arguments", "attachments must be an array");
        if (!call.TryJson("metadata", out var metadata) || metadata is not (null or JsonObject))
            return Answer.Error("invalid_metadata_format");
        return Refusal(call.Context.Rules, content = content with
        {
            Blocks = blocks as JsonArray,
            Attachments = attachments as JsonArray,
            Metadata = metadata as JsonObject,
        });
    }

    public void WriteTo(JsonObject body)
    {
        if (Text is not null)
            body["text"] = Text;
        if (Blocks is not null)
            body["blocks"] = Blocks.DeepClone();
        if (Attachments is not null)
            body["attachments"] = Attachments.DeepClone();
        if (Metadata is { Count: > 0 })
            body["metadata"] = Metadata.DeepClone();
        else if (Metadata is not null)
            body.Remove("metadata");
    }

    private static JsonObject? Refusal(BlockRules rules, Content content)
    {
        if (string.IsNullOrEmpty(content.Text) && content.Blocks is not { Count: > 0 } && content.Attachments is not { Count: > 0 })
            return Answer.Error("no_text");
        if (content.Attachments?.Count > MostAttachments)
            return Answer.Error("too_many_attachments");
        if (rules.Broken(content.Blocks) is { Count: > 0 } broken)
            return Answer.Error("invalid_blocks", broken);
        return content.Metadata is { Count: > 0 } metadata ? MetadataRefusal(metadata) : null;
    }

    private static JsonObject? MetadataRefusal(JsonObject metadata)
    {
        if (metadata.Text("event_type") is not { Length: > 0 } type || metadata["event_payload"] is not JsonObject payload)
            return Answer.Error("invalid_metadata_format");
        if (!type.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            return Answer.Error("invalid_metadata_schema");
        return Encoding.UTF8.GetByteCount(payload.ToJsonString()) > LargestMetadata ? Answer.Error("metadata_too_large") : null;
    }
}
