using System.Buffers;
using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Writes the body of a bulk: for each item a line that says what to do, and the document on the next.</summary>
internal static class BulkBody
{
    /// <summary>
    /// From what size on a body is sent, and the next one begun: servers take 100 MB at most, proxies often less, and what is smaller than
    /// this is as fast.
    /// </summary>
    public const int Enough = 5_000_000;

    private static readonly byte[] s_newLine = [(byte)'\n'];

    /// <summary>The bodies of these items in their order.</summary>
    public static IEnumerable<(IReadOnlyList<BulkItem> Items, ReadOnlyMemory<byte> Body)> Of(IReadOnlyList<BulkItem> items)
    {
        for (var (first, next) = (0, 0); first < items.Count; first = next)
        {
            var body = new ArrayBufferWriter<byte>(16 * 1024);
            next = Write(body, items, first);
            yield return ([.. items.Skip(first).Take(next - first)], body.WrittenMemory);
        }
    }

    /// <summary>Writes items until it is enough; returns the number of the next.</summary>
    private static int Write(ArrayBufferWriter<byte> body, IReadOnlyList<BulkItem> items, int first)
    {
        using var json = new Utf8JsonWriter(body);
        var next = first;
        while (next < items.Count && body.WrittenCount < Enough)
        {
            var item = items[next++];
            WriteAction(json, item);
            json.Flush();
            json.Reset();
            body.Write(s_newLine);
            if (Document(item) is not { } document)
                continue;
            body.Write(document.Span);
            body.Write(s_newLine);
        }

        return next;
    }

    private static void WriteAction(Utf8JsonWriter json, BulkItem item)
    {
        json.WriteStartObject();
        json.WriteStartObject(item switch { BulkCreate => "create", BulkIndex => "index", _ => "delete" });
        json.WriteString("_index", item.Index);
        json.WriteString("_id", item.Id);
        if (item is BulkIndex { IfVersion: { } written })
            WriteVersion(json, written);
        if (item is BulkDelete { IfVersion: { } deleted })
            WriteVersion(json, deleted);
        if (item is BulkIndex { ExternalVersion: { } external })
        {
            json.WriteNumber("version", external);
            json.WriteString("version_type", "external_gte");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, DocumentVersion version)
    {
        json.WriteNumber("if_seq_no", version.SeqNo);
        json.WriteNumber("if_primary_term", version.PrimaryTerm);
    }

    private static ReadOnlyMemory<byte>? Document(BulkItem item) => item switch
    {
        BulkCreate create => create.Body,
        BulkIndex index => index.Body,
        // A plain null would become an empty document, not none.
        _ => (ReadOnlyMemory<byte>?)null,
    };
}
