using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>The limits of Block Kit that Slack enforces, each named with a pointer to what breaks it.</summary>
internal static class BlockRules
{
    private const int MostBlocks = 50;
    private const int LongestId = 255;

    private static readonly string[] Types =
    [
        "section", "actions", "context", "header", "divider", "image", "input", "rich_text", "file", "video", "markdown", "table", "context_actions",
    ];

    /// <summary>What is wrong with the blocks; empty when nothing is.</summary>
    public static List<string> Broken(JsonArray? blocks, int most = MostBlocks)
    {
        List<string> broken = [];
        if (blocks is null)
            return broken;
        if (blocks.Count > most)
            broken.Add($"no more than {most} items allowed [json-pointer:/blocks]");
        for (var index = 0; index < blocks.Count; index++)
        {
            var pointer = $"/blocks/{index}";
            if (blocks[index] is JsonObject block)
                Check(block, pointer, broken);
            else
                broken.Add($"must be an object [json-pointer:{pointer}]");
        }
        return broken;
    }

    private static void Check(JsonObject block, string pointer, List<string> broken)
    {
        var type = block.Text("type");
        if (type is null || !Types.Contains(type))
            broken.Add($"unsupported type: {type} [json-pointer:{pointer}/type]");
        AtMost(block.Text("block_id"), LongestId, $"{pointer}/block_id", broken);
        if (type == "section")
            CheckSection(block, pointer, broken);
        else if (type == "header")
            AtMost((block["text"] as JsonObject)?.Text("text"), 150, $"{pointer}/text", broken);
        else if (type is "actions" or "context")
            CheckElements(block, type == "actions" ? 25 : 10, pointer, broken);
    }

    private static void CheckSection(JsonObject block, string pointer, List<string> broken)
    {
        var text = block["text"] as JsonObject;
        var fields = block["fields"] as JsonArray;
        if (text is null && fields is null)
            broken.Add($"must provide a string [json-pointer:{pointer}/text]");
        AtMost(text?.Text("text"), 3000, $"{pointer}/text", broken);
        if (fields?.Count > 10)
            broken.Add($"no more than 10 items allowed [json-pointer:{pointer}/fields]");
        for (var index = 0; index < (fields?.Count ?? 0); index++)
            AtMost((fields![index] as JsonObject)?.Text("text"), 2000, $"{pointer}/fields/{index}", broken);
        if (block["accessory"] is JsonObject accessory)
            CheckElement(accessory, $"{pointer}/accessory", broken);
    }

    private static void CheckElements(JsonObject block, int most, string pointer, List<string> broken)
    {
        if (block["elements"] is not JsonArray { Count: > 0 } elements)
        {
            broken.Add($"missing required field: elements [json-pointer:{pointer}]");
            return;
        }
        if (elements.Count > most)
            broken.Add($"no more than {most} items allowed [json-pointer:{pointer}/elements]");
        for (var index = 0; index < elements.Count; index++)
            if (elements[index] is JsonObject element)
                CheckElement(element, $"{pointer}/elements/{index}", broken);
    }

    private static void CheckElement(JsonObject element, string pointer, List<string> broken)
    {
        AtMost(element.Text("action_id"), LongestId, $"{pointer}/action_id", broken);
        if (element.Text("type") != "button")
            return;
        if ((element["text"] as JsonObject)?.Text("text") is not { Length: > 0 } text)
            broken.Add($"missing required field: text [json-pointer:{pointer}]");
        else
            AtMost(text, 75, $"{pointer}/text", broken);
        AtMost(element.Text("value"), 2000, $"{pointer}/value", broken);
        AtMost(element.Text("url"), 3000, $"{pointer}/url", broken);
    }

    private static void AtMost(string? text, int length, string pointer, List<string> broken)
    {
        if (text?.Length > length)
            broken.Add($"must be less than {length + 1} characters [json-pointer:{pointer}]");
    }
}
