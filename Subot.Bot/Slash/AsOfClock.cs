using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>
/// The instant until which the record is complete: now while events come and nothing is missing, else when that was last so.
/// </summary>
internal sealed class AsOfClock(WorkspaceIdentity self, IThreadStore store, CatchUpService catchUp, TimeProvider time)
{
    public async ValueTask<Ts> NowAsync(CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        if (!catchUp.IsBehind)
            return now;
        var complete = (await store.ChannelsAsync(ct)).Where(c => self.Channels.Contains(c.Id)).Select(c => c.CompleteUntil).ToList();
        return complete.Count == 0 ? now : complete.Min();
    }
}
