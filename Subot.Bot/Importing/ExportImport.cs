using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Importing;

/// <summary>Where the arrivals of an import go: applied at once, or handed to the bot that runs.</summary>
internal delegate ValueTask ArrivalSink(IReadOnlyList<Arrival> arrivals, CancellationToken ct);

/// <summary>
/// Imports channels of an export. An import repeats nothing: facts that are known are known. Reactions in an export have no time; they
/// are told as a read at the export's end, once per thread.
/// </summary>
/// <param name="appliesItself">Whether the sink applies at once; else expiry is the work of the bot that runs.</param>
internal sealed class ExportImport(SlackExport export, IStore store, SettingsHistory settings, ArrivalSink sink, bool appliesItself, TimeProvider time)
{
    private const int PerBatch = 2000;

    /// <summary>Imports one channel; returns how many messages it has.</summary>
    /// <param name="progress">Told after each day file.</param>
    public async Task<int> RunAsync(string name, ChannelId channel, Action progress, CancellationToken ct)
    {
        var translation = new Translation(WorkspaceIdentity.Nobody(channel));
        var reacted = new List<SlackMessage>();
        var batch = new List<Arrival>();
        var (count, first, end) = (0, Ts.Max, Ts.Zero);
        await foreach (var day in export.ReadAsync(name, ct))
        {
            foreach (var message in day)
            {
                count++;
                if (Ts.TryParse(message.Ts, out var ts))
                    (first, end) = (ts < first ? ts : first, ts > end ? ts : end);
                batch.AddRange(translation.FromHistory(channel, message, default, withSnapshot: false));
                if (!message.IsReply && message.Reactions.Count > 0)
                    reacted.Add(message);
                if (batch.Count < PerBatch)
                    continue;
                await FlushAsync(batch, ct);
            }

            progress();
        }

        foreach (var root in reacted)
        {
            var key = new ThreadKey(channel, Ts.Parse(root.Ts!));
            batch.Add(new Arrival(key, new MessageKey(channel, key.Root), translation.Snapshot(root, end)));
        }

        await FlushAsync(batch, ct);
        if (appliesItself)
            await ExpireAsync(channel, ct);

        // A stretch that begins after what is known leaves a gap, which the bot still has to read.
        var known = (await store.ChannelsAsync(ct)).FirstOrDefault(c => c.Id == channel);
        if (known is null)
            await store.RecordChannelAsync(new ChannelRecord(channel, name, end, end), ct);
        else if (first <= known.CompleteUntil && known.CompleteUntil < end)
            await store.RecordChannelAsync(known with { CompleteUntil = end }, ct);
        return count;
    }

    private async Task FlushAsync(List<Arrival> batch, CancellationToken ct)
    {
        if (batch.Count > 0)
            await sink([.. batch], ct);
        batch.Clear();
    }

    private async Task ExpireAsync(ChannelId channel, CancellationToken ct)
    {
        // All at once: each look goes through every open request.
        var due = await Expiry.DueAsync(store, channel, settings, Ts.From(time.GetUtcNow()), int.MaxValue, ct);
        foreach (var part in due.Chunk(PerBatch))
            await sink(part, ct);
    }
}
