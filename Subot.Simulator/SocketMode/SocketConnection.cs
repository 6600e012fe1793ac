using System.Net.WebSockets;
using System.Threading.Channels;

namespace Subot.Simulator.SocketMode;

/// <summary>One open websocket: a queue of frames to send, one writer, one reader.</summary>
internal sealed class SocketConnection(WebSocket socket, SilenceableStream bytes) : IDisposable
{
    private const int LargestFrame = 1 << 20;
    private readonly Channel<byte[]> outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource aborted = new();
    private readonly HashSet<Delivery> unsettled = [];

    /// <summary>True once hello was sent: before, it takes no envelopes. A closing connection takes none either.</summary>
    public bool IsReady { get; set; }

    /// <summary>Sends an event's envelope and remembers the event until it is settled.</summary>
    public void Deliver(Delivery delivery, byte[] envelope)
    {
        unsettled.Add(delivery);
        Send(envelope);
    }

    public bool Delivered(Delivery delivery) => unsettled.Contains(delivery);

    public void Settled(Delivery delivery) => unsettled.Remove(delivery);

    /// <summary>The events that were sent here and not settled.</summary>
    public Delivery[] TakeUnsettled()
    {
        Delivery[] taken = [.. unsettled];
        unsettled.Clear();
        return taken;
    }

    public void Send(byte[] frame) => outgoing.Writer.TryWrite(frame);

    /// <summary>Sends what is queued, then closes as Slack does: a close frame, without waiting for the other's.</summary>
    public void Close()
    {
        IsReady = false;
        outgoing.Writer.TryComplete();
    }

    /// <summary>From now on it neither sends nor reads, and stays open.</summary>
    public void Silence() => bytes.Silence();

    /// <summary>Drops the connection without a word.</summary>
    public void Abort()
    {
        IsReady = false;
        aborted.CancelAfter(TimeSpan.FromMilliseconds(1)); // not here: its callbacks must not run under the hub's lock
    }

    /// <summary>Sends and reads until either side ends it.</summary>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> received, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, aborted.Token);
        var writing = WriteAsync(either.Token);
        var reading = ReadAsync(received, either.Token);
        await Task.WhenAny(writing, reading);
        outgoing.Writer.TryComplete();
        either.CancelAfter(TimeSpan.FromSeconds(1));
        await Task.WhenAll(writing, reading);
        if (bytes.IsSilent)
            await HauntAsync(cancellationToken);
        socket.Abort();
    }

    /// <summary>A silent connection stays a ghost until the other side closes it, or it is dropped.</summary>
    private async Task HauntAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, aborted.Token);
        await bytes.ClosedByPeer.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => aborted.Dispose();

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                bytes.MoreFollows = outgoing.Reader.TryPeek(out _);
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> received, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close || length > LargestFrame)
                    return;
                length += part.Count;
                if (!part.EndOfMessage)
                    continue;
                received(buffer.AsMemory(0, length));
                length = 0;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }
}
