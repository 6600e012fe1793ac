namespace Subot.Storage.Elasticsearch;

/// <summary>
/// What this process wrote a moment ago. To read such a document by its id makes the server refresh its index, which costs more than all
/// else; so it is remembered until the server has refreshed by itself. It may be old by then: whatever is made of it is written under its
/// guard.
/// </summary>
internal sealed class LatelyWritten<TKey, TValue>(TimeProvider time)
    where TKey : notnull
{
    // Twice the time after which indices are refreshed.
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (TValue Value, long At)> _known = [];
    private readonly Queue<(TKey Key, long At)> _order = [];

    public void Add(TKey key, TValue value)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _known[key] = (value, now);
            _order.Enqueue((key, now));
            while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) > s_kept)
            {
                _order.Dequeue();
                if (_known.TryGetValue(oldest.Key, out var known) && known.At == oldest.At)
                    _known.Remove(oldest.Key);
            }
        }
    }

    public bool TryGet(TKey key, out TValue value)
    {
        lock (_lock)
        {
            var isKnown = _known.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) <= s_kept;
            value = known.Value;
            return isKnown;
        }
    }

    /// <summary>What is remembered of some keys.</summary>
    public IReadOnlyList<TValue> Values(Func<TKey, bool> some)
    {
        lock (_lock)
            return [.. _known.Where(k => some(k.Key) && time.GetElapsedTime(k.Value.At) <= s_kept).Select(k => k.Value.Value)];
    }

    /// <summary>Forgets what turned out to be old.</summary>
    /// <returns>Whether it was remembered.</returns>
    public bool Remove(TKey key)
    {
        lock (_lock)
            return _known.Remove(key);
    }
}
