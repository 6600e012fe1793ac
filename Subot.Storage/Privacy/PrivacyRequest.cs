using System.Text.Json;
using System.Text.Json.Serialization;
using Subot.Domain;

namespace Subot.Storage.Privacy;

/// <summary>That a person is to be erased, or was.</summary>
/// <param name="Pseudonym">The id that stands for the person from then on, random.</param>
/// <param name="Key">With which the person's ids are hashed.</param>
/// <param name="Hashes">HMAC-SHA256 of each id that the person had: as Slack's user, and as the API's visitor.</param>
public sealed record Erasure(UserId Pseudonym, byte[] Key, IReadOnlyList<byte[]> Hashes)
{
    /// <summary>Who it is: not known any more once it is done.</summary>
    public UserId? Person { get; init; }
}

/// <summary>
/// Somebody asked to forget a person, or texts. The requests of a store are its record of what was forgotten, when, and at whose wish; they
/// name nobody who is.
/// </summary>
/// <param name="Author">Who asked: a name of a program or of a visitor of the API.</param>
public sealed record PrivacyRequest(string Id, string Author, DateTimeOffset AskedAt)
{
    /// <summary>The person to erase; null if it is about texts.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>Texts of messages before this instant are to be forgotten; null if it is about a person.</summary>
    public Ts? TextsBefore { get; init; }

    /// <summary>When nothing of it was left to find; null: not yet.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When nothing of it was left on the store's disk either; null: not yet.</summary>
    public DateTimeOffset? CompactedAt { get; init; }

    /// <summary>How many threads named the person.</summary>
    public int Threads { get; init; }

    /// <summary>How many texts were forgotten.</summary>
    public int Texts { get; init; }

    internal static string Write(IReadOnlyList<PrivacyRequest> requests) =>
        JsonSerializer.Serialize(requests, PrivacyJson.Default.IReadOnlyListPrivacyRequest);

    internal static IReadOnlyList<PrivacyRequest> Read(string json) =>
        JsonSerializer.Deserialize(json, PrivacyJson.Default.IReadOnlyListPrivacyRequest) ?? [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PrivacyRequest>))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
