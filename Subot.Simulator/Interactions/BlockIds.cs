using System.Text.Json.Nodes;

namespace Subot.Simulator.Interactions;

/// <summary>Names for blocks and elements the app gave none, by their place: unlike Slack's they are the same each time.</summary>
internal static class BlockIds
{
    public static string Of(JsonObject block, int index) => block.Text("block_id") is { Length: > 0 } given ? given : $"b{index}";

    public static void Fill(JsonArray? blocks)
    {
        for (var index = 0; index < (blocks?.Count ?? 0); index++)
            if (blocks![index] is JsonObject block)
                block["block_id"] = Of(block, index);
    }

    /// <summary>All elements of the blocks that one can press or fill in, with the ids of their blocks.</summary>
    public static IEnumerable<(string BlockId, JsonObject Element)> Elements(JsonArray? blocks)
    {
        for (var index = 0; index < (blocks?.Count ?? 0); index++)
        {
            if (blocks![index] is not JsonObject block || block.Text("type") is not ("actions" or "section" or "input"))
                continue;
            var id = Of(block, index);
            foreach (var element in (block["elements"] as JsonArray ?? []).Append(block["accessory"]).Append(block["element"]).OfType<JsonObject>())
                yield return (id, element);
        }
    }
}
