using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private const int MostDoubled = 100;

    // Where actions were made or changed a moment ago: the sender is woken for them before searches find them.
    private readonly Recent _recent;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredAction>> DueActionsAsync(ChannelId channel, Ts now, int limit, CancellationToken ct)
    {
        var query = Query.Of(Query.Term("channel", channel.Value), Query.AtMost("action_times.waiting", now.Micros));
        var ids = (await IdsAsync($"{_indices.Threads},{_indices.Records}", query, "action_times.waiting", limit, ct)).ToHashSet();
        var due = Due(await ActionsOfAsync(ids, ct));
        // What searches may not find yet was made after all that they find: it is looked at once it comes to that.
        if (due.Count < limit)
            due.AddRange(Due(await ActionsOfAsync(_recent.Of(channel).Where(id => !ids.Contains(id)), ct)));
        return [.. due.OrderBy(a => a.NextTry).ThenBy(a => a.Id, StringComparer.Ordinal).Take(limit).Select(a => a.Stored())];

        List<ActionFields> Due(List<ActionFields> actions) => actions.FindAll(a => ActionTimes.IsWaiting(a) && a.Channel == channel.Value && a.NextTry <= now.Micros);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredAction?> ActionAsync(string id, CancellationToken ct) => ActionPlace.ThreadOf(id) is { } thread
        ? (await ThreadActionsAsync([thread], ct)).Find(a => a.Id == id)?.Stored()
        : (await GetAsync(_indices.Records, id, DocumentsJson.Default.ActionDocument, ct))?.Source.Action.Stored();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlySet<string>> KnownActionsAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await FinishCreatingAsync(ct);
        var threads = ids.Select(id => ActionPlace.ThreadOf(id)).OfType<ThreadKey>().Distinct();
        var known = await ThreadActionsAsync([.. threads], ct);
        known.AddRange(await OwnActionsAsync([.. ids.Where(id => ActionPlace.ThreadOf(id) is null)], ct));
        return known.Select(a => a.Id).Where(ids.Contains).ToHashSet();
    }

    /// <inheritdoc/>
    public async ValueTask<bool> UpdateActionAsync(StoredAction seen, StoredAction updated, CancellationToken ct)
    {
        var (id, stamp) = (seen.Action.Id, Guid.NewGuid().ToString("N"));
        if (ActionPlace.ThreadOf(id) is { } thread)
        {
            return await ChangeActionsAsync(thread, a => a.Id == id ? a.Updated(seen, updated, stamp) : a, ct)
                || (await ThreadActionsAsync([thread], ct)).Exists(a => a.Stamp == stamp);
        }

        _recent.Add(seen.Action.Channel, [id]);
        return await ChangeAsync(_indices.Records, id, DocumentsJson.Default.ActionDocument, known => known?.Action.Updated(seen, updated, stamp) is { } next ? ActionDocument.Of(next) : null, ct)
            || (await OwnActionsAsync([id], ct)).Exists(a => a.Stamp == stamp);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredAction>> DoubledActionsAsync(CancellationToken ct)
    {
        await RefreshAsync(ct);
        var found = await FoundActionsAsync(Query.Of(Query.Term("action_times.doubled", true)), "channel", MostDoubled, ct);
        return [.. found.Where(a => a.Second is not null).Select(a => a.Stored())];
    }

    /// <inheritdoc/>
    public async ValueTask<int> CancelLateActionsAsync(Ts now, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var found = await FoundActionsAsync(Query.Of(Query.Range("action_times.untried", 0, now.Micros)), "action_times.untried", PageSize, ct);
        var cancelled = 0;
        foreach (var late in found.Select(a => a.Stored()).Where(a => a is { Status: ActionStatus.Pending, Attempts: 0 } && a.Action.NotAfter < now))
            cancelled += await UpdateActionAsync(late, late with { Status = ActionStatus.Cancelled }, ct) ? 1 : 0;
        return cancelled;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredAction> ReadActionsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await RefreshAsync(ct);
        var ofThreads = Query.Of(Query.Exists("has_actions"));
        await foreach (var thread in PagesAsync(_indices.Threads, ofThreads, ["channel", "root"], DocumentsJson.Default.ThreadDocument, ct))
        {
            foreach (var action in thread.Source.Actions ?? [])
                yield return action.Stored();
        }

        await foreach (var document in PagesAsync(_indices.Records, Query.Of(Query.Exists("action_id")), ["channel", "action_id"], DocumentsJson.Default.ActionDocument, ct))
            yield return document.Source.Action.Stored();
    }

    /// <summary>The actions as they stand, of the documents that a search finds.</summary>
    private async Task<List<ActionFields>> FoundActionsAsync(JsonObject query, string order, int limit, CancellationToken ct) =>
        await ActionsOfAsync(await IdsAsync($"{_indices.Threads},{_indices.Records}", query, order, limit, ct), ct);

    /// <summary>The actions as they stand, of documents.</summary>
    private async Task<List<ActionFields>> ActionsOfAsync(IEnumerable<string> documents, CancellationToken ct)
    {
        var ids = documents.Distinct().ToLookup(id => BotAction.KindOf(id) is null);
        var found = await ThreadActionsAsync([.. ids[true].Select(ThreadDocument.KeyOf)], ct);
        found.AddRange(await OwnActionsAsync([.. ids[false]], ct));
        return found;
    }

    private async Task<IEnumerable<string>> IdsAsync(string index, JsonObject query, string order, int limit, CancellationToken ct)
    {
        var body = new JsonObject { ["query"] = query, ["size"] = limit, ["sort"] = new JsonArray(new JsonObject { [order] = "asc" }), ["_source"] = false };
        return (await _client.SearchAsync(index, body, DocumentsJson.Default.JsonElement, ct)).Hits.Select(h => h.Id);
    }

    private async Task<List<ActionFields>> ThreadActionsAsync(IReadOnlyList<ThreadKey> threads, CancellationToken ct) =>
        [.. (await ReadAsync(threads, ct)).Values.SelectMany(t => t.Source.Actions ?? [])];

    private async Task<List<ActionFields>> OwnActionsAsync(IReadOnlyList<string> ids, CancellationToken ct) =>
        [.. (await _client.MultiGetAsync(_indices.Records, ids, DocumentsJson.Default.ActionDocument, ct)).OfType<Document<ActionDocument>>().Select(a => a.Source.Action)];

    /// <summary>Changes actions in the document of their thread.</summary>
    /// <param name="change">What an action becomes; null: nothing is to change.</param>
    private async Task<bool> ChangeActionsAsync(ThreadKey thread, Func<ActionFields, ActionFields?> change, CancellationToken ct)
    {
        _recent.Add(thread.Channel, [ThreadDocument.IdOf(thread)]);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (!(await ReadAsync([thread], ct)).TryGetValue(thread, out var known) || known.Source.Actions is not { } before)
                return false;
            List<ActionFields?> after = [.. before.Select(change)];
            if (after.Contains(null) || before.SequenceEqual(after))
            {
                // What is remembered may be old; only what the server says counts.
                if (!_lateThreads.Remove(thread))
                    return false;
                continue;
            }

            if ((await PutAsync([(known.Source.With(after!), known.Version)], ct)).Conflicts.Count == 0)
                return true;
        }
    }

    /// <summary>A post that carries the id of an action was seen.</summary>
    private async Task SettleAsync(OwnPost post, CancellationToken ct)
    {
        if (ActionPlace.ThreadOf(post.ActionId) is { } thread)
        {
            await ChangeActionsAsync(thread, a => a.Id == post.ActionId ? a.Seen(post) : a, ct);
            return;
        }

        await ChangeAsync(
            _indices.Records,
            post.ActionId,
            DocumentsJson.Default.ActionDocument,
            known => known is not null && known.Action.Seen(post) is { } seen && seen != known.Action ? ActionDocument.Of(seen) : null,
            ct);
    }

    private static ThreadDocument Settled(ThreadDocument document, OwnPost post) =>
        document.With([.. (document.Actions ?? []).Select(a => a.Id == post.ActionId ? a.Seen(post) : a)]);
}
