using System.Buffers;
using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Writes the body of a bulk: for each item a line that says what to do, and the document on the next.</summary>
internal static class BulkBody
{
    private static readonly byte[] s_newLine = [(byte)'\n'];

    /// <summary>The body of these items.</summary>
    public static ReadOnlyMemory<byte> Of(IEnumerable<BulkItem> items)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(body);
        foreach (var item in items)
        {
            WriteAction(json, item);
            json.Flush();
            json.Reset();
            body.Write(s_newLine);
            if (Document(item) is not { } document)
                continue;
            body.Write(document.Span);
            body.Write(s_newLine);
        }

        return body.WrittenMemory;
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
