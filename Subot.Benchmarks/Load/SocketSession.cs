using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Subot.Benchmarks.Load;

/// <summary>
/// The server's side of one websocket, on a thread of its own with blocking calls: one read takes all acknowledgements that are there,
/// one write sends all events that they make room for.
/// </summary>
internal sealed class SocketSession : IDisposable
{
    private const int Text = 1;
    private const int Close = 8;
    private const int Ping = 9;

    // A full window of the largest events.
    private readonly byte[] _out = new byte[1024 * 1024];
    private readonly byte[] _in = new byte[256 * 1024];
    private readonly List<long> _acks = [];
    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly Thread _reader;
    private LoadRun? _run;
    private long _nextNumber = 1;
    private volatile bool _closed;

    public SocketSession(Socket socket)
    {
        _socket = socket;
        _reader = new Thread(Read) { IsBackground = true, Name = "socket session" };
    }

    /// <summary>When the client was greeted, as a timestamp of the stopwatch.</summary>
    public long GreetedAt { get; private set; }

    /// <summary>The connection ended.</summary>
    public bool Closed => _closed;

    /// <summary>Greets the client; from then on it is read.</summary>
    public void Start()
    {
        var hello = """{"type":"hello","num_connections":1,"connection_info":{"app_id":"A0LOAD00000"},"debug_info":{"host":"load","build_number":1,"approximate_connection_time":18060}}"""u8;
        _socket.NoDelay = true;
        SendFrame(Text, hello);
        GreetedAt = Stopwatch.GetTimestamp();
        _reader.Start();
    }

    /// <summary>Sends events and awaits the acknowledgement of each.</summary>
    public Task<LoadResult> RunAsync(IEventSource source, int count, int window = 64)
    {
        lock (_gate)
        {
            if (_closed)
                throw new LoadException("The connection is closed.");
            _run = new LoadRun(source, _nextNumber, count, window);
            _nextNumber += count;
            SendMore();
            return _run.Completion;
        }
    }

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        _reader.Join();
    }

    private void Read()
    {
        var length = 0;
        var reason = "The connection ended.";
        try
        {
            while (_socket.Receive(_in.AsSpan(length)) is var received and > 0)
            {
                lock (_gate)
                {
                    length += received;
                    var used = TakeFrames(_in.AsSpan(0, length));
                    _in.AsSpan(used, length - used).CopyTo(_in);
                    length -= used;
                    if (_acks.Count > 0)
                        _run?.Burst(CollectionsMarshal.AsSpan(_acks));
                    _acks.Clear();
                    if (_socket.Available == 0)
                        SendMore();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer went away, or we did.
        }
        catch (LoadException e)
        {
            reason = e.Message;
        }

        _closed = true;
        lock (_gate)
            _run?.Fail(reason);
    }

    /// <summary>Takes all whole frames and returns their length.</summary>
    private int TakeFrames(Span<byte> bytes)
    {
        var used = 0;
        while (TryFrame(bytes[used..], out var opcode, out var payload, out var length))
        {
            used += length;
            if (opcode == Ping)
                SendFrame(opcode + 1, payload);
            else if (opcode == Close)
                SendFrame(Close, payload);
            else if (opcode == Text)
                TakeAck(payload);
        }

        return used;
    }

    private void TakeAck(ReadOnlySpan<byte> message)
    {
        var name = "\"envelope_id\":\""u8;
        var start = message.IndexOf(name);
        if (start < 0 || !EventFrame.TryReadNumber(message.Slice(start + name.Length, 36), out var number))
            throw new LoadException("A message that is no acknowledgement came.");
        _acks.Add(number);
    }

    /// <summary>A frame of a client: masked.</summary>
    private static bool TryFrame(Span<byte> bytes, out int opcode, out Span<byte> payload, out int length)
    {
        payload = [];
        opcode = length = 0;
        if (bytes.Length < 6)
            return false;
        opcode = bytes[0] & 15;
        int size = bytes[1] & 127, header = 2;
        if (size == 126)
            (size, header) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4);
        length = header + 4 + size;
        if (bytes.Length < length)
            return false;
        var mask = bytes.Slice(header, 4);
        payload = bytes.Slice(header + 4, size);
        for (var i = 0; i < size; i++)
            payload[i] ^= mask[i & 3];
        return true;
    }

    private void SendMore()
    {
        var now = TimeProvider.System.GetUtcNow();
        var length = _run?.Fill(_out, (now.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) ?? 0;
        if (length > 0)
            SendAll(_out.AsSpan(0, length));
    }

    private void SendFrame(int opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[payload.Length + 4];
        frame[0] = (byte)(0x80 | opcode);
        var header = payload.Length < 126 ? 2 : 4;
        frame[1] = (byte)(header == 2 ? payload.Length : 126);
        if (header == 4)
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
        payload.CopyTo(frame[header..]);
        SendAll(frame[..(header + payload.Length)]);
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }
}
