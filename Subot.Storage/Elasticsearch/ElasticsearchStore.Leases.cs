using System.Collections.Concurrent;
using System.Text.Json;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// A lease is a document that its holder changes again and again. Whoever else wants it watches it: when it has not changed for its length,
/// by the watcher's own clock, it is taken over, under a guard. Clocks of two machines are never compared.
/// </summary>
public sealed partial class ElasticsearchStore
{
    private readonly string _holder = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<string, (DocumentVersion Version, long Since)> _watched = new();
    private readonly ConcurrentDictionary<string, bool> _held = new();

    /// <inheritdoc/>
    public async ValueTask<Lease?> TryHoldAsync(string name, CancellationToken ct)
    {
        // The lease runs from before the write: what takes long must not make it longer.
        var asked = _time.GetTimestamp();
        var known = await GetAsync(_indices.Records, LeaseIdOf(name), DocumentsJson.Default.LeaseDocument, ct);
        var isTakenOver = known is not null && known.Source.Holder != _holder;
        if (isTakenOver && !HasStopped(name, known!.Version))
        {
            _held.TryRemove(name, out _);
            return null;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new LeaseDocument(_holder, (known?.Source.Beat ?? 0) + 1), DocumentsJson.Default.LeaseDocument);
        BulkItem item = known is null ? new BulkCreate(_indices.Records, LeaseIdOf(name), body) : new BulkIndex(_indices.Records, LeaseIdOf(name), body, known.Version);
        if ((await WriteAllAsync([item], ct))[0].Kind != BulkOutcomeKind.Done)
        {
            _held.TryRemove(name, out _);
            return null;
        }

        _watched.TryRemove(name, out _);
        if (_held.TryAdd(name, true) && isTakenOver)
        {
            await FindUnfinishedAsync(ct);
            await FinishCreatingAsync(ct);
        }

        return new Lease(_time, asked, _leaseLength);
    }

    /// <summary>Whether a lease has not changed for its length since this process watches it.</summary>
    private bool HasStopped(string name, DocumentVersion version)
    {
        var seen = _watched.AddOrUpdate(name, _ => (version, _time.GetTimestamp()), (_, before) => before.Version == version ? before : (version, _time.GetTimestamp()));
        return _time.GetElapsedTime(seen.Since) > _leaseLength;
    }

    /// <summary>Gives back what is held: the others need not wait for it.</summary>
    private async Task ReleaseAsync()
    {
        foreach (var name in _held.Keys)
        {
            try
            {
                if (await GetAsync(_indices.Records, LeaseIdOf(name), DocumentsJson.Default.LeaseDocument, CancellationToken.None) is { } known && known.Source.Holder == _holder)
                    await WriteAsync([new BulkDelete(_indices.Records, LeaseIdOf(name), known.Version)], CancellationToken.None);
            }
            catch (StoreException)
            {
                // It runs out.
            }
        }
    }

    private static string LeaseIdOf(string name) => $"lease:{name}";
}
