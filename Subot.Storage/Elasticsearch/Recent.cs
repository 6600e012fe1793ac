using Subot.Domain;

namespace Subot.Storage.Elasticsearch;

/// <summary>Documents with actions that were written so lately that searches may not find them yet, by channel.</summary>
internal sealed class Recent(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelId, List<(string Id, long At)>> _documents = [];

    /// <summary>Notes documents before they are written.</summary>
    public void Add(ChannelId channel, IEnumerable<string> ids)
    {
        lock (_lock)
        {
            if (!_documents.TryGetValue(channel, out var documents))
                _documents[channel] = documents = [];
            documents.AddRange(ids.Select(id => (id, time.GetTimestamp())));
        }
    }

    /// <summary>The ids of a channel's documents.</summary>
    public IReadOnlyList<string> Of(ChannelId channel)
    {
        lock (_lock)
            return _documents.TryGetValue(channel, out var documents) ? [.. documents.Select(d => d.Id)] : [];
    }

    /// <summary>Forgets what was noted before a moment: searches find it.</summary>
    public void Forget(long before)
    {
        lock (_lock)
        {
            foreach (var documents in _documents.Values)
                documents.RemoveAll(d => d.At < before);
        }
    }
}
