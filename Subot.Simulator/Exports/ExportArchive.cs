using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Subot.Simulator.Exports;

/// <summary>A channel of an export: its folder holds one file a day.</summary>
public sealed record ExportChannel(
    string Id, string Name, string Folder, bool IsPrivate, bool IsArchived, IReadOnlyList<string> Members, string Topic);

/// <summary>A Slack export, as the zip Slack gives or unpacked into a folder.</summary>
public sealed partial class ExportArchive : IDisposable
{
    private readonly ZipArchive? zip;
    private readonly string path;
    private readonly string prefix;

    private ExportArchive(string path, ZipArchive? zip)
    {
        this.path = path;
        this.zip = zip;
        var users = Names().FirstOrDefault(name => name is "users.json" || name.EndsWith("/users.json", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{path} is no Slack export: it has no users.json.");
        prefix = users[..^"users.json".Length];
        Users = [.. ReadArray("users.json").OfType<JsonObject>()];
        Channels = [.. ReadChannels("channels.json", isPrivate: false), .. ReadChannels("groups.json", isPrivate: true)];
    }

    /// <summary>The members of users.json, as Slack wrote them.</summary>
    public IReadOnlyList<JsonObject> Users { get; }

    /// <summary>The public channels, then the private ones of a full export.</summary>
    public IReadOnlyList<ExportChannel> Channels { get; }

    /// <summary>Opens an export; <see cref="InvalidDataException"/> or <see cref="IOException"/> says why it cannot be read.</summary>
    public static ExportArchive Open(string path)
    {
        if (Directory.Exists(path))
            return new ExportArchive(path, null);
        var zip = ZipFile.OpenRead(path);
        try
        {
            return new ExportArchive(path, zip);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>The messages of a channel in the order of its days, as Slack wrote them.</summary>
    public IEnumerable<JsonObject> ReadMessages(ExportChannel channel)
    {
        var folder = $"{prefix}{channel.Folder}/";
        var days = Names().Where(name => name.StartsWith(folder, StringComparison.Ordinal) && DayFile.IsMatch(name[folder.Length..]));
        return days.Order(StringComparer.Ordinal).SelectMany(day => ReadArray(day[prefix.Length..]).OfType<JsonObject>());
    }

    public void Dispose() => zip?.Dispose();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}\.json$")]
    private static partial Regex DayFile { get; }

    private IEnumerable<string> Names() => zip is not null
        ? zip.Entries.Select(entry => entry.FullName)
        : Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'));

    private List<ExportChannel> ReadChannels(string file, bool isPrivate) =>
        [.. ReadArray(file, isOptional: true).OfType<JsonObject>().Where(json => json.Text("id") is not null).Select(json => Channel(json, isPrivate))];

    private static ExportChannel Channel(JsonObject json, bool isPrivate)
    {
        var id = json.Text("id")!;
        var name = json.Text("name") ?? id.ToLowerInvariant();
        var members = (json["members"] as JsonArray ?? []).Select(member => member?.GetValue<string>()).OfType<string>();
        return new ExportChannel(id, name, name, isPrivate, json.Flag("is_archived"), [.. members], (json["topic"] as JsonObject)?.Text("value") ?? "");
    }

    private JsonArray ReadArray(string name, bool isOptional = false)
    {
        using var stream = OpenFile(prefix + name);
        if (stream is null && isOptional)
            return [];
        if (stream is null)
            throw new InvalidDataException($"{path} has no {name}.");
        try
        {
            return JsonNode.Parse(stream) as JsonArray ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name} of {path} is no JSON: {exception.Message}", exception);
        }
    }

    private Stream? OpenFile(string name)
    {
        if (zip is not null)
            return zip.GetEntry(name)?.Open();
        var file = Path.Combine(path, name);
        return File.Exists(file) ? File.OpenRead(file) : null;
    }
}
