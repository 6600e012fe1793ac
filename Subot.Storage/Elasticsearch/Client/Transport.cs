using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Polly;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Gets a request to one of the nodes: picks it, signs in, waits, and tries again what may be tried again.</summary>
internal sealed partial class Transport : IDisposable
{
    private readonly HttpClient _http;
    private readonly TrustedAuthority _authority;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly NodeList _nodes;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<Attempt> _retry;

    public Transport(ElasticsearchOptions options, TimeProvider time, ILogger log)
    {
        _timeout = options.Timeout;
        _time = time;
        _log = log;
        _nodes = new NodeList(options.Nodes, time);
        _authority = new TrustedAuthority(options.CertificateAuthority);
        _authorization = Authorization(options);
        _retry = Retry.While<Attempt>(a => a.Again, time, (attempt, wait) => Log.Again(log, wait.TotalMilliseconds, attempt.Failure?.Message));
        _http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            // A name may come to mean another machine: connections are not kept for ever.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // A redirect would carry the sign-in to somebody else.
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = _authority.Options(),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a request until it is answered.</summary>
    /// <exception cref="StoreException">It was refused, or not answered.</exception>
    public async Task<Answer> SendAsync(ServerRequest request, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        var attempt = await _retry.ExecuteAsync(
            async token =>
            {
                var result = await AttemptAsync(request, token);
                // Two time-outs are enough, however many attempts would be left.
                return result with { Again = result.Again && _time.GetElapsedTime(started) < 2 * _timeout };
            },
            ct);
        return attempt.Answer ?? throw attempt.Failure!;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>One attempt. It goes on to the next node at once when one is not there.</summary>
    private async Task<Attempt> AttemptAsync(ServerRequest request, CancellationToken ct)
    {
        Attempt attempt = default;
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes.Next();
            attempt = await AttemptAsync(request, node, ct);
            if (!attempt.IsUnsent)
                break;
        }

        return attempt;
    }

    private async Task<Attempt> AttemptAsync(ServerRequest request, NodeList.Node node, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var message = request.To(node.Uri, _authorization);
            using var response = await _http.SendAsync(message, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            _nodes.Answered(node);
            return Judge(request, node, response, body);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested
                ? Missed(node, new Attempt(null, ConnectionFailure.Late(node, _timeout, e), Again: request.IsRepeatable))
                : Missed(node, new Attempt(null, ConnectionFailure.Unreachable(node, e), Again: true, IsUnsent: true));
        }
        catch (HttpRequestException e)
        {
            var failure = ConnectionFailure.Explain(e, node, _authority.Refusal);
            var unsent = ConnectionFailure.IsUnsent(e);
            return Missed(node, new Attempt(null, failure, failure.MayPass && (unsent || request.IsRepeatable), unsent));
        }
    }

    private static Attempt Judge(ServerRequest request, NodeList.Node node, HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        var isAnswer = response.IsSuccessStatusCode || request.Allowed.Contains(status);
        var answer = new Answer(status, body, node.ToString(), response.Headers.Contains("X-Elastic-Product"));
        var error = isAnswer ? request.Inside?.Invoke(answer) : ServerError.Read(status, body);
        if (error is null)
            return new Attempt(answer);
        return new Attempt(null, error.Explain(node.ToString()), error.IsRefusedForNow || (error.IsUnclear && request.IsRepeatable));
    }

    private Attempt Missed(NodeList.Node node, Attempt attempt)
    {
        _nodes.Failed(node);
        if (_nodes.Count > 1)
            Log.Skipped(_log, node.ToString(), attempt.Failure!.Message);
        return attempt;
    }

    private static AuthenticationHeaderValue? Authorization(ElasticsearchOptions options) => options switch
    {
        { ApiKey: { } key } => new AuthenticationHeaderValue("ApiKey", key),
        { Username: { } user } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}"))),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Elasticsearch: trying again in {Milliseconds:0} ms. {Reason}")]
        public static partial void Again(ILogger log, double milliseconds, string? reason);

        [LoggerMessage(2, LogLevel.Warning, "Elasticsearch: {Node} is left out for a while. {Reason}")]
        public static partial void Skipped(ILogger log, string node, string reason);
    }
}
