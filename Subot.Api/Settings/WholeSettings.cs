using System.Text.Json;
using Subot.Api.Asking;
using Subot.Api.Contracts;
using Subot.Domain.Settings;
using Subot.Storage.Settings;

namespace Subot.Api.Settings;

/// <summary>
/// Whether settings that were sent are the whole: what is left out would go, and whoever sends a part means to change that part.
/// </summary>
internal static class WholeSettings
{
    private const int MostTold = 20;

    // The objects with fields of their own; what else is an object is a table, from which an entry is taken out by leaving it out.
    private static readonly string[] s_objects = ["", "on_call", "on_call.rota", "reminders", "reports"];

    /// <param name="body">What was sent, which could be read as settings.</param>
    /// <param name="present">What is set now.</param>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(Stream body, TeamSettings present, CancellationToken ct)
    {
        body.Position = 0;
        using var sent = await JsonDocument.ParseAsync(body, default, ct);
        var now = JsonSerializer.SerializeToElement(SettingsWriter.Write(present), ApiJson.Options);
        List<string> leftOut = [.. LeftOut(sent.RootElement, now, "")], empty = [.. EmptyItems(sent.RootElement, "").Take(MostTold)];
        return leftOut.Count == 0 ? empty
            : [$"Left out or null, and set now: {string.Join(", ", leftOut)}. Send all settings as you read them, with your change; what is to be empty is sent empty.", .. empty];
    }

    private static IEnumerable<string> LeftOut(JsonElement sent, JsonElement now, string place)
    {
        foreach (var field in now.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Null))
        {
            var name = BodyForm.Join(place, field.Name);
            // Within an object null says that there is to be none: no rota, no group.
            if (!sent.TryGetProperty(field.Name, out var there) || (place.Length == 0 && there.ValueKind == JsonValueKind.Null))
                yield return name;
            else if (s_objects.Contains(name) && there.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in LeftOut(there, field.Value, name))
                    yield return inner;
            }
        }
    }

    /// <summary>A null in a list is a slip, and would be a name without letters.</summary>
    private static IEnumerable<string> EmptyItems(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => item.ValueKind == JsonValueKind.Null ? [$"{place}[{i}] is empty."] : EmptyItems(item, $"{place}[{i}]")),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(f => EmptyItems(f.Value, BodyForm.Join(place, f.Name))),
        _ => [],
    };
}
