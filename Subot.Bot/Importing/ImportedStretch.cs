using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot.Importing;

/// <summary>The stretch of a channel's life that an import knows.</summary>
internal static class ImportedStretch
{
    /// <summary>Records it. One that begins after what is known leaves a gap, which the bot still has to read.</summary>
    public static async Task RecordAsync(IStore store, ChannelId channel, string name, Ts first, Ts end, CancellationToken ct)
    {
        var known = (await store.ChannelsAsync(ct)).FirstOrDefault(c => c.Id == channel);
        if (known is null)
            await store.RecordChannelAsync(new ChannelRecord(channel, name, end, end), ct);
        else if (first <= known.CompleteUntil && known.CompleteUntil < end)
            await store.RecordChannelAsync(known with { CompleteUntil = end }, ct);
    }
}
