using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// The question for the numbers of some threads, as searches, and the tally of their answers. Elasticsearch only counts and adds up whole
/// numbers that the domain computed. Durations are asked for one by one, because a search answers with a limited number of buckets.
/// </summary>
internal static class NumbersSearch
{
    // More than there are: what is cut off would be missing from the sums.
    private const int MostTraits = 1 << 14;
    private const int MostBuckets = 1 << 14;

    /// <summary>Open requests, of which single ones are looked at, that a page may hold.</summary>
    public const int OpenPerPage = 10_000;

    private static readonly string[] s_clocks = ["wall", "working"];

    /// <summary>The searches of one question, in the order in which <see cref="Add"/> takes their answers.</summary>
    public static IReadOnlyList<JsonObject> Of(JsonObject query) =>
        [CountsOf(query), .. Sets().Select(set => DurationsOf(query, set)), OpenOf(query)];

    /// <summary>How many searches ask for one question.</summary>
    public static int Count => DurationSets.Count + 2;

    /// <summary>What a question may be asked about.</summary>
    public static JsonObject QueryOf(NumbersQuery query, params IEnumerable<JsonObject> more)
    {
        var filter = query.Filter;
        List<JsonObject> clauses = [Query.Terms("channel", query.Channels.Select(c => (JsonNode)c.Value)), Query.Range("root", query.From.Micros, query.To.Micros), .. more];
        if (!filter.IsEmpty)
            clauses.Add(Query.Term("numbers.kind", (int)RootKind.Request));
        Add("status", filter.Statuses.Select(s => (JsonNode)(int)s));
        Add("requester", filter.Requesters.Select(u => (JsonNode)u.Value));
        Add("responder", filter.Responders.Select(u => (JsonNode)u.Value));
        Add("tools", filter.Tools.Select(t => (JsonNode)t));
        Add("labels", filter.Labels.Select(t => (JsonNode)t));
        Add("answers", filter.Answers.Select(t => (JsonNode)t));
        return Query.Of(clauses);

        void Add(string field, IEnumerable<JsonNode> values)
        {
            List<JsonNode> some = [.. values];
            if (some.Count > 0)
                clauses.Add(Query.Terms($"numbers.{field}", some));
        }
    }

    /// <summary>Whether all answers to a question tell of the same state of the threads: none changed between two of them.</summary>
    public static bool AreOfOneState(IReadOnlyList<JsonElement> answers) =>
        answers.Select(a => (Total(a), Versions(a))).Distinct().Count() == 1;

    /// <summary>Adds the answers to a question up; but for the open requests that did not fit into their page.</summary>
    public static void Add(NumbersTally tally, IReadOnlyList<JsonElement> answers)
    {
        AddCounts(tally, answers[0].GetProperty("aggregations"));
        foreach (var set in Sets())
            AddDurations(tally, set, answers[1 + (int)set].GetProperty("aggregations"));
        AddOpen(tally, answers[^1]);
    }

    /// <summary>Adds open requests: what still runs is judged one by one.</summary>
    public static void AddOpen(NumbersTally tally, JsonElement answer)
    {
        foreach (var hit in Hits(answer))
        {
            var source = hit.GetProperty("_source");
            tally.AddOpen(new Domain.Ts(source.GetProperty("root").GetInt64()));
            var numbers = source.GetProperty("numbers");
            var calendar = (ushort)numbers.GetProperty("calendar").GetInt32();
            if (numbers.TryGetProperty("due", out var due))
                tally.AddPending([due.GetUInt32()]);
            if (!numbers.TryGetProperty("durations", out var durations))
                continue;
            foreach (var set in Sets())
            {
                if (durations.TryGetProperty(NumbersFields.NameOf(set), out var duration) && duration.TryGetProperty("wall_since", out var since))
                    tally.AddWaiting(set, [since.GetUInt32()], [duration.GetProperty("working_since").GetUInt32()], [calendar]);
            }
        }
    }

    /// <summary>The open requests after those of an answer; null if there are none.</summary>
    public static JsonObject? OpenAfter(JsonObject query, JsonElement answer)
    {
        var hits = Hits(answer).ToList();
        if (hits.Count < OpenPerPage)
            return null;
        var next = OpenOf(query);
        next["search_after"] = JsonNode.Parse(hits[^1].GetProperty("sort").GetRawText());
        return next;
    }

    private static IEnumerable<DurationSet> Sets() => Enumerable.Range(0, DurationSets.Count).Select(i => (DurationSet)i);

    private static JsonObject CountsOf(JsonObject query) => Search(query, new JsonObject
    {
        ["traits"] = Terms("numbers.traits", MostTraits, new JsonObject { ["replies"] = Sum("numbers.replies") }),
        ["hours"] = Terms("numbers.hour", 168),
        ["reopenings"] = Sum("numbers.reopenings"),
        ["reopened"] = new JsonObject { ["value_count"] = new JsonObject { ["field"] = "numbers.reopenings" } },
    });

    private static JsonObject DurationsOf(JsonObject query, DurationSet set)
    {
        var aggregations = new JsonObject();
        foreach (var clock in s_clocks)
        {
            aggregations[clock] = Terms($"numbers.durations.{NumbersFields.NameOf(set)}.{clock}", MostBuckets);
            aggregations[$"{clock}_seconds"] = Sum($"numbers.durations.{NumbersFields.NameOf(set)}.{clock}_seconds");
        }

        return Search(query, aggregations);
    }

    private static JsonObject OpenOf(JsonObject query)
    {
        var search = Search(query, []);
        search["size"] = OpenPerPage;
        // Only the hits are open requests: the state that is looked at is that of all threads.
        search["post_filter"] = Query.Term("numbers.open", true);
        search["sort"] = new JsonArray(new JsonObject { ["root"] = "asc" }, new JsonObject { ["channel"] = "asc" });
        search["_source"] = new JsonArray("root", "numbers.calendar", "numbers.due", "numbers.durations");
        return search;
    }

    private static JsonObject Search(JsonObject query, JsonObject aggregations)
    {
        aggregations["threads"] = new JsonObject { ["value_count"] = new JsonObject { ["field"] = "root" } };
        aggregations["versions"] = Sum("version");
        return new JsonObject { ["query"] = query.DeepClone(), ["size"] = 0, ["track_total_hits"] = false, ["aggs"] = aggregations };
    }

    private static JsonObject Terms(string field, int size, JsonObject? aggregations = null)
    {
        var terms = new JsonObject { ["terms"] = new JsonObject { ["field"] = field, ["size"] = size } };
        if (aggregations is not null)
            terms["aggs"] = aggregations;
        return terms;
    }

    private static JsonObject Sum(string field) => new() { ["sum"] = new JsonObject { ["field"] = field } };

    private static void AddCounts(NumbersTally tally, JsonElement counts)
    {
        foreach (var (traits, threads, bucket) in Buckets(counts.GetProperty("traits")))
            tally.AddCounted(new Traits((ushort)traits), threads, Whole(bucket.GetProperty("replies")));
        foreach (var (hour, requests, _) in Buckets(counts.GetProperty("hours")))
            tally.AddCountedHour((int)hour, requests);
        tally.AddCountedReopenings(Whole(counts.GetProperty("reopenings")), Whole(counts.GetProperty("reopened")));
    }

    private static void AddDurations(NumbersTally tally, DurationSet set, JsonElement counts)
    {
        foreach (var clock in s_clocks)
        {
            var counted = tally.Counted(set, clock == "working");
            foreach (var (code, threads, _) in Buckets(counts.GetProperty(clock)))
            {
                var (kind, bucket) = NumbersFields.BucketOf(code);
                counted.AddBucket(kind, bucket, threads);
            }

            counted.AddSeconds(Whole(counts.GetProperty($"{clock}_seconds")));
        }
    }

    private static IEnumerable<(long Key, int Count, JsonElement Bucket)> Buckets(JsonElement terms)
    {
        if (terms.GetProperty("sum_other_doc_count").GetInt64() > 0)
            throw new StoreException("Elasticsearch counted only a part of the threads; please report this.", mayPass: false);
        return terms.GetProperty("buckets").EnumerateArray().Select(b => (b.GetProperty("key").GetInt64(), b.GetProperty("doc_count").GetInt32(), b));
    }

    private static JsonElement.ArrayEnumerator Hits(JsonElement answer) => answer.GetProperty("hits").GetProperty("hits").EnumerateArray();

    private static double Total(JsonElement answer) =>
        answer.GetProperty("aggregations").GetProperty("threads").GetProperty("value").GetDouble();

    private static double Versions(JsonElement answer) =>
        answer.GetProperty("aggregations").GetProperty("versions").GetProperty("value").GetDouble();

    // Sums come as floating point, which is exact up to 2^53.
    private static long Whole(JsonElement aggregation) => (long)aggregation.GetProperty("value").GetDouble();
}
