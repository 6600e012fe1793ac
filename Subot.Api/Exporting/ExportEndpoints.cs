using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Numbers;
using Subot.Api.Threads;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Api.Exporting;

/// <summary>Requests for other programs: streamed, however many there are, the oldest first.</summary>
internal static class ExportEndpoints
{
    private const int PerRound = 2000;
    private const int FlushAt = 64 * 1024;
    private static readonly byte[] s_newLine = "\n"u8.ToArray();

    public static void MapExporting(this WebApplication app)
    {
        // A large export takes as long as it takes.
        app.MapGet("/v2/threads.csv", CsvAsync).WithTags("Threads").Produces<string>(contentType: "text/csv").DisableRequestTimeout();
        app.MapGet("/v2/threads.jsonl", LinesAsync).WithTags("Threads").Produces<ThreadItem>(contentType: "application/jsonl").DisableRequestTimeout();
    }

    private static async Task CsvAsync(
        [AsParameters] NumbersParameters asked,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore numbers,
        IThreadStore store,
        CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        Begin(context, "text/csv; charset=utf-8", "requests.csv");
        await WriteAsync(context.Response, Csv.Title, ct);
        await foreach (var items in RoundsAsync(question, numbers, store, ct))
            await WriteAsync(context.Response, string.Concat(items.Select(Csv.Line)), ct);
    }

    private static async Task LinesAsync(
        [AsParameters] NumbersParameters asked,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore numbers,
        IThreadStore store,
        CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        Begin(context, "application/jsonl; charset=utf-8", "requests.jsonl");
        var body = context.Response.BodyWriter;
        await foreach (var items in RoundsAsync(question, numbers, store, ct))
        {
            await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
            foreach (var item in items)
            {
                JsonSerializer.Serialize(json, item, ApiJson.Options);
                await json.FlushAsync(ct);
                json.Reset();
                body.Write(s_newLine);
                if (body.UnflushedBytes > FlushAt)
                    await body.FlushAsync(ct);
            }
        }

        await body.FlushAsync(ct);
    }

    private static void Begin(HttpContext context, string type, string file)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
    }

    /// <summary>The requests, some at a time. While they are written the next ones are read.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<ThreadItem>> RoundsAsync(
        NumbersQuestion question, INumbersStore numbers, IThreadStore store, [EnumeratorCancellation] CancellationToken ct)
    {
        var reading = ReadAsync(null);
        try
        {
            while (true)
            {
                var (items, last) = await reading;
                if (last is not null)
                    reading = ReadAsync(last);
                if (items.Count > 0)
                    yield return items;
                if (last is null)
                    yield break;
            }
        }
        finally
        {
            // Whoever took the export may have gone: the store is not left before the last read is done with it.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A store may work on the thread that calls it.
        Task<(IReadOnlyList<ThreadItem> Items, ThreadKey? Last)> ReadAsync(ThreadKey? after) => Task.Run(
            async () =>
            {
                var found = await numbers.CountedAsync(question.Query, new CountedPage(after, NewestFirst: false, PerRound), ct);
                var items = await ThreadEndpoints.ItemsAsync(found, question, store, ct);
                return (items, found.Count < PerRound ? (ThreadKey?)null : found[^1].Key);
            },
            ct);
    }

    private static Task WriteAsync(HttpResponse response, string text, CancellationToken ct) =>
        response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct).AsTask();
}
