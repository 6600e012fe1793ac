using NUnit.Framework;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Subot.Tests.Slack;

/// <summary>Slack's end of one socket.</summary>
internal sealed class FakeSocket(WebSocket socket, Action abort)
{
    private readonly Channel<JsonElement> _received = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the client has closed it or it broke.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it ends a close handshake that the client began; Slack often does not.</summary>
    public bool AnswersClose { get; set; } = true;

    /// <summary>Whether the client sent a close frame.</summary>
    public bool ClosedPolitely { get; private set; }

    public Task HelloAsync(int numConnections = 1) =>
        SendAsync($$$"""{"type":"hello","num_connections":{{{numConnections}}},"connection_info":{"app_id":"A1"}}""");

    public Task DisconnectAsync(string reason) => SendAsync($$"""{"type":"disconnect","reason":"{{reason}}"}""");

    public Task EventAsync(string envelopeId, string eventJson) => SendAsync(
        $$$"""
        {"envelope_id":"{{{envelopeId}}}","payload":{"type":"event_callback","team_id":"T1","event_id":"Ev{{{envelopeId}}}",
         "event_time":1763884800,"event":{{{eventJson}}}},"type":"events_api","accepts_response_payload":false,"retry_attempt":0,"retry_reason":""}
        """);

    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), true);

    /// <summary>Sends, though the client may end the socket meanwhile.</summary>
    public async Task TrySendAsync(string text)
    {
        try
        {
            await SendAsync(text);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // It ended.
        }
    }

    public Task SendAsync(byte[] bytes, bool endOfMessage) =>
        socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage, CancellationToken.None);

    /// <summary>The next frame of the client.</summary>
    public async Task<JsonElement> NextAsync(CancellationToken ct) => await _received.Reader.ReadAsync(ct);

    /// <summary>Sends a close frame, and leaves the connection open as Slack does.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    /// <summary>Breaks the connection.</summary>
    public void Abort() => abort();

    public async Task ReadAsync()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    ClosedPolitely = true;
                    if (AnswersClose)
                        await CloseAsync();
                    break;
                }
                Assert.That(received.EndOfMessage, "one frame");
                _received.Writer.TryWrite(JsonElement.Parse(buffer.AsSpan(0, received.Count)));
            }
        }
        catch (WebSocketException)
        {
            // The connection broke.
        }
        _received.Writer.TryComplete();
        _ended.TrySetResult();
    }
}
