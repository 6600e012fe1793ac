using System.Text.Json;
using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;

namespace Subot.Tests.Api;

/// <summary>Server-sent events as a browser reads them.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventStream(HttpResponseMessage answer, Stream body) => (_answer, _lines) = (answer, new StreamReader(body));

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    public static async Task<EventStream> OpenAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.That((answer.IsSuccessStatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((true, "text/event-stream")));
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync(Ct));
    }

    /// <summary>The next event, whatever stands between; null when the stream has ended.</summary>
    public async Task<ThreadsChanged?> NextAsync()
    {
        for (var message = await MessageAsync(); message is not null; message = await MessageAsync())
        {
            if (message is ["event: threads", var data])
                return JsonSerializer.Deserialize<ThreadsChanged>(data["data: ".Length..], ApiJson.Options);
        }

        return null;
    }

    /// <summary>The lines up to the next empty one; null when the stream has ended.</summary>
    public async Task<IReadOnlyList<string>?> MessageAsync()
    {
        List<string> lines = [];
        for (var line = await _lines.ReadLineAsync(Ct); line is { Length: > 0 }; line = await _lines.ReadLineAsync(Ct))
            lines.Add(line);
        return lines.Count == 0 ? null : lines;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}
