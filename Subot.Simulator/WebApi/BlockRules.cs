using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>The limits of Block Kit that Slack enforces, each named with a pointer to what breaks it.</summary>
internal sealed class BlockRules(Uploads uploads)
{
    private const int MostInAMessage = 50;
    private const int MostInAView = 100;
    private const int LongestId = 255;

    private static readonly string[] Types =
    [
        "section", "actions", "context", "header", "divider", "image", "input", "rich_text", "file", "video", "markdown", "table", "context_actions",
    ];

    /// <summary>What is wrong with the blocks of a message; empty when nothing is.</summary>
    public List<string> Broken(JsonArray? blocks) => Broken(blocks, MostInAMessage, "/blocks");

    /// <summary>What is wrong with a view.</summary>
    public List<string> BrokenView(JsonObject view)
    {
        if (view.Text("type") is not ("modal" or "home"))
            return ["unsupported type [json-pointer:/view/type]"];
        var broken = Broken(view["blocks"] as JsonArray, MostInAView, "/view/blocks");
        if (view["blocks"] is not JsonArray)
            broken.Add("missing required field: blocks [json-pointer:/view]");
        TextRules.AtMost(view.Text("private_metadata"), 3000, "/view/private_metadata", broken);
        TextRules.AtMost(view.Text("callback_id"), LongestId, "/view/callback_id", broken);
        if (view.Text("type") == "home")
            return broken;
        TextRules.Check(view, "title", 24, "/view", broken);
        foreach (var name in (string[])["submit", "close"])
            if (view[name] is not null)
                TextRules.Check(view, name, 24, "/view", broken);
        var hasInputs = (view["blocks"] as JsonArray ?? []).OfType<JsonObject>().Any(block => block.Text("type") == "input");
        if (hasInputs && view["submit"] is null)
            broken.Add("missing required field: submit [json-pointer:/view]");
        return broken;
    }

    private List<string> Broken(JsonArray? blocks, int most, string root)
    {
        List<string> broken = [];
        HashSet<string> ids = [];
        if (blocks?.Count > most)
            broken.Add($"no more than {most} items allowed [json-pointer:{root}]");
        for (var index = 0; index < (blocks?.Count ?? 0); index++)
        {
            var pointer = $"{root}/{index}";
            if (blocks![index] is not JsonObject block)
                broken.Add($"must be an object [json-pointer:{pointer}]");
            else
                Check(block, pointer, broken);
            if ((blocks[index] as JsonObject)?.Text("block_id") is { } id && !ids.Add(id))
                broken.Add($"`block_id` already exists: {id} [json-pointer:{pointer}/block_id]");
        }
        return broken;
    }

    private void Check(JsonObject block, string pointer, List<string> broken)
    {
        var type = block.Text("type");
        if (type is null || !Types.Contains(type))
            broken.Add($"unsupported type: {type} [json-pointer:{pointer}/type]");
        TextRules.AtMost(block.Text("block_id"), LongestId, $"{pointer}/block_id", broken);
        if (type == "section")
            CheckSection(block, pointer, broken);
        else if (type == "header")
            TextRules.Check(block, "text", 150, pointer, broken);
        else if (type is "actions" or "context")
            CheckElements(block, type == "actions" ? 25 : 10, pointer, broken);
        else if (type == "image")
            CheckImage(block, pointer, broken);
        else if (type == "input")
            CheckInput(block, pointer, broken);
    }

    private void CheckSection(JsonObject block, string pointer, List<string> broken)
    {
        var fields = block["fields"] as JsonArray;
        if (block["text"] is not null || fields is null)
            TextRules.Check(block, "text", 3000, pointer, broken);
        if (fields?.Count > 10)
            broken.Add($"no more than 10 items allowed [json-pointer:{pointer}/fields]");
        for (var index = 0; index < (fields?.Count ?? 0); index++)
            TextRules.AtMost((fields![index] as JsonObject)?.Text("text"), 2000, $"{pointer}/fields/{index}", broken);
        if (block["accessory"] is JsonObject accessory)
            CheckElement(accessory, $"{pointer}/accessory", broken);
    }

    private void CheckElements(JsonObject block, int most, string pointer, List<string> broken)
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

    private void CheckInput(JsonObject block, string pointer, List<string> broken)
    {
        TextRules.Check(block, "label", 2000, pointer, broken);
        if (block["element"] is JsonObject element)
            CheckElement(element, $"{pointer}/element", broken);
        else
            broken.Add($"missing required field: element [json-pointer:{pointer}]");
    }

    private void CheckElement(JsonObject element, string pointer, List<string> broken)
    {
        if (element.Text("type") == "image")
            CheckImage(element, pointer, broken);
        else
            ElementRules.Check(element, pointer, broken);
    }

    /// <summary>A file of the workspace can be shown once it is processed; Slack says no more than that it cannot.</summary>
    private void CheckImage(JsonObject image, string pointer, List<string> broken)
    {
        if (image.Text("alt_text") is null)
            broken.Add($"missing required field: alt_text [json-pointer:{pointer}]");
        if (image["slack_file"] is JsonObject file && !uploads.IsShowable(file.Text("id"), file.Text("url")))
            broken.Add($"invalid slack file [json-pointer:{pointer}/slack_file]");
        else if (image["slack_file"] is null && image.Text("image_url") is null)
            broken.Add($"missing required field: image_url [json-pointer:{pointer}]");
    }
}
