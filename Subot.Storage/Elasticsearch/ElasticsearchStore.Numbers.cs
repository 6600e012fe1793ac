using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private const int MostValues = 10_000;
    private const int PartsAtOnce = 8;
    private const int InstantsAtOnce = 500;
    private const int MostAttempts = 5;

    /// <inheritdoc/>
    public async ValueTask<TeamNumbers> NumbersAsync(NumbersQuery query, SettingsHistory settings, CancellationToken ct)
    {
        var asOf = new AsOf(query.AsOf, settings);
        return (await TalliesAsync([NumbersSearch.QueryOf(query)], asOf, ct))[0].Numbers(query.Filter.KeepsWaiting);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<NumbersPart>> BreakdownAsync(
        NumbersQuery query, NumbersDimension by, SettingsHistory settings, CancellationToken ct)
    {
        var asOf = new AsOf(query.AsOf, settings);
        var withMedian = query.Filter.KeepsWaiting && by != NumbersDimension.Responder;
        var parts = new List<NumbersPart>();
        foreach (var values in (await ValuesAsync(query, by, ct)).Chunk(PartsAtOnce))
        {
            var queries = values.Select(v => NumbersSearch.QueryOf(query, OfRequests, v is null ? Query.Missing(FieldOf(by)) : Query.Term(FieldOf(by), v))).ToList();
            var tallies = await TalliesAsync(queries, asOf, ct);
            parts.AddRange(values.Zip(tallies, (value, tally) => new NumbersPart(value, tally.Numbers(withMedian))));
        }

        return [.. parts.Where(p => p.Numbers.Requests > 0).OrderByDescending(p => p.Numbers.Requests).ThenBy(p => p.Value, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> BacklogAsync(
        IReadOnlyList<ChannelId> channels, IReadOnlyList<uint> instants, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var counts = new List<long>();
        var query = Query.Of(Query.Terms("channel", channels.Select(c => (JsonNode)c.Value)));
        foreach (var some in instants.Chunk(InstantsAtOnce))
        {
            var filters = new JsonArray([.. some.Select(i => (JsonNode)Query.Term("numbers.open_times", i))]);
            var body = new JsonObject
            {
                ["query"] = query.DeepClone(),
                ["size"] = 0,
                ["track_total_hits"] = false,
                ["aggs"] = new JsonObject { ["open"] = new JsonObject { ["filters"] = new JsonObject { ["filters"] = filters } } },
            };
            var answer = (await _client.MultiSearchAsync(_indices.Threads, [body], ct))[0];
            counts.AddRange(answer.GetProperty("aggregations").GetProperty("open").GetProperty("buckets").EnumerateArray().Select(b => b.GetProperty("doc_count").GetInt64()));
        }

        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CountedThread>> CountedAsync(NumbersQuery query, CountedPage page, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var (from, to) = page.Bounds(query);
        var search = NumbersSearch.QueryOf(query with { From = from, To = to }, OfRequests);
        var order = page.NewestFirst ? "-" : "";
        List<CountedThread> threads = [];
        // The bounds hold one more of each channel than the part, at most.
        var most = page.Limit + query.Channels.Count;
        await foreach (var hit in PagesAsync(_indices.Threads, search, [order + "root", order + "channel"], DocumentsJson.Default.CountedDocument, ct, Math.Min(most, PageSize), new JsonArray("channel", "root", "contribution", "numbers")))
        {
            threads.Add(hit.Source.Thread());
            if (threads.Count == most)
                break;
        }

        return [.. page.Of(threads, t => t.Key)];
    }

    /// <inheritdoc/>
    public ValueTask<bool> PackAsync(CancellationToken ct) => new(false);

    private static JsonObject OfRequests => Query.Term("numbers.kind", (int)RootKind.Request);

    private static string FieldOf(NumbersDimension dimension) => dimension switch
    {
        NumbersDimension.Tool => "numbers.tools",
        NumbersDimension.Label => "numbers.labels",
        NumbersDimension.Answer => "numbers.answers",
        NumbersDimension.Requester => "numbers.requester",
        _ => "numbers.responder",
    };

    /// <summary>The values that requests have in a dimension, and null if some have none.</summary>
    private async Task<IReadOnlyList<string?>> ValuesAsync(NumbersQuery query, NumbersDimension by, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var body = new JsonObject
        {
            ["query"] = NumbersSearch.QueryOf(query, OfRequests),
            ["size"] = 0,
            ["track_total_hits"] = false,
            ["aggs"] = new JsonObject
            {
                ["values"] = new JsonObject { ["terms"] = new JsonObject { ["field"] = FieldOf(by), ["size"] = MostValues } },
                ["without"] = new JsonObject { ["missing"] = new JsonObject { ["field"] = FieldOf(by) } },
            },
        };
        var answer = (await _client.MultiSearchAsync(_indices.Threads, [body], ct))[0].GetProperty("aggregations");
        var values = answer.GetProperty("values");
        if (values.GetProperty("sum_other_doc_count").GetInt64() > 0)
            throw new StoreException($"There are more than {MostValues} values to tell apart in this period: ask for a shorter one.", mayPass: false);
        var known = values.GetProperty("buckets").EnumerateArray().Select(b => b.GetProperty("key").GetString());
        return [.. known, .. answer.GetProperty("without").GetProperty("doc_count").GetInt64() > 0 ? (string?[])[null] : []];
    }

    /// <summary>The tallies of several questions. Should threads change between two answers to one of them, it is asked again.</summary>
    private async Task<IReadOnlyList<NumbersTally>> TalliesAsync(List<JsonObject> queries, AsOf asOf, CancellationToken ct)
    {
        await RefreshAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            var answers = await _client.MultiSearchAsync(_indices.Threads, [.. queries.SelectMany(NumbersSearch.Of)], ct);
            var byQuery = answers.Chunk(NumbersSearch.Count).ToList();
            if (attempt < MostAttempts && !byQuery.TrueForAll(NumbersSearch.AreOfOneState))
                continue;
            var tallies = new List<NumbersTally>();
            for (var i = 0; i < queries.Count; i++)
            {
                var tally = new NumbersTally(asOf);
                NumbersSearch.Add(tally, byQuery[i]);
                await AddMoreOpenAsync(tally, queries[i], byQuery[i][^1], ct);
                tallies.Add(tally);
            }

            return tallies;
        }
    }

    private async Task AddMoreOpenAsync(NumbersTally tally, JsonObject query, JsonElement page, CancellationToken ct)
    {
        while (NumbersSearch.OpenAfter(query, page) is { } next)
        {
            page = (await _client.MultiSearchAsync(_indices.Threads, [next], ct))[0];
            NumbersSearch.AddOpen(tally, page);
        }
    }
}
