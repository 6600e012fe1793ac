using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subot.Benchmarks.Export;

/// <summary>What an import needs of a message.</summary>
internal sealed record ParsedMessage(
    string? Ts,
    string? ThreadTs,
    string? User,
    string? BotId,
    string? Subtype,
    string? Text,
    IReadOnlyList<ParsedReaction>? Reactions,
    IReadOnlyList<ParsedReply>? Replies,
    ParsedEdit? Edited);

internal sealed record ParsedReaction(string? Name, IReadOnlyList<string>? Users, int Count);

internal sealed record ParsedReply(string? User, string? Ts);

internal sealed record ParsedEdit(string? User, string? Ts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<ParsedMessage>))]
internal sealed partial class ParsedJson : JsonSerializerContext;

/// <summary>Only parses the days of an export, as a process of its own: what an import cannot do without.</summary>
internal static class ParsePeer
{
    public static async Task RunAsync(string folder, CancellationToken ct)
    {
        var messages = 0;
        foreach (var file in Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFiles))
        {
            if (!DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(file), "yyyy-MM-dd", out _))
                continue;
            var bytes = await File.ReadAllBytesAsync(file, ct);
            messages += JsonSerializer.Deserialize(bytes, ParsedJson.Default.ListParsedMessage)!.Count;
        }

        Console.WriteLine($"{messages} messages");
    }
}
