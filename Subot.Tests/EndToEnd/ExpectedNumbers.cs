using System.Globalization;
using System.Text.Json.Nodes;

namespace Subot.Tests.EndToEnd;

/// <summary>A real export of the test data, and what another program says its numbers are.</summary>
internal sealed class ExpectedNumbers
{
    private readonly JsonObject _json;

    private ExpectedNumbers(string export, JsonObject json) => (Export, _json) = (export, json);

    /// <summary>The path of the zip.</summary>
    public string Export { get; }

    public IReadOnlyList<string> Channels => [.. Config["channels"]!.AsArray().Select(c => c!.GetValue<string>())];

    /// <summary>User ids with commas.</summary>
    public string Team => string.Join(',', Config["team"]!.AsArray().Select(u => u!.GetValue<string>()));

    /// <summary>The instant of the numbers: seconds since 1970.</summary>
    public string AsOf => Config["as_of"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture);

    /// <summary>The parameters that say what the configuration says.</summary>
    public (string Name, string Value)[] Parameters =>
    [
        ("SUBOT_TIME_ZONE", Text("time_zone")),
        ("SUBOT_WORKING_HOURS", WorkingHours()),
        ("SUBOT_SOLVED_EMOJI", string.Join(',', Config["solved_emoji"]!.AsArray().Select(e => e!.GetValue<string>()))),
        ("SUBOT_EXPIRE_AFTER", Text("expire_after")),
        ("SUBOT_TEAM", Team),
    ];

    private JsonObject Config => _json["config"]!.AsObject();

    public static ExpectedNumbers Load(string name) => new(
        TestData.Require("data", "exports", name + ".zip"),
        JsonNode.Parse(File.ReadAllText(TestData.Require("data", "exports", name + ".expected.json")))!.AsObject());

    /// <summary>The numbers of a channel, as path and value: <c>first_response.median</c>.</summary>
    public Dictionary<string, string> Of(string channel) => Flatten(_json["channels"]![channel]!.AsObject());

    /// <summary>Every value of a JSON object by its path; equal numbers are equal texts.</summary>
    public static Dictionary<string, string> Flatten(JsonObject json)
    {
        var values = new Dictionary<string, string>();
        Add(json, "");
        return values;

        void Add(JsonObject part, string prefix)
        {
            foreach (var (name, value) in part)
            {
                if (value is JsonObject inner)
                    Add(inner, $"{prefix}{name}.");
                else
                    values[prefix + name] = AsText(value);
            }
        }
    }

    private static string AsText(JsonNode? value) =>
        value is JsonValue plain && plain.TryGetValue(out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : value?.ToJsonString() ?? "null";

    private string Text(string name) => Config[name]!.GetValue<string>();

    /// <summary>Days 0 (Monday) to 6 with their slots, as the parameter is written.</summary>
    private string WorkingHours()
    {
        string[] days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        var written = Config["working_hours"]!.AsObject().Select(day =>
            days[int.Parse(day.Key, CultureInfo.InvariantCulture)] + " " + string.Join(' ', day.Value!.AsArray().Select(slot => $"{slot![0]}-{slot[1]}")));
        return string.Join("; ", written);
    }
}
