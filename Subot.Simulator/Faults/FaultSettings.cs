namespace Subot.Simulator.Faults;

/// <summary>What goes wrong with a Web API call.</summary>
public enum ApiFaultKind
{
    /// <summary>HTTP 429 with Retry-After; nothing is done.</summary>
    RateLimited,

    /// <summary>HTTP 500; nothing is done.</summary>
    ServerError,

    /// <summary>200 with <c>ok:false</c> and the code of <see cref="ApiFault.Error"/>; nothing is done.</summary>
    Error,

    /// <summary>The call is carried out, but its answer never comes: the connection closes instead.</summary>
    Timeout,

    /// <summary>The connection closes at once, and the call is carried out later.</summary>
    Late,
}

/// <summary>A fault of one method (or of all: "*"), for the next calls or with a probability.</summary>
public sealed record ApiFault(string Method, ApiFaultKind Kind)
{
    /// <summary>The chance of each call to meet the fault.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many more calls meet it; null for all.</summary>
    public int? Next { get; init; }

    /// <summary>Seconds of Retry-After.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>How long the answer hangs before the connection closes, and after which a late call is carried out.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The error code of <see cref="ApiFaultKind.Error"/>.</summary>
    public string Error { get; init; } = "internal_error";
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

    /// <summary>How long a new connection waits for its hello.</summary>
    public TimeSpan HelloDelay { get; init; }

    /// <summary>True when each link in a message of the app or a person is unfurled, which changes the message.</summary>
    public bool Unfurl { get; init; }

    public IReadOnlyList<ApiFault> Api { get; init; } = [];
}
