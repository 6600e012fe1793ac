using NUnit.Framework;
using Subot.Tests.Storage.Elasticsearch;

namespace Subot.Tests;

/// <summary>Ends the search servers that the tests of this run shared.</summary>
[SetUpFixture]
public sealed class SearchServersEnd
{
    [OneTimeTearDown]
    public Task EndAsync() => SearchServers.EndAsync();
}
