using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Storage;
using Subot.Tests.Storage.Elasticsearch;

namespace Subot.Tests.Bot.Privacy;

/// <summary>
/// Erasing on a server of the test's own: its documents are looked at with all that is encoded in them, and every byte of its folder.
/// </summary>
[TestFixture]
public sealed class ElasticsearchErasingTests : ErasingContract
{
    private SearchServerProcess _process = null!;
    private ServerIndices _indices = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _process = await SearchServers.OwnAsync(ServerKind.Elasticsearch);

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    [TearDown]
    public async Task DropAsync() => await _indices.DisposeAsync();

    // Shards let go of what was overwritten every half minute.
    protected override bool CompactsAtOnce => false;

    protected override async Task<IStore> OpenAsync()
    {
        _indices = new ServerIndices(_process.Server);
        return await _indices.OpenAsync(Ct);
    }

    protected override async Task<IReadOnlyList<string>> FoundAsync(IReadOnlyList<string> needles, bool onDisk)
    {
        await _indices.Client.RefreshAsync($"{_indices.Prefix}-*", Ct);
        await _indices.Client.SendAsync(HttpMethod.Post, $"{_indices.Prefix}-*/_flush?force=true", null, Ct);
        var everything = new StringBuilder();
        var found = await _indices.Client.SendAsync(HttpMethod.Post, $"{_indices.Prefix}-*/_search", new JsonObject { ["size"] = 1000 }, Ct);
        foreach (var hit in found.GetProperty("hits").GetProperty("hits").EnumerateArray())
        {
            everything.Append(hit.GetProperty("_id").GetString());
            Read(hit.GetProperty("_source"), everything);
        }

        var documents = everything.ToString();
        var files = !onDisk ? [] : Directory.EnumerateFiles(_process.Folder!, "*", SearchOption.AllDirectories).Where(f => f.Contains("indices", StringComparison.Ordinal)).Select(Bytes).ToList();
        return [.. needles.Where(n => documents.Contains(n, StringComparison.OrdinalIgnoreCase) || files.Exists(f => Forms(n).Any(form => f.AsSpan().IndexOf(form) >= 0)))];
    }

    /// <summary>All texts of a document, and what is encoded in them.</summary>
    private static void Read(JsonElement element, StringBuilder into)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Read(property.Value, into);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Read(item, into);
                break;
            case JsonValueKind.String:
                into.Append(element.GetString()).Append('\n');
                if (element.TryGetBytesFromBase64(out var bytes))
                    into.Append(Encoding.Latin1.GetString(bytes)).Append('\n');
                break;
        }
    }

    /// <summary>
    /// A word as it may be written: as it is, in small letters in the index, and within bytes that are written as letters.
    /// </summary>
    private static IEnumerable<byte[]> Forms(string word)
    {
        yield return Encoding.UTF8.GetBytes(word);
        yield return Encoding.UTF8.GetBytes(word.ToLowerInvariant());
        for (var before = 0; before < 3; before++)
        {
            // The letters at both ends depend on what stands beside it.
            var encoded = Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(word)]);
            yield return Encoding.UTF8.GetBytes(encoded[(before == 0 ? 0 : before + 1)..^4]);
        }
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes;
        }
        catch (IOException)
        {
            // The server has deleted it meanwhile.
            return [];
        }
    }
}
