using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

// A reply and what came before it, which is kept under the reply's own ts, may be written by two bots at once. Whoever writes the later one
// of the two finds out by the document of the reply's message, and is told to look again.
public sealed partial class ElasticsearchStore
{
    /// <summary>
    /// Announces what will be kept about messages that are not known, in the documents of these messages: who writes one of them then
    /// looks for it.
    /// </summary>
    /// <returns>Those whose messages are known by now, in other threads.</returns>
    private async Task<IReadOnlyList<ThreadKey>> AnnounceAsync(IReadOnlyList<ThreadKey> strays, CancellationToken ct)
    {
        var marks = strays.Select(s => (BulkItem)new BulkCreate(_indices.Messages, IdOf(MessageOf(s)), BodyOf(MessageDocument.MarkOf(s))));
        var outcomes = await WriteAsync([.. marks], ct);
        return await OvertakenAsync([.. strays.Zip(outcomes).Where(s => s.Second.Kind == BulkOutcomeKind.Conflict).Select(s => s.First)], ct);
    }

    /// <summary>Those of some strays whose messages were written meanwhile, into other threads.</summary>
    private async Task<IReadOnlyList<ThreadKey>> OvertakenAsync(IReadOnlyList<ThreadKey> strays, CancellationToken ct)
    {
        var messages = await MessagesAsync([.. strays.Select(MessageOf)], ct);
        return [.. strays.Where(s => messages.TryGetValue(MessageOf(s), out var message) && message.Source.Root != s.Root.Micros)];
    }

    /// <summary>Threads with new replies about which something is kept elsewhere, unless their change absorbs it.</summary>
    /// <param name="there">The messages that had documents, of whatever kind, before this commit wrote theirs.</param>
    private async Task<IEnumerable<ThreadKey>> ThreadsWithStraysAsync(ChangeSet changes, HashSet<MessageKey> there, CancellationToken ct)
    {
        if (there.Count == 0 || changes.IsCopy)
            return [];
        var absorbed = changes.Threads.SelectMany(c => c.Absorbed, (_, a) => a.State.Key).ToHashSet();
        List<(ThreadKey Thread, ThreadKey Stray)> possible =
        [
            .. from change in changes.Threads
               let thread = change.State.Key
               from reply in change.NewFacts.OfType<MessageFact>()
               let message = new MessageKey(thread.Channel, reply.Time)
               let stray = StrayOf(message)
               where stray != thread && there.Contains(message) && !absorbed.Contains(stray)
               select (thread, stray),
        ];
        var known = await ReadAsync(possible.ConvertAll(p => p.Stray), ct);
        return possible.Where(p => known.TryGetValue(p.Stray, out var document) && document.Source.Thread().State.IsStray).Select(p => p.Thread);
    }

    private static MessageKey MessageOf(ThreadKey stray) => new(stray.Channel, stray.Root);

    private static ThreadKey StrayOf(MessageKey message) => new(message.Channel, message.Ts);
}
