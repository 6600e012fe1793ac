using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Copying;
using Subot.Bot.Privacy;
using Subot.Domain.Facts;
using Subot.Hosting.Configuration;
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
    public async Task Texts_that_were_refused_when_their_threads_were_written_come_when_the_events_do_again([Values] bool restarted)
    {
        var (asked, replied, gone) = (Said(1, "asked"), Said(5, "replied"), Said(6, "a secret"));
        var edited = Said(5, "edited") with { Fact = new EditFact(Second(9), Second(5), Verdicts.None) };
        var deleted = gone with { Fact = new DeletionFact(Second(10), Second(6)), Text = null };
        await Apply(gone);
        await RefuseMessagesAsync(true);
        Assert.That(async () => await Apply(asked, replied), Throws.TypeOf<StoreException>());
        Assert.That(async () => await Apply(edited, deleted), Throws.TypeOf<StoreException>());
        await RefuseMessagesAsync(false);
        Assert.That(await Store.LoadFactsAsync(Key(1), Ct), Has.Count.EqualTo(5), "the facts are known");
        Assert.That((await Store.LoadTextsAsync(Messages, Ct)).Values.Single(), Is.EqualTo("a secret"), "and the texts are not");
        await using var again = restarted ? await _indices.OpenAsync(Ct) : null;

        await new ApplyBatch(again ?? Store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync([asked, replied, edited, deleted], RandomThreads.Settings, Second(0), Ct);

        Assert.That(await Store.LoadTextsAsync(Messages, Ct), Is.EquivalentTo(new Dictionary<MessageKey, string> { [asked.About] = "asked", [replied.About] = "edited" }));
        Assert.That((await Store.FindThreadsAsync(Messages, Ct)).Values, Is.EqualTo(Enumerable.Repeat(Key(1), 3)));
        Assert.That(await Store.LoadFactsAsync(Key(1), Ct), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Texts_that_a_copy_could_not_write_are_copied_when_it_is_run_again()
    {
        await using var source = new MemoryStore();
        await source.CommitAsync(Changes(Request(1), Request(2)), Ct);
        await RefuseMessagesAsync(true);
        Assert.That(async () => await new StoreCopy(source, Store).RunAsync(_ => { }, Ct), Throws.TypeOf<StoreException>());
        await RefuseMessagesAsync(false);

        await new StoreCopy(source, Store).RunAsync(_ => { }, Ct);

        Assert.That(await StoreDigest.OfAsync(Store, Ct), Is.EqualTo(await StoreDigest.OfAsync(source, Ct)));
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
        await _indices.Client.SendAsync(HttpMethod.Put, $"{_indices.Prefix}-threads/_mapping", JsonNode.Parse("""{"_meta":{"subot":99}}"""), Ct);

        Assert.That(async () => await _indices.OpenAsync(Ct), Throws.TypeOf<StoreException>().With.Message.Contains("newer Subot"));
    }

    [Test]
    public async Task A_prefix_without_a_store_is_told_with_those_that_have_one_and_nothing_is_made()
    {
        await using var indices = new ServerIndices(await SearchServers.SharedAsync(kind));
        var (known, missing) = (new ServerPlace(_indices.Options), new ServerPlace(indices.Options));

        foreach (var open in (Func<Task>[])[() => missing.RequireExistingAsync(Ct), () => missing.OpenExistingAsync(Ct), () => missing.OpenBesideBotAsync(Ct)])
            Assert.That(open, Throws.TypeOf<StoreException>().With.Message.Match($"no store with the prefix '{indices.Prefix}' at http.*; there are: .*{_indices.Prefix}"));

        Assert.That((await indices.Client.TrySendAsync(HttpMethod.Get, $"{indices.Prefix}-*", null, Ct)).Body.EnumerateObject(), Is.Empty);
        Assert.That((await indices.Client.TrySendAsync(HttpMethod.Get, $"_index_template/{indices.Prefix}-*", null, Ct, 404)).Body.GetRawText(), Does.Not.Contain(indices.Prefix + "-t"));
        await using var store = await known.OpenExistingAsync(Ct);
        Assert.That(await store.ChannelsAsync(Ct), Is.Empty);
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

    private static MessageKey[] Messages => [Said(1, null).About, Said(5, null).About, Said(6, null).About];

    private async Task RefuseMessagesAsync(bool refuse) =>
        await _indices.Client.SendAsync(HttpMethod.Put, $"{_indices.Prefix}-messages/_settings", new JsonObject { ["index.blocks.write"] = refuse ? true : null }, Ct);
}
