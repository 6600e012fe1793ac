using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Subot.Tests.Simulator;

/// <summary>The app's end of a Socket Mode connection, without any client library.</summary>
public sealed class AppSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[1 << 16];

    private AppSocket()
    {
    }

    public static async Task<AppSocket> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        var connected = new AppSocket();
        await connected.socket.ConnectAsync(url, cancellationToken);
        return connected;
    }

    /// <summary>The next frame; null when the socket closed or dropped.</summary>
    public async Task<JsonObject?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                length += part.Count;
                if (part.EndOfMessage)
                    return JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject();
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>The next envelope's event, acknowledged.</summary>
    public async Task<JsonObject> TakeEventAsync(CancellationToken cancellationToken)
    {
        var envelope = await ReceiveAsync(cancellationToken) ?? throw new InvalidOperationException("The socket closed.");
        await AckAsync(envelope, cancellationToken);
        return envelope["payload"]!["event"]!.AsObject();
    }

    public Task AckAsync(JsonObject envelope, CancellationToken cancellationToken, JsonObject? payload = null)
    {
        var ack = new JsonObject { ["envelope_id"] = envelope["envelope_id"]!.DeepClone() };
        if (payload is not null)
            ack["payload"] = payload;
        return SendAsync(ack.ToJsonString(), cancellationToken);
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Goes away without a word.</summary>
    public void Drop() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
