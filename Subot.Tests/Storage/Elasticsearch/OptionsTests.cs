using NUnit.Framework;
using Subot.Storage;
using Subot.Storage.Elasticsearch;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>What cannot work is refused before anything is sent.</summary>
internal sealed class OptionsTests : ClientFixture
{
    private static readonly ElasticsearchOptions s_good = OptionsFor(new Uri("https://es1:9200"));

    private static IEnumerable<TestCaseData<ElasticsearchOptions, string>> Wrong()
    {
        yield return new(s_good with { Nodes = [] }, "ELASTICSEARCH_URL");
        yield return new(s_good with { Nodes = [new Uri("es1:9200")] }, "ELASTICSEARCH_URL");
        yield return new(s_good with { Nodes = [new Uri("/es1", UriKind.Relative)] }, "ELASTICSEARCH_URL");
        yield return new(s_good with { Nodes = [new Uri("https://es1"), new Uri("ftp://es2")] }, "ELASTICSEARCH_URL");
        yield return new(s_good with { Nodes = [new Uri($"https://subot:{Secret}@es1:9200")] }, "ELASTICSEARCH_USERNAME");
        yield return new(s_good with { Nodes = [new Uri("https://es1:9200/?pretty")] }, "ELASTICSEARCH_URL");
        yield return new(s_good with { Username = "subot" }, "ELASTICSEARCH_PASSWORD");
        yield return new(s_good with { Password = Secret }, "ELASTICSEARCH_USERNAME");
        yield return new(s_good with { Username = "subot", Password = Secret, ApiKey = Secret }, "ELASTICSEARCH_API_KEY");
        yield return new(s_good with { ApiKey = $"{Secret}\n" }, "ELASTICSEARCH_API_KEY");
        yield return new(s_good with { IndexPrefix = "Subot" }, "SUBOT_INDEX_PREFIX");
        yield return new(s_good with { IndexPrefix = "_subot" }, "SUBOT_INDEX_PREFIX");
        yield return new(s_good with { IndexPrefix = "subot*" }, "SUBOT_INDEX_PREFIX");
        yield return new(s_good with { IndexPrefix = "" }, "SUBOT_INDEX_PREFIX");
        yield return new(s_good with { Timeout = TimeSpan.Zero }, "time-out");
    }

    [TestCaseSource(nameof(Wrong))]
    public void What_cannot_work_is_refused_by_the_name_of_the_variable(ElasticsearchOptions options, string named)
    {
        var error = Assert.Throws<StoreException>(() => Client(options).Dispose())!;

        Assert.That(error.Message, Does.Contain(named).And.Not.Contain(Secret));
        Assert.That(options.ToString(), Does.Not.Contain(Secret));
    }

    [Test]
    public void What_can_work_is_taken() =>
        Assert.That(() => Client(s_good with { Username = "subot", Password = "", IndexPrefix = "subot.test-1" }).Dispose(), Throws.Nothing);
}
