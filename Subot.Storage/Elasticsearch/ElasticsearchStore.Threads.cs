using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private const int PageSize = 500;
    private const int MostOpen = 10;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<MessageKey, ThreadKey>> FindThreadsAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var threads = new Dictionary<MessageKey, ThreadKey>(messages.Count);
        var others = new List<MessageKey>();
        foreach (var message in messages)
        {
            if (_lateMessages.TryGet(message, out var thread))
                threads[message] = thread;
            else
                others.Add(message);
        }

        foreach (var (message, document) in (await MessagesAsync(others, ct)).Where(m => !m.Value.Source.IsMark))
            threads[message] = new ThreadKey(message.Channel, new Ts(document.Source.Root));
        return threads;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<ThreadKey, StoredThread>> LoadAsync(
        IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        var documents = await ReadAsync(threads, ct);
        _loaded = documents;
        return documents.ToDictionary(d => d.Key, d => d.Value.Source.Thread());
    }

    /// <inheritdoc/>
    public async ValueTask<LoadedThreads> LoadToChangeAsync(
        IReadOnlyCollection<ThreadKey> threads, IReadOnlyCollection<ThreadKey> likelyNew, CancellationToken ct)
    {
        var passedBy = _newest.TakeNewer(likelyNew);
        return new LoadedThreads(await LoadAsync([.. threads, .. likelyNew.Where(t => !passedBy.Contains(t))], ct), passedBy);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Fact>> LoadFactsAsync(ThreadKey thread, CancellationToken ct) =>
        (await ReadAsync([thread], ct)).TryGetValue(thread, out var document) ? FactList.Read(document.Source.Facts, thread.Root) : [];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<ThreadKey, IReadOnlyList<Fact>>> LoadFactsAsync(
        IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        var documents = await ReadAsync(threads, ct);
        return threads.Distinct().ToDictionary(t => t, t => documents.TryGetValue(t, out var document) ? (IReadOnlyList<Fact>)FactList.Read(document.Source.Facts, t.Root) : []);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<MessageKey, MessageFact>> LoadMessagesAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var threads = await FindThreadsAsync(messages, ct);
        var documents = await ReadAsync([.. threads.Values.Distinct()], ct);
        var found = new Dictionary<MessageKey, MessageFact>();
        foreach (var group in threads.GroupBy(t => t.Value, t => t.Key))
        {
            var facts = documents.TryGetValue(group.Key, out var document) ? FactList.Read(document.Source.Facts, group.Key.Root) : [];
            foreach (var message in group)
            {
                if (AsItReads(facts, message.Ts) is { } fact)
                    found[message] = fact;
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ThreadRecord> ReadThreadsAsync(ChannelId? channel, [EnumeratorCancellation] CancellationToken ct)
    {
        await RefreshAsync(ct);
        var query = channel is { } known ? Query.Of(Query.Term("channel", known.Value)) : Query.Of();
        await foreach (var document in PagesAsync(_indices.Threads, query, ["channel", "root"], DocumentsJson.Default.ThreadDocument, ct))
            yield return document.Source.Record();
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsBetweenAsync(ChannelId channel, Ts from, Ts to, CancellationToken ct) =>
        KeysAsync(Query.Of(Query.Term("channel", channel.Value), Query.Range("root", from.Micros, to.Micros)), "root", int.MaxValue, ct);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ThreadKey>> ThreadsSinceAsync(Ts instant, CancellationToken ct) =>
        [.. (await KeysAsync(Query.Of(Query.AtLeast("newest", instant.Micros)), "root", int.MaxValue, ct)).Order()];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsBeforeAsync(ChannelId channel, Ts before, int limit, CancellationToken ct) =>
        KeysAsync(Query.Of(Query.Term("channel", channel.Value), Query.Range("root", 0, before.Micros)), "-root", limit, ct);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> OpenThreadsAsync(ChannelId channel, Ts silentSince, int limit, CancellationToken ct) =>
        KeysAsync(Query.Of(Query.Term("channel", channel.Value), Query.AtMost("silence", silentSince.Micros)), "silence", limit, ct);

    /// <inheritdoc/>
    /// <remarks>Two messages of a person often follow each other within a second: what searches may not find yet is remembered.</remarks>
    public async ValueTask<bool> HasOpenRequestAsync(ChannelId channel, UserId requester, Ts from, Ts before, CancellationToken ct)
    {
        var late = _lateThreads.Values(key => key.Channel == channel && key.Root >= from && key.Root < before);
        if (late.Any(d => d.Source.Thread().State.IsOpenRequestOf(requester)))
            return true;
        var open = new NumbersFilter { Requesters = [requester], Statuses = [ThreadStatus.Unresponded, ThreadStatus.Responded] };
        var ids = await IdsAsync(_indices.Threads, NumbersSearch.QueryOf(new NumbersQuery([channel], from, before, before, open)), "root", MostOpen, ct);
        return (await ReadAsync([.. ids.Select(ThreadDocument.KeyOf)], ct)).Values.Any(d => d.Source.Thread().State.IsOpenRequestOf(requester));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<MessageKey, string>> LoadTextsAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct) =>
        (await MessagesAsync(messages, ct)).Where(m => m.Value.Source.Text is not null).ToDictionary(m => m.Key, m => m.Value.Source.Text!);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ChannelRecord>> ChannelsAsync(CancellationToken ct)
    {
        var document = await GetAsync(_indices.Records, Channels, DocumentsJson.Default.ChannelsDocument, ct);
        return [.. (document?.Source.Channels ?? []).Select(c => new ChannelRecord(new ChannelId(c.Key), c.Value.Name, new Ts(c.Value.CompleteUntil), new Ts(c.Value.ComparedUntil)))
            .OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id)];
    }

    /// <inheritdoc/>
    public async ValueTask RecordChannelAsync(ChannelRecord channel, CancellationToken ct) =>
        await ChangeAsync(_indices.Records, Channels, DocumentsJson.Default.ChannelsDocument, known => new ChannelsDocument(new(known?.Channels ?? [], StringComparer.Ordinal)
        {
            [channel.Id.Value] = new(channel.Name, channel.CompleteUntil.Micros, channel.ComparedUntil.Micros),
        }), ct);

    private const string Channels = "channels";

    private async Task<Dictionary<ThreadKey, Document<ThreadDocument>>> ReadAsync(
        IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        var found = new Dictionary<ThreadKey, Document<ThreadDocument>>();
        List<ThreadKey> others = [];
        foreach (var key in threads.Distinct())
        {
            if (_lateThreads.TryGet(key, out var document))
                found[key] = document;
            else
                others.Add(key);
        }

        await FindAsync(found, _indices.Threads, others, ThreadDocument.IdOf, DocumentsJson.Default.ThreadDocument, ct);
        return found;
    }

    private async Task<Dictionary<MessageKey, Document<MessageDocument>>> MessagesAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var found = new Dictionary<MessageKey, Document<MessageDocument>>();
        await FindAsync(found, _indices.Messages, messages.Distinct(), IdOf, DocumentsJson.Default.MessageDocument, ct);
        return found;
    }

    private static string IdOf(MessageKey message) => $"{message.Channel}:{message.Ts}";

    private async Task FindAsync<TKey, T>(
        Dictionary<TKey, Document<T>> found,
        string index,
        IEnumerable<TKey> keys,
        Func<TKey, string> id,
        JsonTypeInfo<T> type,
        CancellationToken ct)
        where TKey : notnull
    {
        foreach (var some in keys.Chunk(PageSize))
        {
            foreach (var (key, document) in some.Zip(await _client.MultiGetAsync(index, [.. some.Select(id)], type, ct)))
            {
                if (document is not null)
                    found[key] = document;
            }
        }
    }

    private static MessageFact? AsItReads(List<Fact> facts, Ts ts)
    {
        if (facts.OfType<MessageFact>().FirstOrDefault(m => m.Time == ts) is not { } message || facts.OfType<DeletionFact>().Any(d => d.Message == ts))
            return null;
        return facts.OfType<EditFact>().LastOrDefault(e => e.Message == ts) is { } edit ? message with { Verdicts = edit.Verdicts } : message;
    }

    /// <summary>The keys of threads that searches find, also those that were written a moment ago.</summary>
    private async ValueTask<IReadOnlyList<ThreadKey>> KeysAsync(JsonObject query, string order, int limit, CancellationToken ct)
    {
        if (limit == 0)
            return [];
        await RefreshAsync(ct);
        var keys = new List<ThreadKey>();
        await foreach (var hit in PagesAsync(_indices.Threads, query, order == "root" ? ["root", "channel"] : [order, "root"], DocumentsJson.Default.JsonElement, ct, Math.Min(limit, 10_000), source: false))
        {
            keys.Add(ThreadDocument.KeyOf(hit.Id));
            if (keys.Count == limit)
                break;
        }

        return keys;
    }

    /// <summary>Everything that a search finds, page by page.</summary>
    /// <param name="order">Fields that tell documents apart; a minus before one turns it round.</param>
    /// <param name="source">The fields that are read, or false for none; null for all.</param>
    /// <param name="after">The values of these fields after which it begins; null: at the beginning.</param>
    private async IAsyncEnumerable<Document<T>> PagesAsync<T>(
        string index,
        JsonObject query,
        string[] order,
        JsonTypeInfo<T> type,
        [EnumeratorCancellation] CancellationToken ct,
        int size = PageSize,
        JsonNode? source = null,
        JsonArray? after = null)
    {
        var body = new JsonObject
        {
            ["query"] = query,
            ["size"] = size,
            ["sort"] = new JsonArray([.. order.Select(f => (JsonNode)new JsonObject { [f.TrimStart('-')] = f[0] == '-' ? "desc" : "asc" })]),
            ["_source"] = source ?? true,
            ["track_total_hits"] = false,
        };
        if (after is not null)
            body["search_after"] = after;
        while (true)
        {
            var page = await _client.SearchAsync(index, body, type, ct);
            foreach (var hit in page.Hits)
                yield return hit;
            if (page.Hits.Count < size)
                yield break;
            body["search_after"] = new JsonArray([.. page.Sort.Select(v => JsonNode.Parse(v.GetRawText()))]);
        }
    }
}
