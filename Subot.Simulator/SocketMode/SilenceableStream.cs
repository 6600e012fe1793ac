using System.Buffers;

namespace Subot.Simulator.SocketMode;

/// <summary>
/// The bytes of one websocket, which can fall silent: from then on nothing is sent, what comes is not read by anyone, and
/// the TCP connection stays open until the other side closes it. That is what a half-open socket looks like.
/// It also holds frames back while more of them follow at once, so that a burst is few writes to the network.
/// </summary>
internal sealed class SilenceableStream(Stream inner) : Stream
{
    private const int MostHeld = 32 * 1024;
    private readonly TaskCompletionSource closedByPeer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ArrayBufferWriter<byte> held = new();
    private volatile bool isSilent;

    public bool IsSilent => isSilent;

    /// <summary>Set by the writer before it sends a frame: true when another one is ready to be sent after it.</summary>
    public bool MoreFollows { get; set; }

    /// <summary>Completes when the other side of a silent connection closes it.</summary>
    public Task ClosedByPeer => closedByPeer.Task;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Silence() => isSilent = true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A read that began before the silence goes on under it, and its reader may be gone by then: so it has no token.
        if (!isSilent)
        {
            var read = inner.ReadAsync(buffer, CancellationToken.None);
            var count = read.IsCompletedSuccessfully ? read.Result : await read.AsTask().WaitAsync(cancellationToken);
            if (!isSilent || count == 0)
                return count;
        }
        await DiscardAsync().WaitAsync(cancellationToken);
        return 0;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var isLast = !MoreFollows || held.WrittenCount + buffer.Length > MostHeld;
        if (!isLast || held.WrittenCount > 0)
            held.Write(buffer.Span);
        if (!isLast)
            return;
        if (!isSilent)
            await inner.WriteAsync(held.WrittenCount > 0 ? held.WrittenMemory : buffer, cancellationToken);
        held.ResetWrittenCount();
    }

    // The server's own stream flushes each write.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isSilent)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async Task DiscardAsync()
    {
        var nothing = new byte[4096];
        try
        {
            while (await inner.ReadAsync(nothing, CancellationToken.None) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side closed it roughly, which ends the silence as well.
        }
        closedByPeer.TrySetResult();
    }
}
