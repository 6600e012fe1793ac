using Subot.Domain;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// The newest key of each channel that any commit was prepared for since the store was opened. What is newer than that is hardly there:
/// to look for it would cost a batch a third of what it costs to write it.
/// </summary>
internal sealed class NewestThreads(Ts opened)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelId, Ts> _newest = [];

    /// <summary>Those of some threads that are newer than all before. The next time they are not.</summary>
    public HashSet<ThreadKey> TakeNewer(IReadOnlyCollection<ThreadKey> threads)
    {
        lock (_lock)
        {
            var newer = threads.Where(t => t.Root > _newest.GetValueOrDefault(t.Channel, opened)).ToHashSet();
            foreach (var thread in newer.OrderBy(t => t.Root))
                _newest[thread.Channel] = thread.Root;
            return newer;
        }
    }
}
