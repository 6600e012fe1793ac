namespace Subot.Storage.Elasticsearch.Client;

/// <summary>What kind of search server answers.</summary>
internal enum SearchProduct
{
    /// <summary>Elasticsearch.</summary>
    Elasticsearch,

    /// <summary>OpenSearch.</summary>
    OpenSearch,
}

/// <summary>Who answers, and its version; no version if the server does not tell it.</summary>
internal sealed record ServerInfo(SearchProduct Product, Version? Version)
{
    /// <summary>As a person calls it: <c>Elasticsearch 8.19.0</c>.</summary>
    public override string ToString() => Version is null ? $"{Product}" : $"{Product} {Version}";
}
