using System.Text.Json.Nodes;

namespace Subot.Simulator.Interactions;

/// <summary>Finds the element that was pressed, or in which something was chosen.</summary>
internal static class Buttons
{
    /// <summary>
    /// The action as block_actions reports it; null when the blocks have no such element, or it does not offer what was chosen.
    /// </summary>
    public static JsonObject? Press(JsonArray? blocks, string actionId, string? blockId, IReadOnlyList<string> chosen)
    {
        foreach (var (block, element) in BlockIds.Elements(blocks))
            if (element.Text("action_id") == actionId && (blockId ?? block) == block)
                return Pressed(element, block, chosen);
        return null;
    }

    private static JsonObject? Pressed(JsonObject element, string blockId, IReadOnlyList<string> chosen)
    {
        var pressed = ElementState.Chosen(element, chosen);
        if (chosen.Count > 0 && !ElementState.IsFilled(pressed))
            return null;
        pressed["action_id"] = element.Text("action_id");
        pressed["block_id"] = blockId;
        if (element["text"] is { } text)
            pressed["text"] = text.DeepClone();
        if (element.Text("value") is { } value)
            pressed["value"] = value;
        return pressed;
    }
}
