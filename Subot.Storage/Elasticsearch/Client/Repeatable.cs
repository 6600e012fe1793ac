namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Which requests may be sent again when nobody knows whether the first came through.</summary>
internal static class Repeatable
{
    private static readonly string[] s_reads = ["_search", "_msearch", "_mget", "_count", "_refresh", "_field_caps", "_validate", "_analyze"];

    /// <summary>
    /// Reads; and what makes the same of the server however often it comes. Writing a document is not of that kind, for somebody else may
    /// have written in between, unless it says what it expects: then the second time is told from the first by its conflict.
    /// </summary>
    public static bool Is(HttpMethod method, string path)
    {
        var (address, query) = path.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? (path[..at], path[at..]) : (path, "");
        var steps = address.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Delete)
            return true;
        if (method == HttpMethod.Post)
            return steps is [.., var last] && s_reads.Contains(last);
        return method == HttpMethod.Put && (!steps.Contains("_doc")
            || query.Contains("if_seq_no=", StringComparison.Ordinal) || query.Contains("op_type=create", StringComparison.Ordinal)
            || query.Contains("version=", StringComparison.Ordinal));
    }
}
