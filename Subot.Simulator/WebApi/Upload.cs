using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>One uploaded file, or one that is expected.</summary>
internal sealed class Upload(string id, string name, int length)
{
    public string Id { get; } = id;
    public string Name { get; } = name;
    public string Title { get; set; } = name;
    public int Length { get; } = length;
    public byte[] Content { get; set; } = [];

    /// <summary>When the app completed the upload; null before.</summary>
    public long? CompletedAt { get; set; }

    public bool IsReceived => Content.Length == Length;

    public string MimeType => System.IO.Path.GetExtension(Name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".csv" => "text/csv",
        ".txt" => "text/plain",
        ".pdf" => "application/pdf",
        _ => "application/octet-stream",
    };

    /// <summary>Where it is, without the address of the simulator.</summary>
    public string Path => $"files/{Id}/{Uri.EscapeDataString(Name)}";

    public JsonObject Show(string user, Uri url) => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["title"] = Title,
        ["mimetype"] = MimeType,
        ["filetype"] = System.IO.Path.GetExtension(Name).TrimStart('.'),
        ["user"] = user,
        ["size"] = Length,
        ["mode"] = "hosted",
        ["url_private"] = url + Path,
        ["url_private_download"] = url + Path,
        ["permalink"] = url + Path,
    };
}
