using System.Text.Json;
using Subot.Domain;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// Several actions are created all or none: their list is written first, as one document, and whoever finds it creates what is missing.
/// </summary>
public sealed partial class ElasticsearchStore
{
    private readonly HashSet<string> _unfinished = [];
    private readonly SemaphoreSlim _creating = new(1);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> CreateActionsAsync(IReadOnlyList<StoredAction> actions, CancellationToken ct)
    {
        List<ActionFields> fields = [.. actions.Select(ActionFields.Of)];
        if (fields.Count < 2)
            return await CreateAsync(fields, ct);
        await _creating.WaitAsync(ct);
        try
        {
            await FinishKnownAsync(ct);
            return await CreateAllAsync(fields, ct);
        }
        finally
        {
            _creating.Release();
        }
    }

    private async Task<IReadOnlyList<string>> CreateAllAsync(List<ActionFields> fields, CancellationToken ct)
    {
        var list = $"create:{fields[0].Id}";
        lock (_unfinished)
            _unfinished.Add(list);
        // One that is there already is another process's, which died: what it wanted comes first.
        var body = JsonSerializer.SerializeToUtf8Bytes(new CreationDocument(true, fields), DocumentsJson.Default.CreationDocument);
        var outcome = (await WriteAsync([new BulkCreate(_indices.Records, list, body)], ct))[0];
        if (outcome.Kind == BulkOutcomeKind.Conflict)
            await FinishAsync(list, ct);
        var created = await CreateAsync(fields, ct);
        await ForgetAsync(list, ct);
        return created;
    }

    /// <inheritdoc/>
    public async ValueTask RestoreActionsAsync(IReadOnlyCollection<StoredAction> actions, CancellationToken ct)
    {
        var byThread = actions.Select(ActionFields.Of).ToLookup(a => ActionPlace.ThreadOf(a.Id));
        await CreateAsync([.. byThread[null]], ct);
        List<ThreadKey> waiting = [.. byThread.Select(g => g.Key).OfType<ThreadKey>()];
        while (waiting.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
            var known = await ReadAsync(waiting, ct);
            // Somebody else changed those in between.
            waiting = [.. (await PutAsync([.. known.Select(t => (t.Value.Source.Adding(byThread[t.Key]), (DocumentVersion?)t.Value.Version))], ct)).Conflicts];
        }
    }

    /// <summary>Looks for what others left behind.</summary>
    private async Task FindUnfinishedAsync(CancellationToken ct)
    {
        await _client.RefreshAsync(_indices.Records, ct);
        var lists = await IdsAsync(_indices.Records, Query.Of(Query.Term("is_creation", true)), "_doc", PageSize, ct);
        lock (_unfinished)
            _unfinished.UnionWith(lists);
    }

    /// <summary>Creates what was to be created when a process died, or its server did.</summary>
    private async Task FinishCreatingAsync(CancellationToken ct)
    {
        // Not while a list is being written: it would look done before it is.
        await _creating.WaitAsync(ct);
        try
        {
            await FinishKnownAsync(ct);
        }
        finally
        {
            _creating.Release();
        }
    }

    private async Task FinishKnownAsync(CancellationToken ct)
    {
        List<string> lists;
        lock (_unfinished)
            lists = [.. _unfinished];
        foreach (var list in lists)
            await FinishAsync(list, ct);
    }

    private async Task FinishAsync(string list, CancellationToken ct)
    {
        if (await GetAsync(_indices.Records, list, DocumentsJson.Default.CreationDocument, ct) is { } document)
            await CreateAsync(document.Source.Actions, ct);
        await ForgetAsync(list, ct);
    }

    private async Task ForgetAsync(string list, CancellationToken ct)
    {
        await WriteAsync([new BulkDelete(_indices.Records, list)], ct);
        lock (_unfinished)
            _unfinished.Remove(list);
    }

    private async Task<IReadOnlyList<string>> CreateAsync(IReadOnlyList<ActionFields> actions, CancellationToken ct)
    {
        var items = new List<BulkItem>();
        foreach (var action in actions)
            items.Add(new BulkCreate(_indices.Records, action.Id, JsonSerializer.SerializeToUtf8Bytes(ActionDocument.Of(action), DocumentsJson.Default.ActionDocument)));
        foreach (var channel in actions.GroupBy(a => a.Channel))
            _recent.Add(new ChannelId(channel.Key), channel.Select(a => a.Id));
        var outcomes = await WriteAsync(items, ct);
        return [.. actions.Zip(outcomes).Where(a => a.Second.Kind == BulkOutcomeKind.Done).Select(a => a.First.Id)];
    }
}
