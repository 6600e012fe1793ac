using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subot.Api.Contracts;

/// <summary>How the API writes and reads JSON: names and words in snake_case, times in ISO 8601, durations in seconds.</summary>
public static class ApiJson
{
    /// <summary>The options of every answer.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions());

    /// <summary>Makes some options those of the API.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }
}
