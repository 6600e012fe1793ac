using System.Net;
using NUnit.Framework;
using Subot.Storage;
using Subot.Tests.Bot;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>A store that does not answer.</summary>
internal sealed class TroubleTests
{
    [Test]
    public async Task Requests_tell_why_in_a_line_of_the_log_each()
    {
        await using var store = new MemoryStore();
        using var logs = new RecordedLogs();
        await using var api = await RunningApi.StartAsync(
            Between.Put<IStore>(store, (method, _, next) => method == nameof(IStore.ChannelsAsync) ? throw new StoreException("The server is down.", mayPass: true) : next()), logs: logs);

        await api.ProblemAsync("/v2/channels", HttpStatusCode.ServiceUnavailable);

        Assert.That(logs.All, Does.Contain("Error: GET /v2/channels failed: The server is down.").And.Not.Contain(nameof(StoreException)));
    }
}
