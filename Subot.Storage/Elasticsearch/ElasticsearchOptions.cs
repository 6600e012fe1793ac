namespace Subot.Storage.Elasticsearch;

/// <summary>Where Elasticsearch is and how to sign in to it. The variables named here are those a person sets.</summary>
public sealed record ElasticsearchOptions
{
    /// <summary>The nodes (ELASTICSEARCH_URL); requests are spread over them.</summary>
    public required IReadOnlyList<Uri> Nodes { get; init; }

    /// <summary>Who signs in (ELASTICSEARCH_USERNAME), if anybody.</summary>
    public string? Username { get; init; }

    /// <summary>The user's password (ELASTICSEARCH_PASSWORD).</summary>
    public string? Password { get; init; }

    /// <summary>
    /// A key instead of user and password (ELASTICSEARCH_API_KEY), in the base64 form that Elasticsearch shows as 'encoded'.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// A PEM file of the only authorities whose certificates are believed (ELASTICSEARCH_CA); without it, those of the system.
    /// </summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>What the names of all indices begin with (SUBOT_INDEX_PREFIX).</summary>
    public string IndexPrefix { get; init; } = "subot";

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The nodes and the prefix; never what signs in.</summary>
    public override string ToString() => $"{Servers} ({IndexPrefix}-*)";

    /// <summary>The nodes as they may be shown.</summary>
    internal string Servers => string.Join(", ", Nodes.Select(Name));

    /// <summary>A node as it may be shown: without anything secret that was written into its URL.</summary>
    internal static string Name(Uri node) =>
        node.IsAbsoluteUri ? node.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "?";

    /// <summary>Refuses what cannot work, by the name of the variable.</summary>
    /// <exception cref="StoreException">Something is wrong.</exception>
    internal void Check()
    {
        var wrong = Nodes switch
        {
            [] => "ELASTICSEARCH_URL names no server. Example: https://elasticsearch:9200",
            _ when Nodes.Any(n => !n.IsAbsoluteUri || n.Scheme is not ("http" or "https") || n.Host.Length == 0) =>
                "ELASTICSEARCH_URL is not a list of http or https URLs. Example: https://es1:9200,https://es2:9200",
            _ when Nodes.Any(n => n.UserInfo.Length > 0) =>
                "ELASTICSEARCH_URL carries a user or password. Set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD instead.",
            _ when Nodes.Any(n => n.Query.Length + n.Fragment.Length > 0) => "ELASTICSEARCH_URL has a '?' or '#'. Example: https://elasticsearch:9200",
            _ when ApiKey is not null && Username is not null => "Set either ELASTICSEARCH_API_KEY or ELASTICSEARCH_USERNAME, not both.",
            _ when (Username is null) != (Password is null) => "Set both ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD, or neither.",
            _ when ApiKey is { } key && key.Any(c => c is <= ' ' or > '~') => "ELASTICSEARCH_API_KEY has a character that no API key has.",
            _ when !IsPrefix(IndexPrefix) => "SUBOT_INDEX_PREFIX may have small letters, digits, '-', '_' and '.', and begins with a letter or digit.",
            _ when Timeout <= TimeSpan.Zero => "The time-out for Elasticsearch must be longer than nothing.",
            _ => null,
        };
        if (wrong is not null)
            throw new StoreException(wrong, mayPass: false);
    }

    private static bool IsPrefix(string prefix) =>
        prefix.Length is > 0 and <= 100 && prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
        && char.IsAsciiLetterOrDigit(prefix[0]);
}
