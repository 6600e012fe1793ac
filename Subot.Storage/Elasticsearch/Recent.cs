namespace Subot.Storage.Elasticsearch;

/// <summary>What was written so lately that searches may not find it yet.</summary>
internal sealed class Recent<T>(TimeProvider time)
{
    // Indices are refreshed every second; a busy server may be late.
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<(T Item, long At)> _items = [];

    public void Add(IEnumerable<T> items)
    {
        lock (_lock)
        {
            foreach (var item in items)
                _items.Enqueue((item, time.GetTimestamp()));
            Forget();
        }
    }

    public List<T> Items()
    {
        lock (_lock)
        {
            Forget();
            return [.. _items.Select(i => i.Item)];
        }
    }

    private void Forget()
    {
        while (_items.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > s_kept)
            _items.Dequeue();
    }
}
