using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class BufferedDuplexStreamTests
{
    [Test]
    public async Task Small_reads_cost_one_large_one()
    {
        var inner = new CountingStream([.. Enumerable.Range(0, 50_000).Select(i => (byte)i)]);
        await using var stream = new BufferedDuplexStream(inner);
        var read = new byte[50_000];
        for (var at = 0; at < read.Length;)
            at += await stream.ReadAsync(read.AsMemory(at, Math.Min(100, read.Length - at)));

        Assert.That(read, Is.EqualTo(inner.ToArray()));
        Assert.That(inner.Reads, Is.EqualTo(1));
        Assert.That(await stream.ReadAsync(new byte[10].AsMemory()), Is.Zero, "the end");
    }

    [Test]
    public async Task Held_writes_are_one_and_keep_their_order()
    {
        var inner = new CountingStream([]);
        await using var stream = new BufferedDuplexStream(inner);
        for (var round = 0; round < 3; round++)
        {
            stream.Hold();
            for (byte i = 0; i < 100; i++)
                await stream.WriteAsync(new[] { i });
            Assert.That(inner.Writes, Is.EqualTo(round));
            await stream.ReleaseAsync(CancellationToken.None);
        }
        await stream.WriteAsync("x"u8.ToArray());

        Assert.That(inner.Writes, Is.EqualTo(4));
        Assert.That(inner.ToArray(), Is.EqualTo(Enumerable.Range(0, 300).Select(i => (byte)(i % 100)).Append((byte)'x')));
    }

    private sealed class CountingStream : MemoryStream
    {
        public CountingStream(byte[] content)
        {
            Write(content);
            Position = 0;
            Writes = 0;
        }

        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
