using System.Collections.Concurrent;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>Files on their way into the workspace, kept in memory.</summary>
internal sealed class Uploads(Workspace workspace, FaultBox faults)
{
    private readonly ConcurrentDictionary<string, Upload> uploads = [];

    public string Expect(string name, int length)
    {
        var upload = new Upload(workspace.NewId('F'), name, length);
        uploads[upload.Id] = upload;
        return upload.Id;
    }

    public Upload? Find(string? id) => id is null ? null : uploads.GetValueOrDefault(id);

    /// <summary>The upload is complete: from now on the workspace processes the file.</summary>
    public void Complete(Upload upload, string? title)
    {
        upload.Title = title ?? upload.Name;
        upload.CompletedAt ??= workspace.Time.GetTimestamp();
    }

    /// <summary>True once a block can show the file with this id, or with this address.</summary>
    public bool IsShowable(string? id, string? url)
    {
        var upload = Find(id) ?? uploads.Values.FirstOrDefault(known => url?.Contains(known.Path, StringComparison.Ordinal) == true);
        return upload?.CompletedAt is { } since && workspace.Time.GetElapsedTime(since) >= TimeSpan.FromMilliseconds(faults.Settings.FileProcessingMs);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/upload/v1/{id}", ReceiveAsync);
        routes.MapGet("/files/{id}/{name}", (string id) => Find(id) is { CompletedAt: not null } upload ? Served(upload) : Results.NotFound());
    }

    /// <summary>Only pictures are shown by browsers; what could run as a page of the simulator is downloaded.</summary>
    private static IResult Served(Upload upload) => upload.MimeType.StartsWith("image/", StringComparison.Ordinal)
        ? Results.Bytes(upload.Content, upload.MimeType)
        : Results.Bytes(upload.Content, "application/octet-stream", upload.Name);

    private async Task<IResult> ReceiveAsync(string id, HttpRequest request)
    {
        if (Find(id) is not { } upload)
            return Results.NotFound();
        var content = await ContentAsync(request, request.HttpContext.RequestAborted);
        if (content.Length != upload.Length)
            return Results.BadRequest($"expected {upload.Length} bytes, got {content.Length}");
        upload.Content = content;
        return Results.Text($"OK - {content.Length}");
    }

    /// <summary>The raw body, or the one file of a form.</summary>
    private static async Task<byte[]> ContentAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return await request.ReadBytesAsync(cancellationToken);
        var form = await request.ReadFormAsync(cancellationToken);
        if (form.Files.Count == 0)
            return [];
        using var content = new MemoryStream();
        await form.Files[0].CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
