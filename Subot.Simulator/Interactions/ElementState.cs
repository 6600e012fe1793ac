using System.Text.Json.Nodes;

namespace Subot.Simulator.Interactions;

/// <summary>What an input or a select holds, in the fields in which Slack reports it.</summary>
internal static class ElementState
{
    /// <summary>The field of what was chosen; null for elements that hold nothing.</summary>
    private static string? FieldOf(string? type) => type switch
    {
        "plain_text_input" or "number_input" or "email_text_input" or "url_text_input" => "value",
        "static_select" or "radio_buttons" or "overflow" => "selected_option",
        "multi_static_select" or "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        _ => null,
    };

    /// <summary>True for what a view's state tells; buttons and menus are only pressed.</summary>
    public static bool IsKept(JsonObject element) => element.Text("type") != "overflow" && FieldOf(element.Text("type")) is not null;

    /// <summary>What it holds as long as nobody touched it.</summary>
    public static JsonObject Initial(JsonObject element)
    {
        var field = FieldOf(element.Text("type"))!;
        var initial = element[field == "value" ? "initial_value" : field.Replace("selected_", "initial_", StringComparison.Ordinal)];
        return new JsonObject { ["type"] = element.Text("type"), [field] = initial?.DeepClone() ?? (IsMany(field) ? new JsonArray() : null) };
    }

    /// <summary>What it holds once these were typed or chosen; what it does not offer counts as nothing.</summary>
    public static JsonObject Chosen(JsonObject element, params IReadOnlyList<string> given)
    {
        var state = new JsonObject { ["type"] = element.Text("type") };
        if (FieldOf(element.Text("type")) is not { } field)
            return state;
        var chosen = given.Where(one => one.Length > 0).Select(one => field.StartsWith("selected_option", StringComparison.Ordinal) ? OptionOf(element, one) : one);
        state[field] = IsMany(field) ? new JsonArray([.. chosen.Where(one => one is not null)]) : chosen.FirstOrDefault();
        return state;
    }

    /// <summary>What a client tells of an element: its value, several of them, or its whole state.</summary>
    public static JsonObject Told(JsonObject element, JsonNode? told) => told switch
    {
        JsonArray many => Chosen(element, [.. many.Select(one => one?.ToString() ?? "")]),
        JsonObject state => (JsonObject)state.DeepClone(),
        _ => Chosen(element, told?.ToString() ?? ""),
    };

    /// <summary>True when it holds something.</summary>
    public static bool IsFilled(JsonObject state) =>
        FieldOf(state.Text("type")) is { } field && state[field] switch
        {
            null => false,
            JsonArray many => many.Count > 0,
            JsonValue value => value.ToString().Length > 0,
            _ => true,
        };

    private static bool IsMany(string field) => field.EndsWith('s');

    private static JsonNode? OptionOf(JsonObject element, string value)
    {
        var grouped = (element["option_groups"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(group => group["options"] as JsonArray ?? []);
        return (element["options"] as JsonArray ?? []).Concat(grouped).OfType<JsonObject>()
            .FirstOrDefault(option => option.Text("value") == value)?.DeepClone();
    }
}
