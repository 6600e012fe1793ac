using System.Net.Security;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Why a node gave no answer.</summary>
internal static class ConnectionFailure
{
    /// <summary>The node was not reached: nothing was sent to it.</summary>
    public static bool IsUnsent(HttpRequestException failure) => failure.HttpRequestError is
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError;

    /// <summary>What is wrong and what to do.</summary>
    /// <param name="refusal">What was wrong with its certificate, if anything.</param>
    public static StoreException Explain(HttpRequestException failure, NodeList.Node node, SslPolicyErrors refusal) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new($"The host of {node} is not known. Check ELASTICSEARCH_URL and the name service.", true, failure),
        HttpRequestError.SecureConnectionError when refusal.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            new($"The certificate of {node} is for another name. Use the name it is made for in ELASTICSEARCH_URL.", false, failure),
        HttpRequestError.SecureConnectionError when refusal != SslPolicyErrors.None =>
            new($"The certificate of {node} is not trusted. Set ELASTICSEARCH_CA to the PEM file of the authority that issued it "
                + "(and see that it has not expired).", false, failure),
        HttpRequestError.SecureConnectionError when failure.InnerException is IOException =>
            new($"Elasticsearch at {node} broke the connection off while it was being secured.", true, failure),
        HttpRequestError.SecureConnectionError =>
            new($"No TLS connection to {node} comes about. If it speaks plain HTTP, write http:// in ELASTICSEARCH_URL.", false, failure),
        HttpRequestError.ConnectionError =>
            new($"Elasticsearch at {node} cannot be reached. See whether it runs, and check ELASTICSEARCH_URL.", true, failure),
        HttpRequestError.ProxyTunnelError => new($"The proxy does not connect to {node}. Check HTTPS_PROXY and NO_PROXY.", true, failure),
        HttpRequestError.InvalidResponse => new($"What answers at {node} does not speak HTTP. Check ELASTICSEARCH_URL.", false, failure),
        // So ends plain HTTP to a port that speaks TLS.
        _ when node.Uri.Scheme == Uri.UriSchemeHttp && !node.HasAnswered =>
            new($"What listens at {node} breaks the connection off. If it speaks TLS, write https:// in ELASTICSEARCH_URL.", true, failure),
        _ => new($"The connection to Elasticsearch at {node} was lost before it answered.", true, failure),
    };

    /// <summary>It took too long.</summary>
    public static StoreException Late(NodeList.Node node, TimeSpan timeout, Exception inner) =>
        new($"Elasticsearch at {node} did not answer within {timeout.TotalSeconds:0.#} s.", true, inner);

    /// <summary>No connection came about in time.</summary>
    public static StoreException Unreachable(NodeList.Node node, Exception inner) =>
        new($"Elasticsearch at {node} cannot be reached: no answer to the attempt to connect. Check ELASTICSEARCH_URL and firewalls.", true, inner);
}
