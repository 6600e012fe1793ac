using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Subot.Benchmarks.Load;

/// <summary>Accepts websockets, without a web server between the socket and the load.</summary>
internal sealed class SocketListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<SocketSession> _opened = Channel.CreateUnbounded<SocketSession>();
    private readonly List<SocketSession> _sessions = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SocketListener()
    {
        _listener.Start();
        _accepting = AcceptAsync(_stop.Token);
    }

    public Uri Url => new($"ws://{_listener.LocalEndpoint}/link/?ticket=load&app_id=A0LOAD00000");

    /// <summary>The next client that was greeted.</summary>
    public ValueTask<SocketSession> NextAsync(CancellationToken ct) => _opened.Reader.ReadAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var session in _sessions)
            session.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(ct);
                await UpgradeAsync(socket, ct);
                var session = new SocketSession(socket);
                session.Start();
                _sessions.Add(session);
                _opened.Writer.TryWrite(session);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or LoadException)
            {
                // A client that went away before it was greeted, or the end.
            }
        }
    }

    private static async Task UpgradeAsync(Socket socket, CancellationToken ct)
    {
        var buffer = new byte[8192];
        var request = "";
        while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var received = await socket.ReceiveAsync(buffer, ct);
            if (received == 0)
                throw new LoadException("The client went away.");
            request += Encoding.ASCII.GetString(buffer, 0, received);
        }

        var key = request.Split("\r\n").Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .First(header => header[0].Equals("Sec-WebSocket-Key", StringComparison.OrdinalIgnoreCase))[1];
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        var response = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(response), ct);
    }
}
