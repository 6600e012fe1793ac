using NUnit.Framework;
using Microsoft.Extensions.Logging.Abstractions;
using Subot.Slack;

namespace Subot.Tests.Slack;

/// <summary>A running client before a fake Slack. Its clock stands still until a test moves it.</summary>
internal abstract class SocketModeFixture
{
    /// <summary>Far above what anything takes; a test that meets it has failed.</summary>
    protected const int Timeout = 60_000;

    /// <summary>1.1 to 1.65 s with its jitter, and twice as much after each failure: unlike any other wait of the client.</summary>
    protected static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1.1);

    private CancellationTokenSource _stop = null!;
    private HttpClient _http = null!;

    protected FakeSlack Slack { get; private set; } = null!;
    protected RecordingTime Time { get; private set; } = null!;
    protected RecordingHandler Handler { get; private set; } = null!;
    protected RecordingLog<SocketModeClient> Log { get; private set; } = null!;
    protected SocketModeClient Client { get; private set; } = null!;
    protected Task Running { get; private set; } = Task.CompletedTask;

    [SetUp]
    public async Task StartSlack()
    {
        Slack = await FakeSlack.StartAsync();
        Time = new RecordingTime();
        Log = new RecordingLog<SocketModeClient>();
        Handler = new RecordingHandler();
        _stop = new CancellationTokenSource();
        _http = new HttpClient();
    }

    [TearDown]
    public async Task StopAll()
    {
        await StopClientAsync();
        foreach (var (level, text) in Log.Lines)
            TestContext.Out.WriteLine($"{level}: {text}");
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
        Client = new SocketModeClient(api, options ?? new SocketModeOptions { FirstBackoff = FirstBackoff, TooManyConnectionsBackoff = TimeSpan.FromSeconds(16) }, Time, Log);
        Running = Client.RunAsync(Handler, _stop.Token);
    }

    protected async Task StopClientAsync()
    {
        await _stop.CancelAsync();
        await Running;
    }
}
