using System.IO.Compression;
using System.Net.Http.Headers;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>A request, made once and sent as often as it takes.</summary>
internal sealed class ServerRequest
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>JSON, one object a line.</summary>
    public const string Lines = "application/x-ndjson";

    // Smaller bodies fit into one packet anyway.
    private const int CompressFrom = 1024;

    private readonly HttpMethod _method;
    private readonly string _path;
    private readonly string _contentType;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly bool _isCompressed;

    /// <param name="path">Relative to the node: <c>index/_search</c>.</param>
    /// <param name="body">Empty for none.</param>
    public ServerRequest(HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType = Json)
    {
        _method = method;
        _path = path.TrimStart('/');
        _contentType = contentType;
        _isCompressed = body.Length >= CompressFrom;
        _body = _isCompressed ? Compress(body.Span) : body;
    }

    /// <summary>Whether it may be sent again when nobody knows if it was done the first time.</summary>
    public required bool IsRepeatable { get; init; }

    /// <summary>Statuses besides success that are answers, not errors.</summary>
    public int[] Allowed { get; init; } = [];

    /// <summary>Finds an error inside an answer with a good status.</summary>
    public Func<Answer, ServerError?>? Inside { get; init; }

    /// <summary>The message to one node.</summary>
    public HttpRequestMessage To(Uri node, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(_method, new Uri(node, _path));
        message.Headers.Authorization = authorization;
        if (_body.IsEmpty)
            return message;
        message.Content = new ReadOnlyMemoryContent(_body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(_contentType);
        if (_isCompressed)
            message.Content.Headers.ContentEncoding.Add("gzip");
        return message;
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> body)
    {
        using var target = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return target.GetBuffer().AsMemory(0, (int)target.Length);
    }
}
