using Subot.Bot.Apply;
using Subot.Bot.People;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Bot.Importing;

/// <summary>Where the arrivals of an import go: applied at once, or handed to the bot that runs.</summary>
internal delegate ValueTask ArrivalSink(IReadOnlyList<Arrival> arrivals, CancellationToken ct);

/// <summary>
/// Imports channels of an export. An import repeats nothing: facts that are known are known. Reactions in an export have no time; they
/// are told as a read at the export's end, once per thread: also that there are none any more.
/// </summary>
/// <param name="appliesItself">Whether the sink applies at once; else expiry is the work of the bot that runs.</param>
internal sealed class ExportImport(
    SlackExport export, IStore store, CurrentSettings settings, ArrivalSink sink, bool appliesItself, TimeProvider time)
{
    private const int PerBatch = 2000;

    private int _new;

    /// <summary>
    /// Imports one channel; returns how many messages it has, and how many of them were not known, which is 0 of those that another
    /// applies.
    /// </summary>
    /// <param name="progress">Told after each day file.</param>
    public async Task<(int Read, int New)> RunAsync(string name, ChannelId channel, Action progress, CancellationToken ct)
    {
        var translation = new Translation(WorkspaceIdentity.Nobody(channel), settings);
        var told = new List<SlackMessage>();
        var roots = new List<SlackMessage>();
        var batch = new List<Arrival>();
        var authors = new HashSet<string>();
        var (count, first, end) = (0, Ts.Max, Ts.Zero);
        _new = 0;
        await foreach (var day in export.ReadAsync(name, ct))
        {
            foreach (var message in day)
            {
                count++;
                if (!Ts.TryParse(message.Ts, out var ts))
                    continue;
                (first, end) = (ts < first ? ts : first, ts > end ? ts : end);
                if (message.User is { } author)
                    authors.Add(author);
                batch.AddRange(translation.FromHistory(channel, message, Ts.Max, withSnapshot: false));
                if (!message.IsReply)
                    roots.Add(message);
                if (batch.Count < PerBatch)
                    continue;
                told.AddRange(await WithReactionsAsync(channel, roots, ct));
                roots.Clear();
                await FlushAsync(batch, ct);
            }

            progress();
        }

        told.AddRange(await WithReactionsAsync(channel, roots, ct));
        foreach (var root in told)
        {
            var key = new ThreadKey(channel, Ts.Parse(root.Ts!));
            batch.Add(new Arrival(key, new MessageKey(channel, key.Root), translation.Snapshot(root, end)));
        }

        await FlushAsync(batch, ct);
        if (appliesItself)
            await ExpireAsync(channel, ct);
        await ImportedStretch.RecordAsync(store, channel, name, first, end, ct);
        await RecordPeopleAsync(authors, ct);
        return (count, _new);
    }

    /// <summary>Who wrote in the channel, and the team; the rest of the workspace is nobody's business here.</summary>
    private async Task RecordPeopleAsync(HashSet<string> authors, CancellationToken ct)
    {
        var erased = await ErasedPeople.OfAsync(store, ct);
        authors.UnionWith(settings.History.Latest.Settings.Everyone);
        // An account is what it was when it last changed.
        await store.RecordPeopleAsync(erased.Without(export.Users().Where(u => authors.Contains(u.Id)).DistinctBy(u => u.Id).Select(u => Account.ToPerson(u, new Ts(u.Updated * Ts.Second)))), ct);
    }

    /// <summary>
    /// The roots of which there are reactions to tell: in this export, or known from before and gone in it. Asked before the roots are
    /// applied: a first import knows none, and looks into none.
    /// </summary>
    private async Task<List<SlackMessage>> WithReactionsAsync(ChannelId channel, List<SlackMessage> roots, CancellationToken ct)
    {
        var byKey = roots.ToLookup(r => new ThreadKey(channel, Ts.Parse(r.Ts!)));
        var known = await store.LoadAsync([.. byKey.Where(r => !r.Any(m => m.Reactions.Count > 0)).Select(r => r.Key)], ct);
        var once = new HashSet<ThreadKey>();
        foreach (var key in known.Keys)
        {
            var facts = await store.LoadFactsAsync(key, ct);
            if (facts.Any(f => f is SnapshotFact { Reactions.Count: > 0 } || (f is ReactionFact reaction && reaction.Message == key.Root)))
                once.Add(key);
        }

        return [.. roots.Where(r => r.Reactions.Count > 0 || once.Contains(new ThreadKey(channel, Ts.Parse(r.Ts!))))];
    }

    private async Task FlushAsync(List<Arrival> batch, CancellationToken ct)
    {
        if (batch.Count == 0)
            return;
        if (appliesItself)
        {
            List<MessageKey> messages = [.. batch.Where(a => a.Fact is MessageFact).Select(a => a.About).Distinct()];
            _new += messages.Count - (await store.FindThreadsAsync(messages, ct)).Count;
        }

        await sink([.. batch], ct);
        batch.Clear();
    }

    private async Task ExpireAsync(ChannelId channel, CancellationToken ct)
    {
        // All at once: each look goes through every open request.
        var due = await Expiry.DueAsync(store, channel, settings.History, Ts.From(time.GetUtcNow()), int.MaxValue, ct);
        foreach (var part in due.Chunk(PerBatch))
            await sink(part, ct);
    }
}
