using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Codecs;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private long _lastEntry;

    /// <inheritdoc/>
    public async ValueTask PostAsync(IReadOnlyCollection<InboxItem> items, CancellationToken ct)
    {
        foreach (var item in items)
        {
            // Two processes may take the same number: one of them takes the next.
            BulkOutcome outcome;
            do
            {
                var entry = EntryOf(NextEntry(), item);
                var body = JsonSerializer.SerializeToUtf8Bytes(entry, DocumentsJson.Default.InboxDocument);
                outcome = (await WriteAsync([new BulkCreate(_indices.Records, InboxIdOf(entry.Entry), body)], ct))[0];
            }
            while (outcome.Kind == BulkOutcomeKind.Conflict);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<(long Id, InboxItem Item)>> PeekAsync(int limit, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var found = await IdsAsync(_indices.Records, Query.Of(Query.Exists("entry")), "entry", limit, ct);
        // Another process may have taken out what a search still finds.
        var entries = await _client.MultiGetAsync(_indices.Records, [.. found], DocumentsJson.Default.InboxDocument, ct);
        return [.. entries.OfType<Document<InboxDocument>>().Select(e => (e.Source.Entry, ItemOf(e.Source)))];
    }

    /// <summary>A number after all that this process gave, and after those that others gave before now.</summary>
    private long NextEntry()
    {
        var now = Ts.From(_time.GetUtcNow()).Micros;
        while (true)
        {
            var last = Interlocked.Read(ref _lastEntry);
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _lastEntry, next, last) == last)
                return next;
        }
    }

    private static string InboxIdOf(long entry) => $"inbox:{entry}";

    private static InboxDocument EntryOf(long number, InboxItem item)
    {
        var blob = new BlobWriter();
        FactCodec.Write(blob, item.Fact);
        return new InboxDocument(
            number, item.About.Channel.Value, item.Thread?.Root.Micros, item.About.Ts.Micros, item.Fact.Time.Micros, (int)item.Fact.Kind, blob.Written.ToArray(), item.Text);
    }

    private static InboxItem ItemOf(InboxDocument entry)
    {
        var channel = new ChannelId(entry.Channel);
        return new InboxItem(
            entry.Root is { } root ? new ThreadKey(channel, new Ts(root)) : null,
            new MessageKey(channel, new Ts(entry.About)),
            FactCodec.Read(entry.Fact, new Ts(entry.Time), (FactKind)entry.Kind),
            entry.Text);
    }
}
