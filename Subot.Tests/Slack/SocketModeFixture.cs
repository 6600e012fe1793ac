using NUnit.Framework;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Subot.Slack;

namespace Subot.Tests.Slack;

/// <summary>A running client before a fake Slack. Its clock stands still until a test moves it.</summary>
internal abstract class SocketModeFixture
{
    /// <summary>Far above what anything takes; a test that meets it has failed.</summary>
    protected const int Timeout = 20_000;

    private CancellationTokenSource _stop = null!;
    private HttpClient _http = null!;

    protected FakeSlack Slack { get; private set; } = null!;
    protected FakeTimeProvider Time { get; private set; } = null!;
    protected RecordingHandler Handler { get; private set; } = null!;
    protected SocketModeClient Client { get; private set; } = null!;
    protected Task Running { get; private set; } = Task.CompletedTask;

    [SetUp]
    public async Task StartSlack()
    {
        Slack = await FakeSlack.StartAsync();
        Time = new FakeTimeProvider(new DateTimeOffset(2025, 11, 23, 8, 0, 0, TimeSpan.Zero));
        Handler = new RecordingHandler();
        _stop = new CancellationTokenSource();
        _http = new HttpClient();
    }

    [TearDown]
    public async Task StopAll()
    {
        await StopClientAsync();
        await Slack.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    protected void Run(SocketModeOptions? options = null)
    {
        var api = new SlackApi(
            _http,
            new SlackApiOptions { BotToken = "xoxb-1", AppToken = "xapp-1", BaseAddress = Slack.Api },
            Time,
            NullLogger<SlackApi>.Instance);
        Client = new SocketModeClient(api, options ?? new SocketModeOptions(), Time, NullLogger<SocketModeClient>.Instance);
        Running = Client.RunAsync(Handler, _stop.Token);
    }

    protected async Task StopClientAsync()
    {
        await _stop.CancelAsync();
        await Running;
    }
}
