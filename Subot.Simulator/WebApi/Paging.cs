using System.Text;
using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>Pages of lists with opaque cursors.</summary>
internal static class Paging
{
    /// <summary>A page of <paramref name="items"/> under the name <paramref name="field"/>, as the call asks for it.</summary>
    public static JsonObject Page<T>(ApiCall call, string field, IReadOnlyList<T> items, Func<T, JsonNode> show)
    {
        if (Limit(call, 100, 999) is not { } limit)
            return Answer.Error("invalid_limit");
        var start = 0;
        if (call.Has("cursor") && (!TryRead(call["cursor"]!, "next:", out var position) || !int.TryParse(position, out start)))
            return Answer.Error("invalid_cursor");
        var end = Math.Min(items.Count, start + limit);
        var page = new JsonArray();
        for (var index = start; index < end; index++)
            page.Add(show(items[index]));
        var next = end < items.Count ? Cursor("next:" + end) : "";
        return Answer.Ok(new JsonObject { [field] = page, ["response_metadata"] = Next(next) });
    }

    /// <summary>How many items a page has; null when the argument is out of range.</summary>
    public static int? Limit(ApiCall call, int usual, int most)
    {
        if (!call.Has("limit"))
            return usual;
        return call.Number("limit") is > 0 and <= 1000 and var limit ? Math.Min(limit, most) : null;
    }

    public static string Cursor(string position) => Convert.ToBase64String(Encoding.ASCII.GetBytes(position));

    public static bool TryRead(string cursor, string prefix, out string position)
    {
        var bytes = new byte[cursor.Length];
        position = Convert.TryFromBase64String(cursor, bytes, out var length) ? Encoding.ASCII.GetString(bytes, 0, length) : "";
        if (!position.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        position = position[prefix.Length..];
        return true;
    }

    public static JsonObject Next(string cursor) => new() { ["next_cursor"] = cursor };
}
