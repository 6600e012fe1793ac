using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>The limits of texts and text objects.</summary>
internal static class TextRules
{
    /// <summary>A text object that must be there, neither empty nor too long.</summary>
    public static void Check(JsonObject parent, string name, int longest, string pointer, List<string> broken)
    {
        var text = (parent[name] as JsonObject)?.Text("text");
        if (text is null)
            broken.Add($"missing required field: {name} [json-pointer:{pointer}]");
        else if (text.Length == 0)
            broken.Add($"must be more than 0 characters [json-pointer:{pointer}/{name}/text]");
        AtMost(text, longest, $"{pointer}/{name}/text", broken);
    }

    public static void AtMost(string? text, int longest, string pointer, List<string> broken)
    {
        if (text?.Length > longest)
            broken.Add($"must be less than {longest + 1} characters [json-pointer:{pointer}]");
    }
}
