using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>The instant until which the record is complete: now while events come, else when they last did.</summary>
internal sealed class AsOfClock(WorkspaceIdentity self, IThreadStore store, ConnectionState connection, TimeProvider time)
{
    public async ValueTask<Ts> NowAsync(CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        if (connection.IsLive)
            return now;
        var complete = (await store.ChannelsAsync(ct)).Where(c => self.Channels.Contains(c.Id)).Select(c => c.CompleteUntil).ToList();
        return complete.Count == 0 ? now : complete.Min();
    }
}
