using System.Text.Json.Nodes;
using Subot.Domain;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    /// <inheritdoc/>
    public async ValueTask<FoundMessages> FindMessagesAsync(MessageSearch search, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var query = Query.Of(
        [
            Query.Terms("channel", search.Channels.Select(c => (JsonNode)c.Value)),
            Query.Range("root", search.From.Micros, search.To.Micros),
            .. search.Words.Words.Select(w => w.IsBeginning ? Query.Prefix("text", w.Text) : Query.Term("text", w.Text)),
        ]);
        var after = search.After is { } known ? new JsonArray(known.Ts.Micros, known.Channel.Value) : null;
        List<MessageKey> possible = [];
        await foreach (var hit in PagesAsync(_indices.Messages, query, ["-ts", "channel"], DocumentsJson.Default.MessageDocument, ct, Math.Min(search.Limit, PageSize), new JsonArray("channel", "ts"), after))
        {
            possible.Add(new MessageKey(new ChannelId(hit.Source.Channel), new Ts(hit.Source.Ts)));
            if (possible.Count == search.Limit)
                break;
        }

        // The index may not know yet what was edited or forgotten a moment ago.
        var documents = await MessagesAsync(possible, ct);
        var found = new List<FoundMessage>();
        foreach (var message in possible)
        {
            if (documents.TryGetValue(message, out var document) && document.Source.Text is { } text && search.Words.IsIn(text))
                found.Add(new FoundMessage(message, new ThreadKey(message.Channel, new Ts(document.Source.Root)), text));
        }

        return new FoundMessages(found, possible.Count == search.Limit ? possible[^1] : null);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SilentThread>> SilentThreadsAsync(
        IReadOnlyList<ChannelId> channels, SilentThread? after, int limit, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var query = Query.Of(Query.Terms("channel", channels.Select(c => (JsonNode)c.Value)), Query.Exists("silence"));
        var begin = after is { } known ? new JsonArray(known.Since.Micros, known.Key.Channel.Value, known.Key.Root.Micros) : null;
        List<SilentThread> silent = [];
        await foreach (var hit in PagesAsync(_indices.Threads, query, ["silence", "channel", "root"], DocumentsJson.Default.SilentDocument, ct, Math.Min(limit, PageSize), new JsonArray("channel", "root", "silence"), begin))
        {
            silent.Add(new SilentThread(new Ts(hit.Source.Silence), new ThreadKey(new ChannelId(hit.Source.Channel), new Ts(hit.Source.Root))));
            if (silent.Count == limit)
                break;
        }

        return silent;
    }
}
