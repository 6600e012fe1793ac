using System.Diagnostics;
using System.Text;
using Subot.Domain.Facts;

namespace Subot.Benchmarks.Store;

/// <summary>
/// Writes the documents of a bot once more, in the order of their events and in batches, into empty indices of the same mappings: one _bulk
/// after the other on one connection, each with the threads and messages that the batch touches. No reads, no guards, no decisions.
/// </summary>
internal sealed class BareBulkLoop(SearchServer server)
{
    private readonly List<(string Thread, string? Message)> _events = [];
    private Dictionary<string, string> _threads = [];
    private Dictionary<string, string> _messages = [];

    /// <summary>Reads what a bot has written.</summary>
    public async Task ReadAsync(string prefix, CancellationToken ct)
    {
        await using var store = await server.OpenAsync(prefix, ct);
        var events = new List<(long Time, string Thread, string? Message)>();
        await foreach (var record in store.ReadThreadsAsync(null, ct))
        {
            var key = record.Thread.State.Key;
            events.AddRange(record.Facts.Select(f => (f.Time.Micros, $"{key.Channel}:{key.Root}", f is MessageFact ? $"{key.Channel}:{f.Time}" : null)));
        }

        _events.AddRange(events.OrderBy(e => e.Time).Select(e => (e.Thread, e.Message)));
        _threads = await server.DocumentsAsync($"{prefix}-threads", ["channel", "root"], ct);
        _messages = await server.DocumentsAsync($"{prefix}-messages", ["channel", "ts"], ct);
    }

    /// <summary>Writes everything, the first third to warm up, and returns events per second of the rest.</summary>
    public async Task<double> RunAsync(string prefix, int batchSize, CancellationToken ct)
    {
        await using var made = await server.OpenAsync(prefix, ct);
        var batches = _events.Chunk(batchSize).Select(b => Lines(prefix, b)).ToList();
        var warmUp = batches.Count / 3;
        foreach (var batch in batches.Take(warmUp))
            await server.BulkAsync(batch, ct);
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in batches.Skip(warmUp))
            await server.BulkAsync(batch, ct);
        return (_events.Count - (warmUp * batchSize)) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private string Lines(string prefix, (string Thread, string? Message)[] batch)
    {
        var lines = new StringBuilder();
        foreach (var thread in batch.Select(e => e.Thread).Distinct())
            lines.Append($"{{\"index\":{{\"_index\":\"{prefix}-threads\",\"_id\":\"{thread}\"}}}}\n{_threads[thread]}\n");
        foreach (var message in batch.Select(e => e.Message).OfType<string>().Where(_messages.ContainsKey))
            lines.Append($"{{\"index\":{{\"_index\":\"{prefix}-messages\",\"_id\":\"{message}\"}}}}\n{_messages[message]}\n");
        return lines.ToString();
    }
}
