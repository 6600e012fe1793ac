using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>The limits of buttons, selects and inputs.</summary>
internal static class ElementRules
{
    private const int LongestId = 255;
    private const int LongestOption = 75;

    public static void Check(JsonObject element, string pointer, List<string> broken)
    {
        TextRules.AtMost(element.Text("action_id"), LongestId, $"{pointer}/action_id", broken);
        if (element["placeholder"] is not null)
            TextRules.Check(element, "placeholder", 150, pointer, broken);
        switch (element.Text("type"))
        {
            case "button":
                TextRules.Check(element, "text", 75, pointer, broken);
                TextRules.AtMost(element.Text("value"), 2000, $"{pointer}/value", broken);
                TextRules.AtMost(element.Text("url"), 3000, $"{pointer}/url", broken);
                break;
            case "static_select" or "multi_static_select" when element["option_groups"] is null:
                CheckOptions(element, 100, pointer, broken);
                break;
            case "checkboxes" or "radio_buttons":
                CheckOptions(element, 10, pointer, broken);
                break;
            case "overflow":
                CheckOptions(element, 5, pointer, broken);
                break;
        }
    }

    private static void CheckOptions(JsonObject element, int most, string pointer, List<string> broken)
    {
        if (element["options"] is not JsonArray { Count: > 0 } options)
        {
            broken.Add($"missing required field: options [json-pointer:{pointer}]");
            return;
        }
        if (options.Count > most)
            broken.Add($"no more than {most} items allowed [json-pointer:{pointer}/options]");
        for (var index = 0; index < options.Count; index++)
        {
            if (options[index] is not JsonObject option)
                continue;
            TextRules.Check(option, "text", LongestOption, $"{pointer}/options/{index}", broken);
            TextRules.AtMost(option.Text("value"), 150, $"{pointer}/options/{index}/value", broken);
        }
        foreach (var initial in (element["initial_options"] as JsonArray ?? []).Append(element["initial_option"]).OfType<JsonObject>())
            if (!options.Any(option => JsonNode.DeepEquals(option, initial)))
                broken.Add($"must be one of the provided options [json-pointer:{pointer}/initial_option]");
    }
}
