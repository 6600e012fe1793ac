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
        var wanted = new LeaseDocument(_holder, (known?.Source.Beat ?? 0) + 1);
        if ((known is not null && known.Source.Holder != _holder && !HasStopped(name, known.Version)) || !await TryWriteAsync(name, wanted, known?.Version, ct))
        {
            _held.TryRemove(name, out _);
            return null;
        }

        _watched.TryRemove(name, out _);
        if (!_held.ContainsKey(name))
        {
            // Whoever had it may have left something undone.
            await FindUnfinishedAsync(ct);
            await FinishCreatingAsync(ct);
            _held[name] = true;
        }

        return new Lease(_time, asked, LeaseLength);
    }

    private async Task<bool> TryWriteAsync(string name, LeaseDocument wanted, DocumentVersion? known, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(wanted, DocumentsJson.Default.LeaseDocument);
        BulkItem item = known is { } version ? new BulkIndex(_indices.Records, LeaseIdOf(name), body, version) : new BulkCreate(_indices.Records, LeaseIdOf(name), body);
        if ((await WriteAsync([item], ct))[0].Kind == BulkOutcomeKind.Done)
            return true;
        // Perhaps it was written, and only the answer was lost.
        return (await GetAsync(_indices.Records, LeaseIdOf(name), DocumentsJson.Default.LeaseDocument, ct))?.Source == wanted;
    }

    /// <summary>Whether a lease has not changed for its length since this process watches it.</summary>
    private bool HasStopped(string name, DocumentVersion version)
    {
        var seen = _watched.AddOrUpdate(name, _ => (version, _time.GetTimestamp()), (_, before) => before.Version == version ? before : (version, _time.GetTimestamp()));
        return _time.GetElapsedTime(seen.Since) > LeaseLength;
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
