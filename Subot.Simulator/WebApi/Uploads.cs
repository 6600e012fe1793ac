using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>Files on their way into the workspace, kept in memory.</summary>
internal sealed class Uploads(Workspace workspace)
{
    private readonly ConcurrentDictionary<string, Upload> uploads = [];

    public string Expect(string name, int length)
    {
        var upload = new Upload(workspace.NewId('F'), name, length);
        uploads[upload.Id] = upload;
        return upload.Id;
    }

    public Upload? Find(string? id) => id is null ? null : uploads.GetValueOrDefault(id);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/upload/v1/{id}", ReceiveAsync);
        routes.MapGet("/files/{id}/{name}", (string id) =>
            Find(id) is { IsComplete: true } upload ? Results.Bytes(upload.Content, "application/octet-stream", upload.Name) : Results.NotFound());
    }

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

/// <summary>One uploaded file, or one that is expected.</summary>
internal sealed class Upload(string id, string name, int length)
{
    public string Id { get; } = id;
    public string Name { get; } = name;
    public int Length { get; } = length;
    public byte[] Content { get; set; } = [];

    public bool IsComplete => Content.Length == Length;

    public JsonObject Show(string? title, Uri url) => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["title"] = title ?? Name,
        ["size"] = Length,
        ["mode"] = "hosted",
        ["url_private"] = $"{url}files/{Id}/{Uri.EscapeDataString(Name)}",
    };
}
