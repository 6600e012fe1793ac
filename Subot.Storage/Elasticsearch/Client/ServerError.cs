using System.Text.Json;
using System.Text.RegularExpressions;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>An error as the server tells it. Its reason may quote documents, so it never leaves this class as it is.</summary>
internal sealed partial class ServerError
{
    private readonly int _status;
    private readonly string _reason;

    private ServerError(int status, string? type, string? reason) => (_status, Type, _reason) = (status, type, reason ?? "");

    /// <summary>The kind of error by the server's name; null if what answered is not a search server.</summary>
    public string? Type { get; }

    /// <summary>Whether the server did not do it now, and may do it in a moment.</summary>
    public bool IsRefusedForNow => Type is not null && !IsBlocked && _status is 429 or 503;

    /// <summary>Whether a gateway in between lost the answer, so that nobody knows what was done.</summary>
    public bool IsUnclear => _status is 502 or 504 || (Type is null && _status is 429 or 503);

    // A block by a full disk is 403 before Elasticsearch 7.8, and 429 since. A cluster that is still starting has blocks with 503.
    private bool IsBlocked => Type == "cluster_block_exception" && _status != 503;

    /// <summary>Reads the body of an answer with an error status.</summary>
    public static ServerError Read(int status, byte[] body)
    {
        try
        {
            var root = JsonElement.Parse(body);
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error))
                return Read(status, error);
        }
        catch (JsonException)
        {
            // Not JSON: not a search server, or something in between.
        }

        return new ServerError(status, null, null);
    }

    /// <summary>Reads an <c>error</c> inside an answer.</summary>
    public static ServerError Read(int status, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return new ServerError(status, "error", error.ValueKind == JsonValueKind.String ? error.GetString() : null);

        // A failed search says why only in its root cause.
        if (Text(error, "type") == "search_phase_execution_exception"
            && error.TryGetProperty("root_cause", out var causes) && causes.ValueKind == JsonValueKind.Array && causes.GetArrayLength() > 0)
            return Read(status, causes[0]);
        return new ServerError(status, Text(error, "type") ?? "error", Text(error, "reason"));
    }

    /// <summary>Reads an <c>error</c> inside an answer that tells no status with it.</summary>
    public static ServerError Inside(JsonElement error)
    {
        var read = Read(500, error);
        return read.Type switch
        {
            "es_rejected_execution_exception" or "rejected_execution_exception" or "circuit_breaking_exception" => new(429, read.Type, read._reason),
            "no_shard_available_action_exception" or "unavailable_shards_exception" or "illegal_index_shard_state_exception"
                or "node_disconnected_exception" or "node_not_connected_exception" => new(503, read.Type, read._reason),
            _ => read,
        };
    }

    /// <summary>A search that the server broke off because it took too long.</summary>
    public static ServerError SearchBrokenOff { get; } = new(500, "timed_out", null);

    /// <summary>Something answers that is no search server.</summary>
    public static StoreException Stranger(string node, int status, Exception? inner = null) => new(
        $"What answers at {node} is not Elasticsearch or OpenSearch (status {status}). Check ELASTICSEARCH_URL, and any proxy in between.",
        false,
        inner);

    /// <summary>What is wrong and what to do.</summary>
    /// <param name="node">Who answered.</param>
    public StoreException Explain(string node)
    {
        if (Type is null && _status is not (401 or 403 or 413 or 429 or 502 or 503 or 504))
            return Stranger(node, _status);
        var (message, mayPass) = Explain();
        return new StoreException(message, mayPass);
    }

    /// <summary>What is wrong and what to do, and whether it may pass.</summary>
    public (string Message, bool MayPass) Explain() => (_status, Type) switch
    {
        (_, "cluster_block_exception") when IsBlocked && _reason.Contains("/12/", StringComparison.Ordinal) =>
            ("Elasticsearch made the index read-only because its disk is nearly full (flood-stage watermark). "
            + "Free disk space there; from Elasticsearch 7.4 on writing goes on by itself.", true),
        (_, "cluster_block_exception") when IsBlocked =>
            ($"Elasticsearch does not let the index be written: {_reason}. Remove the block (index.blocks.*) from its settings.", true),
        (401, _) => ("Elasticsearch does not accept the sign-in (401). "
            + "Check ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD, or ELASTICSEARCH_API_KEY.", false),
        (403, _) => ($"Elasticsearch does not let this user do that (403, {Type ?? "no reason given"}). The user of ELASTICSEARCH_USERNAME or "
            + "ELASTICSEARCH_API_KEY needs 'all' on the bot's indices, and 'monitor' and 'manage_index_templates' on the cluster.", false),
        (_, "index_not_found_exception") => ($"An index is missing in Elasticsearch, or its alias ({_reason}). Start the bot, which creates its indices; "
            + "if one was deleted, restore it.", false),
        (_, "mapper_parsing_exception" or "document_parsing_exception" or "strict_dynamic_mapping_exception") =>
            ($"A document does not fit the index's mapping{Field()} ({Type}). The index was created by another version of Subot or by something else: "
            + "choose another SUBOT_INDEX_PREFIX, or move the index away.", false),
        (400, "illegal_argument_exception") when _reason.StartsWith("mapper [", StringComparison.Ordinal) =>
            ($"The mapping of an index cannot become what Subot needs{Field()}. The index was created by something else: "
            + "choose another SUBOT_INDEX_PREFIX, or move the index away.", false),
        (400, "validation_exception") => ($"Elasticsearch refuses: {_reason}. With too many shards, delete old indices or raise cluster.max_shards_per_node.", false),
        (_, "circuit_breaking_exception") => ("Elasticsearch is short of memory and refuses the request. Give it a bigger heap if that goes on.", true),
        (_, "unavailable_shards_exception" or "no_shard_available_action_exception") =>
            ("An index has no active shard in Elasticsearch. See its /_cluster/health and the free space of its disks (watermarks).", true),
        (_, "timed_out") => ("A search took too long for Elasticsearch and was broken off.", true),
        (413, _) => ("The request is too large for Elasticsearch or a proxy in between. Raise http.max_content_length there.", false),
        (429, _) => ($"Elasticsearch is too busy (429, {Type ?? "no reason given"}).", true),
        (503, _) => ($"Elasticsearch is not ready (503, {Type ?? "said by something in between"}). See its /_cluster/health.", true),
        (502 or 504, _) => ($"Something between the bot and Elasticsearch got no answer from it ({_status}). See whether Elasticsearch runs.", true),
        (409, _) => ($"Elasticsearch reports a conflict ({Type}).", true),
        ( >= 500, _) => ($"Elasticsearch failed ({_status}, {Type}). See its log.", true),
        _ => ($"Elasticsearch refuses a request ({_status}, {Type}).", false),
    };

    // Asked only of errors about mappings, in which the name of the field stands before anything of the document.
    private string Field() => FieldName().Match(_reason) is { Success: true } match ? $" at field {match.Groups[1].Value}" : "";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"(?:field|mapper|introduction of) \[([\w.@-]{1,100})\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FieldName();
}
