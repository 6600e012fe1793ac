using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using Subot.Benchmarks.Load;

namespace Subot.Benchmarks.Processes;

/// <summary>The upper bound for a .NET client: takes the id out of each envelope and sends it back.</summary>
internal static class AckOnlyPeer
{
    public static async Task RunAsync(string apiUrl, CancellationToken ct)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(await OpenAsync(apiUrl, ct), ct);
        var buffer = new byte[64 * 1024];
        var ack = new byte[128];
        "{\"envelope_id\":\""u8.CopyTo(ack);
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            if (WriteAck(buffer.AsSpan(0, received.Count), ack) is var length and > 0)
                await socket.SendAsync(ack.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, ct);
        }
    }

    private static int WriteAck(ReadOnlySpan<byte> envelope, Span<byte> ack)
    {
        var name = "\"envelope_id\":\""u8;
        var start = envelope.IndexOf(name);
        if (start < 0)
            return 0;
        envelope.Slice(start + name.Length, 36).CopyTo(ack[16..]);
        "\"}"u8.CopyTo(ack[52..]);
        return 54;
    }

    private static async Task<Uri> OpenAsync(string apiUrl, CancellationToken ct)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Workspace.AppToken);
        using var answer = await http.PostAsync(new Uri(apiUrl + "apps.connections.open"), null, ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
        return new Uri(json.RootElement.GetProperty("url").GetString()!);
    }
}
