using NUnit.Framework;
using Subot.Storage;
using Subot.Storage.Elasticsearch;

namespace Subot.Tests.Storage.Elasticsearch;

[TestFixture]
public sealed class ElasticsearchStoreTests : StoreContract
{
    protected override bool HasTransactions => false;

    protected override async Task<IStore> OpenEmptyAsync() =>
        await ElasticsearchStore.OpenAsync(
            new ElasticsearchOptions { Nodes = [new Uri(Environment.GetEnvironmentVariable("SUBOT_TEST_ELASTICSEARCH_URL")!)], IndexPrefix = $"subot-{Guid.NewGuid():N}" }, TimeProvider.System, null, Ct);
}
