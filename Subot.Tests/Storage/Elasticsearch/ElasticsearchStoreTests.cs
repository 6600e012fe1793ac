using NUnit.Framework;
using Subot.Storage;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>The contract on real servers.</summary>
[TestFixture(ServerKind.Elasticsearch)]
[TestFixture(ServerKind.OpenSearch)]
public sealed class ElasticsearchStoreTests(ServerKind kind) : StoreContract
{
    private ServerIndices _indices = null!;

    protected override bool HasTransactions => false;

    protected override int Questions => 4;

    protected override async Task<IStore> OpenEmptyAsync()
    {
        _indices = new ServerIndices(await SearchServers.SharedAsync(kind));
        return await _indices.OpenAsync(Ct);
    }

    [TearDown]
    public async Task RemoveIndices() => await _indices.DisposeAsync();

    [Test]
    public async Task Everything_is_there_when_the_store_is_opened_again()
    {
        await Commit(Request(1), Request(2));
        await Store.RecordChannelAsync(new ChannelRecord(new("C9"), "nine", Second(1), Second(2)), Ct);
        var before = await Everything();

        await using var again = await _indices.OpenAsync(Ct);

        Assert.That(await Everything(again), Is.EqualTo(before));
        Assert.That((await again.ChannelsAsync(Ct)).Single().Name, Is.EqualTo("nine"));
    }

    [Test]
    public async Task All_indices_are_durable_before_they_answer()
    {
        var settings = await _indices.Client.SendAsync(HttpMethod.Get, $"{_indices.Prefix}-*/_settings/index.translog.durability?flat_settings=true", null, Ct);

        var durabilities = settings.EnumerateObject().Select(i => i.Value.GetProperty("settings").GetProperty("index.translog.durability").GetString()).ToList();
        Assert.That(durabilities, Has.Count.EqualTo(3).And.All.EqualTo("request"));
    }

    [Test]
    public async Task Indices_of_a_newer_program_are_refused()
    {
        await _indices.Client.SendAsync(HttpMethod.Put, $"{_indices.Prefix}-threads/_mapping", System.Text.Json.Nodes.JsonNode.Parse("""{"_meta":{"subot":99}}"""), Ct);

        Assert.That(async () => await _indices.OpenAsync(Ct), Throws.TypeOf<StoreException>().With.Message.Contains("newer Subot"));
    }

    [Test]
    public async Task Two_processes_create_the_indices_at_once()
    {
        await using var indices = new ServerIndices(await SearchServers.SharedAsync(kind));
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => indices.OpenAsync(Ct)));
        foreach (var store in stores)
            await store.DisposeAsync();
        Assert.That(stores, Has.Length.EqualTo(4));
    }
}
