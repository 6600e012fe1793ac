using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NUnit.Framework;
using Subot.Storage;
using Subot.Storage.Elasticsearch;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>A document of these tests.</summary>
internal sealed record Note(long N, string Text = "");

[JsonSerializable(typeof(Note))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class NoteJson : JsonSerializerContext;

/// <summary>What tests of the client share.</summary>
internal abstract class ClientFixture
{
    /// <summary>For what may not take long.</summary>
    protected const int Timeout = 60_000;

    /// <summary>For tests that start a server of their own.</summary>
    protected const int TimeoutWithServer = 600_000;

    protected static ElasticsearchOptions OptionsFor(params Uri[] nodes) => new() { Nodes = nodes };

    protected static ElasticsearchClient Client(ElasticsearchOptions options) => new(options, new HurriedTime());

    protected static ElasticsearchClient Client(FakeSearchServer server) => Client(OptionsFor(server.Url));

    protected static byte[] Bytes(Note note) => JsonSerializer.SerializeToUtf8Bytes(note, NoteJson.Default.Note);

    protected static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>A message that has none of the words that only documents and sign-ins have.</summary>
    protected static StoreException Refused(Func<Task> call)
    {
        var error = Assert.ThrowsAsync<StoreException>(() => call());
        Assert.That(error!.ToString(), Does.Not.Contain(Secret));
        return error;
    }

    /// <summary>A word that may be in no message.</summary>
    protected const string Secret = "hushhush";

    protected static string BasicAuth(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    protected static BulkCreate Create(string index, string id, Note note) => new(index, id, Bytes(note));
}
