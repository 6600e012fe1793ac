using System.Text.Json.Serialization;

namespace Subot.Simulator.Faults;

/// <summary>What goes wrong with a Web API call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiFaultKind>))]
public enum ApiFaultKind
{
    /// <summary>200 with <c>ok:false</c> and the code of <see cref="ApiFault.Error"/>; nothing is done.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>HTTP 429 with Retry-After; nothing is done.</summary>
    [JsonStringEnumMemberName("429")]
    RateLimited,

    /// <summary>HTTP 500; nothing is done.</summary>
    [JsonStringEnumMemberName("500")]
    ServerError,

    /// <summary>The call is carried out, but its answer never comes: the connection hangs, then closes.</summary>
    [JsonStringEnumMemberName("post-timeout")]
    Timeout,

    /// <summary>The connection closes at once, and the call is carried out later.</summary>
    [JsonStringEnumMemberName("post-late")]
    Late,
}

/// <summary>A fault of one method ("*" for all), for the next calls or with a probability.</summary>
public sealed record ApiFault
{
    public required string Method { get; init; }

    public required ApiFaultKind Kind { get; init; }

    /// <summary>The chance of each call to meet the fault.</summary>
    public double Probability { get; set; } = 1;

    /// <summary>How many more calls meet it; null for all.</summary>
    public int? Next { get; set; }

    /// <summary>Seconds of Retry-After.</summary>
    public int RetryAfter { get; set; } = 1;

    /// <summary>Milliseconds: how long an answer hangs before the connection closes, or after which a late call is carried out.</summary>
    public int DelayMs { get; set; } = 1000;

    /// <summary>The code of <see cref="ApiFaultKind.Error"/>.</summary>
    public string Error { get; set; } = "internal_error";
}

/// <summary>The faults that last until they are changed. None by default.</summary>
public sealed record FaultSettings
{
    /// <summary>The chance of each event to be delivered twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Events are delivered in random order within a window of so many; 0 or 1 keeps their order.</summary>
    public int Reorder { get; init; }

    /// <summary>All sockets drop after each so many events; 0 for never.</summary>
    public int DropEvery { get; init; }

    /// <summary>The chance of each acknowledgement to be lost.</summary>
    public double LoseAcks { get; init; }

    /// <summary>Milliseconds a new connection waits for its hello.</summary>
    public int HelloDelayMs { get; init; }

    /// <summary>How many more connections are accepted and then never heard of again.</summary>
    public int SilentNext { get; init; }

    /// <summary>True when a message with a link changes a moment later, without a new text: its link is unfurled.</summary>
    public bool Unfurl { get; init; }

    /// <summary>Milliseconds that the date of an answer lags behind what it shows, as servers that cache their date do.</summary>
    public int DateLagMs { get; init; }

    /// <summary>Milliseconds an uploaded file is still processed, during which no block can show it.</summary>
    public int FileProcessingMs { get; init; }

    /// <summary>The error all calls get, such as "token_revoked"; null for none.</summary>
    public string? Token { get; init; }

    public IReadOnlyList<ApiFault> Api { get; init; } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true)]
[JsonSerializable(typeof(FaultSettings))]
internal sealed partial class FaultJson : JsonSerializerContext;
