using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private readonly LatelyWritten<ThreadKey, Document<ThreadDocument>> _lateThreads;
    private readonly LatelyWritten<MessageKey, ThreadKey> _lateMessages;
    private readonly NewestThreads _newest;

    // What was read last: mostly it is what is committed next. Its guards tell if it is old by then.
    private volatile Dictionary<ThreadKey, Document<ThreadDocument>> _loaded = [];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ThreadKey>> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        var before = await BeforeAsync(changes, ct);
        var conflicts = changes.Threads.Where(c => !IsAsRead(c, before)).Select(c => c.State.Key).ToHashSet();
        if (conflicts.Count == 0)
        {
            conflicts = await WriteAsync(changes, before, ct);
        }
        else
        {
            _loaded = [];
        }

        if (conflicts.Count > 0)
            return [.. changes.Threads.Select(c => c.State.Key).Where(conflicts.Contains)];

        var written = changes.Threads.Select(c => c.State.Key).ToHashSet();
        foreach (var post in changes.OwnPosts.Where(p => ActionPlace.ThreadOf(p.ActionId) is not { } thread || !written.Contains(thread)))
            await SettleAsync(post, ct);
        await WriteAsync([.. changes.InboxIds.Select(id => new BulkDelete(_indices.Records, InboxIdOf(id)))], ct);
        return [];
    }

    /// <summary>The documents that a commit replaces.</summary>
    private async Task<Dictionary<ThreadKey, Document<ThreadDocument>>> BeforeAsync(ChangeSet changes, CancellationToken ct)
    {
        var loaded = _loaded;
        var before = new Dictionary<ThreadKey, Document<ThreadDocument>>();
        var unknown = new List<ThreadKey>();
        foreach (var (key, version) in changes.Threads.Select(c => (c.State.Key, c.ExpectedVersion)).Concat(changes.Threads.SelectMany(c => c.Absorbed, (_, a) => (a.State.Key, a.Version))))
        {
            if (loaded.TryGetValue(key, out var document) && document.Source.Version == version)
                before[key] = document;
            else if (version > 0)
                unknown.Add(key);
        }

        foreach (var (key, document) in unknown.Count == 0 ? [] : await ReadAsync(unknown, ct))
            before[key] = document;
        return before;
    }

    private static bool IsAsRead(ThreadChange change, Dictionary<ThreadKey, Document<ThreadDocument>> before) =>
        change.Absorbed.Select(a => (a.State.Key, a.Version)).Append((change.State.Key, change.ExpectedVersion))
            .All(expected => (before.TryGetValue(expected.Key, out var document) ? document.Source.Version : 0) == expected.Item2);

    /// <summary>
    /// Writes each thread under its guard, and the texts with them; returns the threads that somebody else changed meanwhile, and those
    /// about which something is kept elsewhere. A fact counts as known once it is in its thread. If its text was left out then, the commit
    /// failed, the fact is brought again, and its text is repeated.
    /// </summary>
    private async Task<HashSet<ThreadKey>> WriteAsync(
        ChangeSet changes, Dictionary<ThreadKey, Document<ThreadDocument>> before, CancellationToken ct)
    {
        var strays = changes.Threads.Where(c => c.State.IsStray && !changes.IsCopy).Select(c => c.State.Key).ToHashSet();
        List<ThreadKey> begun = [.. changes.Threads.Where(c => c.ExpectedVersion == 0).Select(c => c.State.Key).Where(strays.Contains)];
        if (await AnnounceAsync(begun, ct) is { Count: > 0 } overtaken)
            return [.. overtaken];
        var messages = await MessagesAsync(changes, ct);
        var posts = changes.OwnPosts.ToLookup(p => ActionPlace.ThreadOf(p.ActionId));
        var written = changes.Threads.Select(change =>
        {
            var known = before.GetValueOrDefault(change.State.Key);
            return (posts[change.State.Key].Aggregate(ThreadDocument.Of(change, known?.Source, changes.Now), Settled), known?.Version);
        });
        foreach (var channel in changes.Threads.Where(c => c.Actions.Count > 0).GroupBy(c => c.State.Key.Channel))
            _recent.Add(channel.Key, channel.Select(c => ThreadDocument.IdOf(c.State.Key)));
        // What says that a message belongs to a stray comes last: should the message be known by then, it goes on leading to its thread.
        var last = messages.Where(m => strays.Contains(StrayOf(m.Key))).ToList();
        last.ForEach(m => messages.Remove(m.Key));
        var (conflicts, outcomes) = await PutAsync([.. written], ct, [.. messages.Select(m => ItemOf(m.Key, m.Value))]);
        conflicts.UnionWith(await OvertakenAsync(begun, ct));
        await WriteAsync([.. last.Where(m => !conflicts.Contains(StrayOf(m.Key))).Select(m => (BulkItem)ItemOf(m.Key, m.Value))], ct);
        var there = messages.Keys.Zip(outcomes).Where(m => !m.Second.IsNew).Select(m => m.First).ToHashSet();
        conflicts.UnionWith(await ThreadsWithStraysAsync(changes, there, ct));
        // Where a message stands itself: what is only told about it may still move to another thread.
        foreach (var change in changes.Threads)
        {
            foreach (var fact in change.NewFacts.OfType<MessageFact>())
                _lateMessages.Add(new MessageKey(change.State.Key.Channel, fact.Time), change.State.Key);
        }

        conflicts.UnionWith(await RemoveAbsorbedAsync([.. changes.Threads.Where(c => !conflicts.Contains(c.State.Key))], before, ct));
        return conflicts;
    }

    /// <summary>
    /// What was absorbed goes when it is in its thread: in between it is there twice, and adds nothing to any number. Returns the threads
    /// whose share somebody else changed meanwhile.
    /// </summary>
    private async Task<IEnumerable<ThreadKey>> RemoveAbsorbedAsync(
        IReadOnlyList<ThreadChange> changes, Dictionary<ThreadKey, Document<ThreadDocument>> before, CancellationToken ct)
    {
        var absorbed = changes.SelectMany(c => c.Absorbed, (c, a) => (c.State.Key, Gone: a.State.Key)).ToList();
        var gone = await WriteAsync([.. absorbed.Select(a => new BulkDelete(_indices.Threads, ThreadDocument.IdOf(a.Gone), before[a.Gone].Version))], ct);
        foreach (var (_, stray) in absorbed)
            _lateThreads.Remove(stray);
        return absorbed.Zip(gone).Where(a => a.Second.Kind == BulkOutcomeKind.Conflict).Select(a => a.First.Key);
    }

    /// <summary>
    /// Writes documents in place of those that were read, or as new ones. Remembers what is written, forgets what others changed, and
    /// returns the keys of that.
    /// </summary>
    /// <param name="more">What is written with them, and what came of it.</param>
    private async Task<(HashSet<ThreadKey> Conflicts, IEnumerable<BulkOutcome> More)> PutAsync(
        List<(ThreadDocument Document, DocumentVersion? Before)> threads, CancellationToken ct, params IReadOnlyList<BulkItem> more)
    {
        // What was read is old then, whatever comes of it.
        _loaded = [];
        var outcomes = await TryWriteAsync([.. threads.Select(t => ItemOf(t.Document, t.Before)), .. more], ct);
        var conflicts = new HashSet<ThreadKey>();
        foreach (var ((document, _), outcome) in threads.Zip(outcomes))
        {
            if (outcome.Kind == BulkOutcomeKind.Done)
            {
                _lateThreads.Add(document.Key, new(ThreadDocument.IdOf(document.Key), document, outcome.Version));
                continue;
            }

            _lateThreads.Remove(document.Key);
            conflicts.Add(document.Key);
        }

        ThrowIfFailed(outcomes);
        return (conflicts, outcomes.Skip(threads.Count));
    }

    private BulkItem ItemOf(ThreadDocument document, DocumentVersion? before)
    {
        var (id, body) = (ThreadDocument.IdOf(document.Key), JsonSerializer.SerializeToUtf8Bytes(document, DocumentsJson.Default.ThreadDocument));
        return before is { } version ? new BulkIndex(_indices.Threads, id, body, version) : new BulkCreate(_indices.Threads, id, body);
    }

    /// <summary>Where messages belong, and their texts. An older text does not replace a newer one, whoever writes last.</summary>
    private async Task<Dictionary<MessageKey, MessageDocument>> MessagesAsync(ChangeSet changes, CancellationToken ct)
    {
        var messages = new Dictionary<MessageKey, MessageDocument>();
        foreach (var change in changes.Threads)
        {
            var key = change.State.Key;
            foreach (var message in change.Messages)
                messages[new MessageKey(key.Channel, message.Ts)] = DocumentOf(key, message);
            // Not of another's text, whose message came after its edit, nor of one that was there before: its text is there.
            foreach (var fact in change.ReplacesFacts ? [] : change.NewFacts.OfType<MessageFact>())
                messages.TryAdd(new MessageKey(key.Channel, fact.Time), new(key.Channel.Value, fact.Time.Micros, key.Root.Micros, fact.Time.Micros, null));
        }

        foreach (var change in changes.Threads.Where(c => c.Absorbed.Count > 0))
            await LeadToAsync(change, messages, ct);
        await AddLeftOutAsync(changes.Repeated, messages, ct);
        return messages;
    }

    /// <summary>
    /// Repeated messages that an earlier commit left out. One that is there, and not older, stays as it is: its text may be forgotten
    /// since.
    /// </summary>
    private async Task AddLeftOutAsync(
        IReadOnlyList<RepeatedMessage> repeated, Dictionary<MessageKey, MessageDocument> messages, CancellationToken ct)
    {
        var documents = repeated.Select(r => (Key: new MessageKey(r.Thread.Channel, r.Message.Ts), Document: DocumentOf(r.Thread, r.Message))).ToList();
        var known = await MessagesAsync(documents.ConvertAll(d => d.Key), ct);
        foreach (var (key, document) in documents)
        {
            var isNewer = !known.TryGetValue(key, out var there) || there.Source.Since < document.Since;
            if (isNewer && (!messages.TryGetValue(key, out var other) || other.Since < document.Since))
                messages[key] = document;
        }
    }

    /// <summary>
    /// Messages whose edits came before them led to threads of their own: they keep their texts, and lead to the thread that absorbs those.
    /// </summary>
    private async Task LeadToAsync(ThreadChange change, Dictionary<MessageKey, MessageDocument> messages, CancellationToken ct)
    {
        var known = await MessagesAsync([.. change.Absorbed.Select(a => new MessageKey(a.State.Key.Channel, a.State.Key.Root))], ct);
        foreach (var (key, document) in known)
        {
            if (document.Source.IsMark || (messages.TryGetValue(key, out var newer) && newer.Since >= document.Source.Since))
                continue;
            messages[key] = document.Source with { Root = change.State.Key.Root.Micros };
        }
    }

    private static MessageDocument DocumentOf(ThreadKey thread, StoredMessage message) =>
        new(thread.Channel.Value, message.Ts.Micros, thread.Root.Micros, VersionOf(message.Since), message.Text);

    private BulkIndex ItemOf(MessageKey key, MessageDocument message) =>
        new(_indices.Messages, IdOf(key), BodyOf(message), ExternalVersion: message.Since);

    private static byte[] BodyOf(MessageDocument message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, DocumentsJson.Default.MessageDocument);

    // The server's versions end a little below the largest instant.
    private static long VersionOf(Ts since) => Math.Min(since.Micros, 9_000_000_000_000_000_000);
}
