using Microsoft.Extensions.Logging;

namespace Subot.Tests.Bot;

/// <summary>Keeps what a bot logs, and lets a test wait for a line.</summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, int Times, TaskCompletionSource Written)> _waiting = [];

    public string All
    {
        get
        {
            lock (_gate)
                return string.Join(Environment.NewLine, _lines);
        }
    }

    /// <summary>Completes when so many lines with these words were written.</summary>
    public Task UntilAsync(string part, int times, CancellationToken ct)
    {
        lock (_gate)
        {
            if (Count(part) >= times)
                return Task.CompletedTask;
            var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((part, times, written));
            return written.Task.WaitAsync(ct);
        }
    }

    /// <summary>How many lines have these words.</summary>
    public int Count(string part)
    {
        lock (_gate)
            return _lines.Count(l => l.Contains(part, StringComparison.Ordinal));
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    /// <summary>Keeps a line.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            foreach (var (_, _, written) in _waiting.Where(w => Count(w.Part) >= w.Times))
                written.TrySetResult();
        }
    }

    private sealed class Logger(RecordedLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name})")}");
    }
}
