using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>
/// Writes bulks, large ones in pieces one after the other. Items that the server had no room for are sent again alone; the others are
/// settled.
/// </summary>
internal sealed partial class BulkWriter
{
    private readonly Transport _transport;
    private readonly TimeSpan _timeout;
    private readonly ResiliencePipeline<Batch> _retry;

    public BulkWriter(Transport transport, TimeSpan timeout, TimeProvider time, ILogger log)
    {
        _transport = transport;
        _timeout = timeout;
        _retry = Retry.While<Batch>(b => b.Waiting.Count > 0, time, (batch, wait) => Log.ItemsAgain(log, batch.Waiting.Count, wait.TotalMilliseconds));
    }

    /// <summary>Writes all items; their outcomes in the same order.</summary>
    public async Task<IReadOnlyList<BulkOutcome>> WriteAsync(IReadOnlyList<BulkItem> items, bool refresh, CancellationToken ct)
    {
        var batch = new Batch(items);
        await _retry.ExecuteAsync(
            async token =>
            {
                await SendWaitingAsync(batch, refresh, token);
                return batch;
            },
            ct);
        return batch.Outcomes;
    }

    private async Task SendWaitingAsync(Batch batch, bool refresh, CancellationToken ct)
    {
        var results = new List<BulkResponseItem>();
        foreach (var (items, body) in BulkBody.Of(batch.Waiting.ConvertAll(i => batch.Items[i])))
            results.AddRange(await SendAsync(items, body, refresh, ct));
        batch.Settle(results);
    }

    private async Task<IReadOnlyList<BulkResponseItem>> SendAsync(
        IReadOnlyList<BulkItem> items, ReadOnlyMemory<byte> body, bool refresh, CancellationToken ct)
    {
        // The server gives up waiting for a shard before we give up waiting for the server: its answer is clear, a time-out is not. And it
        // writes behind aliases only: an index that it creates itself, because the alias is gone, has no mapping.
        var path = $"_bulk?require_alias=true&timeout={(long)(_timeout / 2).TotalMilliseconds}ms{(refresh ? "&refresh=true" : "")}";
        var request = new ServerRequest(HttpMethod.Post, path, body, ServerRequest.Lines) { IsRepeatable = items.All(i => i.IsGuarded) };
        var answer = await _transport.SendAsync(request, ct);
        var results = answer.As(Responses.Default.BulkResponse).Items;
        return results is not null && results.Count == items.Count ? results : throw ServerError.Stranger(answer.Node, answer.Status);
    }

    /// <summary>The items, what came of them, and which of them are still to be sent.</summary>
    private sealed class Batch(IReadOnlyList<BulkItem> items)
    {
        private readonly BulkOutcome[] _outcomes = new BulkOutcome[items.Count];

        public IReadOnlyList<BulkItem> Items => items;

        public IReadOnlyList<BulkOutcome> Outcomes => _outcomes;

        public List<int> Waiting { get; private set; } = [.. Enumerable.Range(0, items.Count)];

        public void Settle(List<BulkResponseItem> results)
        {
            var waiting = new List<int>();
            for (var i = 0; i < results.Count; i++)
            {
                var at = Waiting[i];
                var (outcome, again) = Judge(items[at], results[i].Create ?? results[i].Index ?? results[i].Delete);
                _outcomes[at] = outcome;
                if (again)
                    waiting.Add(at);
            }

            Waiting = waiting;
        }

        private static (BulkOutcome Outcome, bool Again) Judge(BulkItem item, BulkResult? result)
        {
            switch (result)
            {
                case null:
                    return (new(BulkOutcomeKind.Failed, default, "Elasticsearch did not say what came of it.") { MayPass = true }, false);
                case { Status: >= 200 and < 300 }:
                    return (new(BulkOutcomeKind.Done, new(result.SeqNo, result.PrimaryTerm), null) { IsNew = result.Result == "created" }, false);
                case { Status: 409 }:
                    return (new(BulkOutcomeKind.Conflict, default, null), false);
                case { Status: 404, Error.ValueKind: JsonValueKind.Undefined } when item is BulkDelete:
                    return (new(BulkOutcomeKind.NotFound, default, null), false);
            }

            var error = ServerError.Read(result.Status, result.Error);
            var (reason, mayPass) = error.Explain();
            return (new(BulkOutcomeKind.Failed, default, reason) { MayPass = mayPass }, error.IsRefusedForNow);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Elasticsearch had no room for {Count} writes; they are sent again in {Milliseconds:0} ms")]
        public static partial void ItemsAgain(ILogger log, int count, double milliseconds);
    }
}
