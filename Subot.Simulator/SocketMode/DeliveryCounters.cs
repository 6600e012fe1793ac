using System.Text.Json.Nodes;

namespace Subot.Simulator.SocketMode;

/// <summary>What happened to the events, since the start.</summary>
public sealed class DeliveryCounters
{
    /// <summary>Events the app was to get, each counted once.</summary>
    public long Events { get; internal set; }

    /// <summary>Events given to a connection for the first time.</summary>
    public long Delivered { get; internal set; }

    /// <summary>Further deliveries of the same events: after a timeout or on another socket.</summary>
    public long Redelivered { get; internal set; }

    public long Acked { get; internal set; }

    /// <summary>Events nobody acknowledged in all attempts.</summary>
    public long GivenUp { get; internal set; }

    /// <summary>Acknowledgements of envelopes that are unknown or settled already.</summary>
    public long AcksRepeated { get; internal set; }

    /// <summary>Acknowledgements on a socket that had not delivered the envelope: ignored.</summary>
    public long AcksOnWrongSocket { get; internal set; }

    /// <summary>Acknowledgements above 20,480 bytes: ignored.</summary>
    public long AcksTooLarge { get; internal set; }

    /// <summary>Frames that are no acknowledgement.</summary>
    public long FramesNotUnderstood { get; internal set; }

    public JsonObject Show() => new()
    {
        ["events"] = Events,
        ["delivered"] = Delivered,
        ["redelivered"] = Redelivered,
        ["acked"] = Acked,
        ["given_up"] = GivenUp,
        ["acks_repeated"] = AcksRepeated,
        ["acks_on_wrong_socket"] = AcksOnWrongSocket,
        ["acks_too_large"] = AcksTooLarge,
        ["frames_not_understood"] = FramesNotUnderstood,
    };
}
