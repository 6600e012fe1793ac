using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>Hands corrections to the bot, whose loop alone writes threads.</summary>
internal sealed class CorrectionInbox(IInbox inbox)
{
    /// <summary>Hands over what is said now of a thread as it was seen: it happens after all that is known of it.</summary>
    public async Task PostAsync(ProjectedThread thread, IReadOnlyList<CorrectionFact> corrections, Ts now, CancellationToken ct)
    {
        var (key, at) = (thread.Key, thread.After(now));
        if (corrections.Count > 0)
            await inbox.PostAsync([.. corrections.Select((c, i) => new InboxItem(key, new MessageKey(key.Channel, key.Root), c with { Time = new Ts(at.Micros + i) }, null))], ct);
    }
}
