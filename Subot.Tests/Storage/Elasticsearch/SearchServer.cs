using Subot.Storage.Elasticsearch;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>The search servers that tests run against.</summary>
public enum ServerKind
{
    /// <summary>Elasticsearch, as new as it comes.</summary>
    Elasticsearch,

    /// <summary>OpenSearch.</summary>
    OpenSearch,

    /// <summary>Elasticsearch 6, from which the first Subot's data is read.</summary>
    Elasticsearch6,
}

/// <summary>A real server, and how to sign in to it.</summary>
internal sealed record SearchServer(Uri Url, string? Username = null, string? Password = null)
{
    /// <summary>What connects to it.</summary>
    /// <param name="prefix">Of the indices: each test has its own, for the server is shared.</param>
    public ElasticsearchOptions Options(string prefix) =>
        new() { Nodes = [Url], Username = Username, Password = Password, IndexPrefix = prefix };

    /// <summary>A server by its URL, which may carry user and password.</summary>
    public static SearchServer At(string url)
    {
        var uri = new Uri(url);
        return uri.UserInfo.Split(':', 2) is [var user, var password]
            ? new(new UriBuilder(uri) { UserName = "", Password = "" }.Uri, Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
            : new(uri);
    }
}
