using System.Text.RegularExpressions;

namespace Subot.Tests.Faults;

/// <summary>What a process did to its sockets and to the write-ahead log, in order, as strace tells it.</summary>
internal sealed partial class SyscallTrace
{
    private readonly List<(TraceStep Step, string Line)> _steps = [];

    /// <summary>Reads what <c>strace -f -y</c> wrote.</summary>
    public static SyscallTrace Read(IEnumerable<string> lines)
    {
        var trace = new SyscallTrace();
        var syncing = new HashSet<string>();
        foreach (var line in lines)
        {
            var process = line.Split(' ', 2)[0];
            if (SyncBegins().IsMatch(line) && line.Contains("<unfinished", StringComparison.Ordinal))
                syncing.Add(process);
            else if (SyncBegins().IsMatch(line) || (SyncEnds().IsMatch(line) && syncing.Remove(process)))
                trace._steps.Add((TraceStep.LogSynced, line));
            else if (TextFrameSent().IsMatch(line))
                trace._steps.Add((TraceStep.FrameSent, line));
            else if (Received().IsMatch(line))
                trace._steps.Add((TraceStep.Received, line));
        }

        return trace;
    }

    /// <summary>The steps after something was received, up to the next frame that was sent.</summary>
    public IReadOnlyList<TraceStep> FromReceivedToSent(string marker)
    {
        var received = _steps.FindIndex(s => s.Step == TraceStep.Received && s.Line.Contains(marker, StringComparison.Ordinal));
        return received < 0 ? [] : [.. Until(TraceStep.FrameSent, received + 1)];
    }

    private IEnumerable<TraceStep> Until(TraceStep last, int from)
    {
        for (var index = from; index < _steps.Count; index++)
        {
            yield return _steps[index].Step;
            if (_steps[index].Step == last)
                yield break;
        }
    }

    [GeneratedRegex(@"\bf(data)?sync\(\d+<[^>]*-wal>")]
    private static partial Regex SyncBegins();

    [GeneratedRegex(@"<\.\.\. f(data)?sync resumed>.*= 0")]
    private static partial Regex SyncEnds();

    /// <summary>A client's text frame begins with the byte 0x81; its content is masked.</summary>
    [GeneratedRegex(@"\b(sendto|sendmsg|write|writev)\(\d+<(socket|TCP)[^""]*""\\201")]
    private static partial Regex TextFrameSent();

    [GeneratedRegex(@"\b(recvfrom|recvmsg|read)(\(| resumed>)")]
    private static partial Regex Received();
}

/// <summary>A step of a traced process.</summary>
internal enum TraceStep
{
    /// <summary>It received something from a socket.</summary>
    Received,

    /// <summary>The write-ahead log is on the disk.</summary>
    LogSynced,

    /// <summary>It begins to send a text frame on a websocket.</summary>
    FrameSent,
}
