using System.Text.Json.Nodes;

namespace Subot.Simulator.Interactions;

/// <summary>Finds the element of a message that was pressed.</summary>
internal static class Buttons
{
    /// <summary>The action as block_actions reports it; null when the blocks have no such element.</summary>
    public static JsonObject? Find(JsonArray? blocks, string actionId, string? blockId)
    {
        for (var index = 0; index < (blocks?.Count ?? 0); index++)
        {
            if (blocks![index] is not JsonObject block)
                continue;
            var id = block.Text("block_id") ?? $"b{index}";
            if (blockId is not null && id != blockId)
                continue;
            var elements = (block["elements"] as JsonArray ?? []).Append(block["accessory"]);
            if (elements.OfType<JsonObject>().FirstOrDefault(element => element.Text("action_id") == actionId) is { } element)
                return Pressed(element, id);
        }
        return null;
    }

    private static JsonObject Pressed(JsonObject element, string blockId)
    {
        var pressed = new JsonObject
        {
            ["type"] = element.Text("type"),
            ["action_id"] = element.Text("action_id"),
            ["block_id"] = blockId,
        };
        if (element["text"] is { } text)
            pressed["text"] = text.DeepClone();
        if (element.Text("value") is { } value)
            pressed["value"] = value;
        return pressed;
    }
}
