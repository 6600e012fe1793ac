using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace Subot.Slack;

/// <summary>What one connection tells of what it receives, called on its reader.</summary>
internal interface IConnectionOwner
{
    void OnEvent(SocketModeConnection connection, EventDelivery delivery);

    void OnFrame(SocketModeConnection connection, Frame frame, int bytes);

    void OnEnded(SocketModeConnection connection, string reason);
}

/// <summary>
/// One websocket: a reader that goes on until the socket ends, and writers that take turns. It is used once, and knows
/// nothing of other connections.
/// </summary>
internal sealed class SocketModeConnection : IAsyncDisposable
{
    private readonly IConnectionOwner _owner;
    private readonly SocketModeOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _http;
    private BufferedDuplexStream? _stream;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ArrayBufferWriter<byte> _acknowledgement = new(256);
    private readonly Utf8JsonWriter _acknowledgementWriter;
    private readonly TaskCompletionSource<HelloFrame> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _leftSocket;
    private long _welcomedAt;
    private Task<string> _reading = Task.FromResult("not opened");

    public SocketModeConnection(int number, IConnectionOwner owner, SocketModeOptions options, TimeProvider time)
    {
        (Number, _owner, _options, _time) = (number, owner, options, time);
        _acknowledgementWriter = new Utf8JsonWriter(_acknowledgement);
        _socket.Options.KeepAliveInterval = options.KeepAliveInterval;
        _socket.Options.KeepAliveTimeout = options.KeepAliveTimeout;
        var handler = new SocketsHttpHandler();
        options.ConfigureHandler?.Invoke(handler);
        // Above TLS, so that it saves work there too.
        handler.PlaintextStreamFilter = (context, _) =>
            ValueTask.FromResult<Stream>(_stream = new BufferedDuplexStream(context.PlaintextStream));
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>Counts connections, from 1.</summary>
    public int Number { get; }

    /// <summary>Completes when Slack says hello; never, if it does not.</summary>
    public Task<HelloFrame> Hello => _hello.Task;

    /// <summary>Completes when the connection is to be replaced: with Slack's reason, or when it ended.</summary>
    public Task<string> Leaving => _leaving.Task;

    /// <summary>Completes when the connection has ended, with what ended it. Never fails.</summary>
    public Task<string> Ended => _reading;

    /// <summary>Whether events come on it.</summary>
    public bool IsLive => WasWelcomed && !_leftSocket;

    /// <summary>Whether Slack said hello on it.</summary>
    public bool WasWelcomed => _hello.Task.IsCompleted;

    /// <summary>The time since Slack said hello.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_welcomedAt);

    /// <summary>Opens the socket and starts the reader.</summary>
    public async Task OpenAsync(Uri address, CancellationToken ct)
    {
        await _socket.ConnectAsync(address, _http, ct);
        _reading = ReadAsync();
    }

    public void Welcome(HelloFrame hello)
    {
        _welcomedAt = _time.GetTimestamp();
        _hello.TrySetResult(hello);
    }

    public void Leave(string reason) => _leaving.TrySetResult(reason);

    /// <summary>Ends it without a word.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Acknowledges some of a batch, all of which came on this connection: one frame each, few writes.</summary>
    /// <returns>False when the socket has ended: Slack delivers again.</returns>
    public async ValueTask<bool> AcknowledgeAsync(IReadOnlyList<EventDelivery> batch, int from, int to, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            if (_stream is null || _socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
                return false;
            _stream.Hold();
            for (var i = from; i < to; i++)
            {
                _acknowledgement.ResetWrittenCount();
                _acknowledgementWriter.Reset();
                Acknowledgement.Write(_acknowledgementWriter, batch[i].EnvelopeId);
                await _socket.SendAsync(_acknowledgement.WrittenMemory, WebSocketMessageType.Text, true, CancellationToken.None);
            }
            using var timeout = new CancellationTokenSource(_options.SendTimeout, _time);
            await _stream.ReleaseAsync(timeout.Token);
            return true;
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            Abort();
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <returns>False when the socket has ended.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            using var timeout = new CancellationTokenSource(_options.SendTimeout, _time);
            await _socket.SendAsync(frame, WebSocketMessageType.Text, true, timeout.Token);
            return true;
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            Abort();
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Closes politely, or a ghost would count against the app's connections; not waiting long for an answer.</summary>
    public async Task CloseAsync()
    {
        if (_reading.IsCompleted)
            return;
        try
        {
            using var timeout = new CancellationTokenSource(_options.CloseTimeout, _time);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
            await _reading.WaitAsync(timeout.Token);
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            // Slack leaves the connection open after its close frame.
        }
        Abort();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        Abort();
        await _reading;
        _socket.Dispose();
        _http.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        var reason = "closed by Slack";
        try
        {
            // Off the caller's stack, for what is read ahead is handled without a pause.
            await Task.Yield();
            await ReadFramesAsync();
        }
        catch (Exception e)
        {
            // Whatever ends the reading ends the connection: one that is not read is deaf, and must not pass for live.
            reason = e.Message;
        }
        _leftSocket = true;
        Abort();
        Leave(reason);
        _owner.OnEnded(this, reason);
        return reason;
    }

    private async Task ReadFramesAsync()
    {
        var frames = new FrameReader();
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            // No token: cancelling a receive would end the socket; it is aborted instead.
            var received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            length += received.Count;
            if (!received.EndOfMessage)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                continue;
            }
            Deliver(frames.Read(buffer.AsSpan(0, length)), length);
            length = 0;
        }
    }

    private byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= _options.MaxEnvelopeBytes)
            throw new WebSocketException($"an envelope of more than {_options.MaxEnvelopeBytes} bytes");
        var larger = new byte[buffer.Length * 2];
        buffer.CopyTo(larger, 0);
        return larger;
    }

    private void Deliver(object frame, int bytes)
    {
        if (frame is EventDelivery delivery)
        {
            delivery.Connection = this;
            _owner.OnEvent(this, delivery);
        }
        else
        {
            _owner.OnFrame(this, (Frame)frame, bytes);
        }
    }

    private static bool IsEndOfSocket(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException;
}
