using System.Text.Json.Nodes;

namespace Subot.Simulator.Interactions;

/// <summary>What a person filled in: block id, then action id, then the element's state.</summary>
internal static class ViewState
{
    private const string Missing = "Please complete this required field.";

    /// <summary>
    /// The state of all inputs: what was told of them (a value, several, or a whole state), else what they held at first.
    /// </summary>
    public static JsonObject Of(JsonArray? blocks, JsonObject told)
    {
        var values = (JsonObject)told.DeepClone();
        foreach (var (block, element) in BlockIds.Elements(blocks))
        {
            if (!ElementState.IsKept(element) || element.Text("action_id") is not { } action)
                continue;
            if (values[block] is not JsonObject states)
                values[block] = states = [];
            states[action] = states.ContainsKey(action) ? ElementState.Told(element, states[action]) : ElementState.Initial(element);
        }
        return values;
    }

    /// <summary>The same by action id alone; several choices are separated by commas.</summary>
    public static JsonObject Told(JsonArray? blocks, IReadOnlyDictionary<string, string> fields)
    {
        var told = new JsonObject();
        foreach (var (block, element) in BlockIds.Elements(blocks))
        {
            if (element.Text("action_id") is not { } action || !fields.TryGetValue(action, out var value))
                continue;
            if (told[block] is not JsonObject states)
                told[block] = states = [];
            var isMany = element.Text("type") is { } type && (type.StartsWith("multi_", StringComparison.Ordinal) || type == "checkboxes");
            states[action] = isMany ? Json.Array(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : value;
        }
        return told;
    }

    /// <summary>What Slack itself finds wrong, by block id: required inputs that are empty, texts too short or too long.</summary>
    public static JsonObject Problems(JsonArray? blocks, JsonObject values)
    {
        var problems = new JsonObject();
        for (var index = 0; index < (blocks?.Count ?? 0); index++)
        {
            if (blocks![index] is not JsonObject block || block.Text("type") != "input" || block["element"] is not JsonObject element)
                continue;
            var id = BlockIds.Of(block, index);
            if (element.Text("action_id") is { } action && values[id]?[action] is JsonObject state && Problem(block, element, state) is { } problem)
                problems[id] = problem;
        }
        return problems;
    }

    private static string? Problem(JsonObject block, JsonObject element, JsonObject state)
    {
        if (!ElementState.IsFilled(state))
            return block.Flag("optional") ? null : Missing;
        var length = state.Text("value")?.Length;
        if (element["min_length"] is JsonValue least && length < least.GetValue<int>())
            return $"Please enter at least {least} characters.";
        return element["max_length"] is JsonValue most && length > most.GetValue<int>() ? $"Please enter at most {most} characters." : null;
    }
}
