using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Domain;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    private const int MostChannels = 10_000;

    /// <inheritdoc/>
    /// <remarks>
    /// Every change of a thread raises its version, so the number of threads and the sum of their versions tell whether some of a channel
    /// changed. The server keeps the answer until the index changes.
    /// </remarks>
    public async ValueTask<StoreChanges> ChangesAsync(string? since, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var body = new JsonObject
        {
            ["size"] = 0,
            ["track_total_hits"] = false,
            ["aggs"] = new JsonObject
            {
                ["channels"] = new JsonObject
                {
                    ["terms"] = new JsonObject { ["field"] = "channel", ["size"] = MostChannels },
                    ["aggs"] = new JsonObject
                    {
                        ["versions"] = new JsonObject { ["sum"] = new JsonObject { ["field"] = "version" } },
                        ["newest"] = new JsonObject { ["max"] = new JsonObject { ["field"] = "newest" } },
                    },
                },
            },
        };
        var answer = (await _client.MultiSearchAsync(_indices.Threads, [body], ct))[0];
        var channels = answer.GetProperty("aggregations").GetProperty("channels").GetProperty("buckets").EnumerateArray()
            .Select(b => (Id: b.GetProperty("key").GetString()!, Threads: b.GetProperty("doc_count").GetInt64(), Versions: Of(b, "versions"), Newest: Of(b, "newest"))).ToList();
        List<string> lines = [.. channels.Select(c => $"{c.Id} {c.Threads} {c.Versions}").Order(StringComparer.Ordinal)];
        var before = since?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [.. lines];
        var changed = lines.Except(before).Concat(before.Except(lines)).Select(line => new ChannelId(line.Split(' ')[0])).Distinct();
        return new StoreChanges(string.Join('\n', lines), [.. changed], channels.Count == 0 ? Ts.Zero : new Ts(channels.Max(c => c.Newest)));

        // Sums come as floating point, which is exact up to 2^53.
        static long Of(JsonElement bucket, string name) => (long)bucket.GetProperty(name).GetProperty("value").GetDouble();
    }
}
