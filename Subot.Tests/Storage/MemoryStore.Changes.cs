using Subot.Domain;
using Subot.Storage;

namespace Subot.Tests.Storage;

public sealed partial class MemoryStore
{
    private readonly List<ChannelId> _changes = [];

    public ValueTask<StoreChanges> ChangesAsync(string? since, CancellationToken ct)
    {
        lock (_lock)
        {
            var newest = _threads.Values.SelectMany(t => t.Facts).Select(f => f.Time).DefaultIfEmpty(Ts.Zero).Max();
            return new(new StoreChanges($"{_changes.Count}", since is null ? [] : [.. _changes.Skip(int.Parse(since)).Distinct()], newest));
        }
    }
}
