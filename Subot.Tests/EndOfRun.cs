using NUnit.Framework;
using Subot.Tests.EndToEnd;
using Subot.Tests.Storage.Elasticsearch;

namespace Subot.Tests;

/// <summary>Ends what the tests of this run shared.</summary>
[SetUpFixture]
public sealed class EndOfRun
{
    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await Browser.EndAsync();
        await SearchServers.EndAsync();
    }
}
