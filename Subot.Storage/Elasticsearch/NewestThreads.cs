using Subot.Domain;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// Up to which root the threads of each channel were looked for since the store was opened. Newer ones are hardly there: to look for them
/// would cost each batch a third as much again as to write it.
/// </summary>
internal sealed class NewestThreads(Ts opened)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelId, Ts> _newest = [];

    /// <summary>Which of some threads are newer than all that were looked for. The next time they are not.</summary>
    public HashSet<ThreadKey> TakeNewer(IReadOnlyCollection<ThreadKey> threads)
    {
        lock (_lock)
        {
            var newer = threads.Where(t => t.Root > NewestOf(t.Channel)).ToHashSet();
            foreach (var thread in newer)
                _newest[thread.Channel] = NewestOf(thread.Channel) is var newest && newest > thread.Root ? newest : thread.Root;
            return newer;
        }
    }

    private Ts NewestOf(ChannelId channel) => _newest.GetValueOrDefault(channel, opened);
}
