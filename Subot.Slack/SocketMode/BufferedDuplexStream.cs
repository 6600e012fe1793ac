using System.Buffers;

namespace Subot.Slack;

/// <summary>
/// Lies between a websocket and its connection, so that many small frames cost one system call: reads ahead in large
/// pieces, and while writes are held collects them.
/// </summary>
internal sealed class BufferedDuplexStream(Stream inner) : Stream
{
    private readonly byte[] _read = new byte[64 * 1024];
    private int _readStart, _readEnd;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private ArrayBufferWriter<byte> _held = new(16 * 1024);
    private ArrayBufferWriter<byte> _spare = new(16 * 1024);
    private bool _holds;

    /// <summary>Collects what is written until <see cref="ReleaseAsync"/>.</summary>
    public void Hold()
    {
        lock (_gate)
            _holds = true;
    }

    /// <summary>Writes what was collected, at once.</summary>
    public async ValueTask ReleaseAsync(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            ArrayBufferWriter<byte> collected;
            lock (_gate)
            {
                _holds = false;
                collected = _held;
                (_held, _spare) = (_spare, _held);
            }
            if (collected.WrittenCount > 0)
                await inner.WriteAsync(collected.WrittenMemory, ct);
            collected.ResetWrittenCount();
        }
        finally
        {
            _writing.Release();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_readStart < _readEnd || buffer.Length == 0)
            return ValueTask.FromResult(TakeRead(buffer.Span));
        return buffer.Length >= _read.Length ? inner.ReadAsync(buffer, cancellationToken) : ReadAheadAsync(buffer, cancellationToken);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryHold(buffer.Span))
            return;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private bool TryHold(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_holds)
                _held.Write(bytes);
            return _holds;
        }
    }

    private async ValueTask<int> ReadAheadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        _readStart = 0;
        _readEnd = await inner.ReadAsync(_read, ct);
        return TakeRead(buffer.Span);
    }

    private int TakeRead(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _readEnd - _readStart);
        _read.AsSpan(_readStart, count).CopyTo(destination);
        _readStart += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("This stream is read asynchronously.");
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("This stream is written asynchronously.");
    public override void Flush() => inner.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
