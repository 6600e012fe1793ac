using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

// A reply and what came before it, which is kept under the reply's own ts, may be written by two bots at once. Whoever writes the later one
// of the two finds out by the document of the reply's message, and is told to look again.
public sealed partial class ElasticsearchStore
{
    /// <summary>
    /// Leads from messages that are not known to what will be kept about them, before it is kept: who writes the message then looks for it.
    /// </summary>
    private async Task LeadToStraysAsync(IReadOnlyList<ThreadKey> strays, CancellationToken ct) =>
        await WriteAsync([.. strays.Select(s => (BulkItem)new BulkCreate(_indices.Messages, IdOf(MessageOf(s)), MarkOf(s)))], ct);

    /// <summary>Those of some strays whose messages were written meanwhile, into other threads.</summary>
    private async Task<IEnumerable<ThreadKey>> OvertakenAsync(IReadOnlyList<ThreadKey> strays, CancellationToken ct)
    {
        var messages = await MessagesAsync([.. strays.Select(MessageOf)], ct);
        return strays.Where(s => messages.TryGetValue(MessageOf(s), out var message) && message.Source.Root != s.Root.Micros);
    }

    /// <summary>Threads with new replies about which something is kept elsewhere, unless their change absorbs it.</summary>
    /// <param name="known">The messages that were known, in whatever way, before this commit wrote them.</param>
    private async Task<IEnumerable<ThreadKey>> MissingStraysAsync(ChangeSet changes, HashSet<MessageKey> known, CancellationToken ct)
    {
        if (known.Count == 0)
            return [];
        var replies = changes.Threads.SelectMany(
            c => c.NewFacts.OfType<MessageFact>().Where(m => m.Time != c.State.Key.Root && known.Contains(new(c.State.Key.Channel, m.Time))),
            (c, m) => (Thread: c.State.Key, Possible: new ThreadKey(c.State.Key.Channel, m.Time)));
        var absorbed = changes.Threads.SelectMany(c => c.Absorbed, (_, a) => a.State.Key).ToHashSet();
        var missing = replies.Where(r => !absorbed.Contains(r.Possible)).ToList();
        var strays = (await ReadAsync(missing.ConvertAll(r => r.Possible), ct)).Where(d => d.Value.Source.Thread().State.IsStray).Select(d => d.Key).ToHashSet();
        return missing.Where(r => strays.Contains(r.Possible)).Select(r => r.Thread);
    }

    private static MessageKey MessageOf(ThreadKey stray) => new(stray.Channel, stray.Root);

    private static byte[] MarkOf(ThreadKey stray) =>
        JsonSerializer.SerializeToUtf8Bytes(new MessageDocument(stray.Channel.Value, stray.Root.Micros, stray.Root.Micros, 0, null), DocumentsJson.Default.MessageDocument);
}
