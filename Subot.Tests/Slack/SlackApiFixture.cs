using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

/// <summary>The Web API's client before a fake Slack. Its clock stands still until a test moves it.</summary>
internal abstract class SlackApiFixture
{
    /// <summary>Far above what anything takes; a test that meets it has failed.</summary>
    protected const int Timeout = 60_000;

    private HttpClient _http = null!;

    protected FakeSlack Slack { get; private set; } = null!;
    protected RecordingTime Time { get; private set; } = null!;

    [SetUp]
    public async Task StartSlack()
    {
        Slack = await FakeSlack.StartAsync();
        Time = new RecordingTime();
        _http = new HttpClient();
    }

    [TearDown]
    public async Task StopSlack()
    {
        await Slack.DisposeAsync();
        _http.Dispose();
    }

    protected SlackApi Api(Func<SlackApiOptions>? options = null) =>
        new(_http, options?.Invoke() ?? new SlackApiOptions { BotToken = "xoxb-1", BaseAddress = Slack.Api }, Time, NullLogger<SlackApi>.Instance);

    protected static async Task<SlackException> FailureOf(Task call)
    {
        try
        {
            await call;
        }
        catch (SlackException e)
        {
            return e;
        }
        throw new AssertionException("The call succeeded.");
    }
}
