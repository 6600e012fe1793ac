using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Subot.Hosting;
using Subot.Slack;

namespace Subot.Bot.Importing;

/// <summary>
/// A Slack export: a zip, or the folder it was unpacked to. Days in it are cut in another zone than anybody's: only ts counts.
/// </summary>
internal sealed class SlackExport : IDisposable
{
    private const int DaysAhead = 16;
    private const string UsersFile = "users.json";
    private static readonly JsonSerializerOptions s_json = new();

    // Private channels are only in full exports; direct conversations are nobody's support channel.
    private static readonly string[] s_lists = ["channels.json", "groups.json"];

    private readonly ZipArchive? _zip;
    private readonly string _folder;
    private byte[] _bytes = new byte[1024 * 1024];

    private SlackExport(ZipArchive? zip, string folder) => (_zip, _folder) = (zip, folder);

    /// <summary>Opens an export.</summary>
    /// <exception cref="StartRefusedException">There is none at this path.</exception>
    public static SlackExport Open(string path)
    {
        try
        {
            var export = Directory.Exists(path) ? new SlackExport(null, path) : new SlackExport(ZipFile.OpenRead(path), "");
            if (!export.Lists().Any())
                throw new StartRefusedException($"'{path}' is no Slack export: there is no channels.json in it. Name the zip as Slack made it, or the folder it was unpacked to.");
            return export;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The export '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The channels, public and private: name and id.</summary>
    public IReadOnlyList<(string Name, string Id)> Channels() => [.. Lists().SelectMany(ChannelsOf)];

    private IEnumerable<string> Lists() => s_lists.Where(name =>
    {
        using var stream = TryOpen(name);
        return stream is not null;
    });

    private IReadOnlyList<(string Name, string Id)> ChannelsOf(string list)
    {
        using var stream = TryOpen(list)!;
        using var document = Parse(stream, list);
        return [.. document.RootElement.EnumerateArray()
            .Select(c => (Text(c, "name"), Text(c, "id")))
            .Where(c => c is { Item1: not null, Item2: not null })
            .Select(c => (c.Item1!, c.Item2!))];
    }

    /// <summary>The accounts of the workspace; none if the export does not list them.</summary>
    /// <exception cref="StartRefusedException">The list is damaged.</exception>
    public IReadOnlyList<SlackUser> Users()
    {
        using var stream = TryOpen(UsersFile);
        try
        {
            return stream is null ? [] : SlackUser.ReadList(stream);
        }
        catch (JsonException e)
        {
            throw new StartRefusedException($"'{UsersFile}' of the export is damaged: {e.Message}", e);
        }
    }

    /// <summary>The files of a channel's days, in order.</summary>
    public IReadOnlyList<string> Days(string channel)
    {
        var names = _zip is not null
            ? _zip.Entries.Select(e => e.FullName).Where(n => n.StartsWith(channel + "/", StringComparison.Ordinal))
            : Directory.Exists(Path.Combine(_folder, channel)) ? Directory.GetFiles(Path.Combine(_folder, channel)).Select(f => $"{channel}/{Path.GetFileName(f)}") : [];
        return [.. names.Where(n => n.EndsWith(".json", StringComparison.Ordinal) && DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(n), "yyyy-MM-dd", out _)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The messages of a channel's days, in order. Some days are read ahead, while the caller works on those before.</summary>
    /// <exception cref="StartRefusedException">A file is damaged.</exception>
    public async IAsyncEnumerable<IReadOnlyList<SlackMessage>> ReadAsync(string channel, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = Channel.CreateBounded<IReadOnlyList<SlackMessage>>(DaysAhead);
        var reading = Task.Run(() => ReadAheadAsync(Days(channel), ahead.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var day in ahead.Reader.ReadAllAsync(ct))
                yield return day;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>Never fails: what goes wrong is told to whoever reads.</summary>
    private async Task ReadAheadAsync(IReadOnlyList<string> days, ChannelWriter<IReadOnlyList<SlackMessage>> ahead, CancellationToken ct)
    {
        try
        {
            foreach (var day in days)
                await ahead.WriteAsync(ReadDay(day), ct);
            ahead.Complete();
        }
        catch (Exception e)
        {
            ahead.TryComplete(e);
        }
    }

    private List<SlackMessage> ReadDay(string day)
    {
        try
        {
            var messages = JsonSerializer.Deserialize<List<SlackMessage>>(Bytes(day), s_json) ?? [];
            messages.RemoveAll(m => m?.Ts is null);
            return messages;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new StartRefusedException($"'{day}' of the export is damaged: {e.Message}", e);
        }
    }

    /// <summary>
    /// The bytes of a file, until the next is asked for: one buffer serves all, for a new one of this size costs a full collection.
    /// </summary>
    private ReadOnlySpan<byte> Bytes(string name)
    {
        using var stream = TryOpen(name)!;
        var length = 0;
        while (stream.Read(_bytes, length, _bytes.Length - length) is var read and > 0)
        {
            length += read;
            if (length == _bytes.Length)
                Array.Resize(ref _bytes, 2 * length);
        }

        return _bytes.AsSpan(0, length);
    }

    public void Dispose() => _zip?.Dispose();

    private Stream? TryOpen(string name)
    {
        if (_zip is not null)
            return _zip.GetEntry(name)?.Open();
        var path = Path.Combine(_folder, name);
        return File.Exists(path) ? File.OpenRead(path) : null;
    }

    private static JsonDocument Parse(Stream stream, string name)
    {
        try
        {
            var document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Array ? document : throw new JsonException("it is no list");
        }
        catch (JsonException e)
        {
            throw new StartRefusedException($"'{name}' of the export is damaged: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
