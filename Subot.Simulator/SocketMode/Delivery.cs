using System.Text;
using System.Text.Json.Nodes;

namespace Subot.Simulator.SocketMode;

/// <summary>One event on its way to the app: sent at least once, until it is acknowledged or given up.</summary>
internal sealed class Delivery(ReadOnlyMemory<byte> body)
{
    /// <summary>How often it was tried before: 0 at first, 3 at last.</summary>
    public int Attempt { get; set; }

    public bool IsSettled { get; set; }

    /// <summary>The ids of all envelopes this event was sent in.</summary>
    public List<string> EnvelopeIds { get; } = new(1);

    public byte[] Envelope(string id)
    {
        var reason = Attempt == 0 ? "" : "timeout";
        return Envelopes.Wrap(id, "events_api", acceptsPayload: false, $",\"retry_attempt\":{Attempt},\"retry_reason\":\"{reason}\"", body.Span);
    }
}

/// <summary>The frames Slack sends.</summary>
internal static class Envelopes
{
    public static byte[] Wrap(string id, string type, bool acceptsPayload, string extra, ReadOnlySpan<byte> payload)
    {
        var head = $"{{\"envelope_id\":\"{id}\",\"type\":\"{type}\",\"accepts_response_payload\":{(acceptsPayload ? "true" : "false")}{extra},\"payload\":";
        var frame = new byte[Encoding.ASCII.GetByteCount(head) + payload.Length + 1];
        var length = Encoding.ASCII.GetBytes(head, frame);
        payload.CopyTo(frame.AsSpan(length));
        frame[^1] = (byte)'}';
        return frame;
    }

    public static byte[] Hello(string appId, int connections, int secondsToLive) => Json.Bytes(new JsonObject
    {
        ["type"] = "hello",
        ["num_connections"] = connections,
        ["connection_info"] = new JsonObject { ["app_id"] = appId },
        ["debug_info"] = new JsonObject
        {
            ["host"] = "applink-simulated",
            ["build_number"] = 1,
            ["approximate_connection_time"] = secondsToLive,
        },
    });

    public static byte[] Disconnect(string reason) => Json.Bytes(new JsonObject
    {
        ["type"] = "disconnect",
        ["reason"] = reason,
        ["debug_info"] = new JsonObject { ["host"] = "applink-simulated" },
    });
}
