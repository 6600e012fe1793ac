using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage.Elasticsearch.Client;
using Subot.Storage.Privacy;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private const string Privacy = "privacy";

    // How far each shard had come when it was first asked to compact, and the server's task that merges.
    private Dictionary<string, long>? _overwritten;
    private string? _merge;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PrivacyRequest>> PrivacyRequestsAsync(CancellationToken ct) =>
        await GetAsync(_indices.Records, Privacy, DocumentsJson.Default.PrivacyDocument, ct) is { } known ? PrivacyRequest.Read(known.Source.Requests) : [];

    /// <inheritdoc/>
    public async ValueTask RecordPrivacyRequestAsync(PrivacyRequest request, CancellationToken ct)
    {
        // What is done only now is to be compacted too.
        (_overwritten, _merge) = (null, null);
        await ChangeAsync(
            _indices.Records,
            Privacy,
            DocumentsJson.Default.PrivacyDocument,
            known =>
            {
                var others = known is null ? [] : PrivacyRequest.Read(known.Requests).Where(r => r.Id != request.Id);
                return new PrivacyDocument(PrivacyRequest.Write([.. others.Append(request).OrderBy(r => r.AskedAt).ThenBy(r => r.Id, StringComparer.Ordinal)]));
            },
            ct);
    }

    /// <inheritdoc/>
    public async ValueTask<int> CountTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        await RefreshAsync(ct);
        return (await _client.SendAsync(HttpMethod.Post, $"{_indices.Messages}/_count", new JsonObject { ["query"] = WithText(from, before) }, ct)).GetProperty("count").GetInt32();
    }

    private static JsonObject WithText(Ts from, Ts before) => Query.Of(Query.Range("ts", from.Micros, before.Micros), Query.Exists("text"));

    /// <inheritdoc/>
    public async ValueTask<int> ForgetTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var (forgotten, items) = (0, new List<BulkItem>(PageSize));
        await foreach (var message in PagesAsync(_indices.Messages, WithText(from, before), ["ts", "channel"], DocumentsJson.Default.MessageDocument, ct))
        {
            // As a deleted one's: no later word is as late.
            items.Add(ItemOf(new MessageKey(new ChannelId(message.Source.Channel), new Ts(message.Source.Ts)), message.Source with { Text = null, Since = VersionOf(Ts.Max) }));
            forgotten++;
            if (items.Count < PageSize)
                continue;
            await WriteAsync(items, ct);
            items.Clear();
        }

        await WriteAsync(items, ct);
        return forgotten;
    }

    /// <inheritdoc/>
    public async ValueTask ForgetWordsAsync(Ts from, Ts before, bool replies, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var threads = Query.Of(Query.Exists("has_actions"), Query.Range("root", from.Micros, before.Micros));
        await foreach (var thread in PagesAsync(_indices.Threads, threads, ["channel", "root"], DocumentsJson.Default.ThreadDocument, ct))
        {
            if ((thread.Source.Actions ?? []).Any(a => HasNeedlessWords(a, replies)))
                await ChangeActionsAsync(thread.Source.Key, a => WithoutNeedlessWords(a, replies), ct);
        }

        await foreach (var document in PagesAsync(_indices.Records, Query.Of(Query.Exists("action_id")), ["channel", "action_id"], DocumentsJson.Default.ActionDocument, ct))
        {
            if (HasNeedlessWords(document.Source.Action, replies))
                await ChangeAsync(_indices.Records, document.Id, DocumentsJson.Default.ActionDocument, a => a is null ? null : ActionDocument.Of(WithoutNeedlessWords(a.Action, replies)), ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RewriteSettingsAsync(SettingsVersion version, CancellationToken ct)
    {
        await ChangeAsync(_indices.Records, IdOf(version.Number), DocumentsJson.Default.VersionDocument, known => known is null ? null : DocumentOf(version), ct);
        await ChangeAsync(
            _indices.Records,
            IdOf(Rewritten),
            DocumentsJson.Default.VersionDocument,
            known => new VersionDocument((known?.Number ?? 0) + 1, 0, "", "", "", null),
            ct);
    }

    /// <inheritdoc/>
    public async ValueTask RewriteActionAsync(StoredAction known, StoredAction rewritten, CancellationToken ct)
    {
        var (id, action) = (known.Action.Id, rewritten.Action);
        if (ActionPlace.ThreadOf(id) is { } thread)
        {
            await ChangeActionsAsync(thread, a => a.Id == id ? Renamed(a) : a, ct);
        }
        else if (id == action.Id)
        {
            await ChangeAsync(_indices.Records, id, DocumentsJson.Default.ActionDocument, a => a is null ? null : ActionDocument.Of(Renamed(a.Action)), ct);
        }
        else if (await GetAsync(_indices.Records, id, DocumentsJson.Default.ActionDocument, ct) is { } document)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(ActionDocument.Of(Renamed(document.Source.Action)), DocumentsJson.Default.ActionDocument);
            await WriteAsync([new BulkCreate(_indices.Records, action.Id, body)], ct);
            await WriteAsync([new BulkDelete(_indices.Records, id)], ct);
        }

        ActionFields Renamed(ActionFields fields) => fields with { Id = action.Id, Detail = action.Detail, Text = rewritten.Text, Attachment = rewritten.Attachment };
    }

    /// <inheritdoc/>
    public async ValueTask ForgetPersonAsync(UserId person, CancellationToken ct) =>
        await WriteAsync([new BulkDelete(_indices.Records, PersonIdOf(person))], ct);

    /// <inheritdoc/>
    /// <remarks>
    /// What was overwritten stays in a segment until that is merged, and no merge drops what a replica that was away may still ask for. So
    /// the first call notes how far each shard has come, and a later one merges, when none holds on to anything before that.
    /// </remarks>
    public async ValueTask<bool> CompactAsync(CancellationToken ct)
    {
        await _client.SendAsync(HttpMethod.Post, $"{_indices.All}/_flush?wait_if_ongoing=true", null, ct);
        if (_merge is null)
        {
            var shards = await ShardsAsync(ct);
            _overwritten ??= shards.ToDictionary(s => s.Name, s => s.Newest);
            if (shards.Any(s => s.HeldSince <= _overwritten.GetValueOrDefault(s.Name, -1)))
                return false;
            // Large ones take minutes.
            _merge = (await _client.SendAsync(HttpMethod.Post, $"{_indices.All}/_forcemerge?max_num_segments=1&wait_for_completion=false", null, ct)).GetProperty("task").GetString();
        }

        var (status, task) = await _client.TrySendAsync(HttpMethod.Get, $"_tasks/{_merge}", null, ct, [404]);
        if (status != 404 && !task.GetProperty("completed").GetBoolean())
            return false;
        _merge = null;
        // The server was started anew meanwhile.
        if (status == 404)
            return false;
        // The log of writes goes with a flush.
        await _client.SendAsync(HttpMethod.Post, $"{_indices.All}/_flush?force=true&wait_if_ongoing=true", null, ct);
        _overwritten = null;
        return true;
    }

    /// <summary>Each copy of each shard, its newest operation, and the oldest that it keeps for others.</summary>
    private async Task<List<(string Name, long Newest, long HeldSince)>> ShardsAsync(CancellationToken ct)
    {
        var stats = await _client.SendAsync(HttpMethod.Get, $"{_indices.All}/_stats/docs?level=shards", null, ct);
        var shards = from index in stats.GetProperty("indices").EnumerateObject()
                     from shard in index.Value.GetProperty("shards").EnumerateObject()
                     from copy in shard.Value.EnumerateArray()
                     where copy.TryGetProperty("seq_no", out _)
                     let held = copy.TryGetProperty("retention_leases", out var leases) ? leases.GetProperty("leases").EnumerateArray().Select(l => l.GetProperty("retaining_seq_no").GetInt64()) : []
                     select ($"{index.Name}:{shard.Name}:{copy.GetProperty("routing").GetProperty("node")}",
                         copy.GetProperty("seq_no").GetProperty("max_seq_no").GetInt64(),
                         held.DefaultIfEmpty(long.MaxValue).Min());
        return [.. shards];
    }

    private static bool HasNeedlessWords(ActionFields action, bool replies) =>
        !ActionTimes.IsWaiting(action) && (action.Text ?? action.Attachment) is not null && (replies || action.Kind != ActionKind.Reply);

    private static ActionFields WithoutNeedlessWords(ActionFields action, bool replies) =>
        HasNeedlessWords(action, replies) ? action with { Text = null, Attachment = null } : action;
}
