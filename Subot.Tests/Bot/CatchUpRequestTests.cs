using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Notices;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage.Settings;
using Subot.Tests.Slack;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot;

/// <summary>When history is read, and again. The socket is open, the clock stands still until a test moves it.</summary>
internal sealed class CatchUpRequestTests : SocketModeFixture
{
    private static readonly WorkspaceIdentity s_self = new("U0BOT", null, [new ChannelId("C0HELP")]);

    private readonly ApplyQueue _queue = new();
    private RecordedLogs _logs = null!;
    private ILoggerFactory _loggers = null!;
    private MemoryStore _store = null!;
    private static readonly CurrentSettings s_settings = new(SettingsHistory.Always(new TeamSettings()));
    private Channel<TaskCompletionSource> _reads = null!;
    private CatchUpService _service = null!;
    private int _joins;

    [SetUp]
    public async Task StartServiceAsync()
    {
        (_logs, _store, _reads, _joins) = (new RecordedLogs(), new MemoryStore(), Channel.CreateUnbounded<TaskCompletionSource>(), 0);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        // A leap of the clock is no sleep here.
        Run(new SocketModeOptions { SleepThreshold = TimeSpan.FromHours(5) });
        await Handler.NextConnectedAsync(CancellationToken.None);
        var slack = Between.Put<ISlackApi>(null!, Answer);
        var catchUp = new CatchUp(_store, slack, new Translation(s_self, s_settings), _queue, new TopicFireman(s_self, s_settings, new SettingsEditor(_store, Time), watch: null!), s_settings, ReplyPolicy.None, Time, 0, NullLogger<CatchUp>.Instance);
        var reentry = new Reentry(slack, NullLogger<Reentry>.Instance);
        _service = new CatchUpService(s_self, catchUp, _store, _queue, Client, new BotHealth(), reentry, new ClosedChannels(_loggers.CreateLogger<ClosedChannels>()), Time, _loggers.CreateLogger<CatchUpService>());
        await _service.StartAsync(CancellationToken.None);
        // It looks each second.
        await Time.NextWaitAsync(due => due.TotalSeconds == 1, CancellationToken.None);
    }

    [TearDown]
    public async Task StopServiceAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        _loggers.Dispose();
        await _store.DisposeAsync();
    }

    [Test, CancelAfter(Timeout)]
    public async Task What_is_asked_for_during_a_read_is_not_done_with_it(CancellationToken ct)
    {
        _service.RequestAll();
        var first = await _reads.Reader.ReadAsync(ct);
        _service.RequestAll();
        first.SetResult();
        var second = await _reads.Reader.ReadAsync(ct);
        Assert.That(_service.IsBehind);
        second.SetResult();
    }

    [Test, CancelAfter(Timeout)]
    public async Task Events_that_Slack_leaves_out_are_read_at_once_and_when_the_minute_is_over(CancellationToken ct)
    {
        var connection = new SlackConnection(
            Client, new Translation(s_self, s_settings), s_self, _queue, _service, commands: null!, interactions: null!, new NoticeDesk([], NullLogger<NoticeDesk>.Instance), new ClosedChannels(NullLogger<ClosedChannels>.Instance), Time, NullLogger<SlackConnection>.Instance);
        connection.OnEvent(new EventDelivery { EnvelopeId = "e1", Event = new AppRateLimited(1763884800) });
        (await _reads.Reader.ReadAsync(ct)).SetResult();
        Time.Advance(TimeSpan.FromSeconds(65));
        var second = await _reads.Reader.ReadAsync(ct);
        Assert.That(_service.IsBehind);
        second.SetResult();
    }

    [Test, CancelAfter(Timeout)]
    public async Task Failed_read_is_tried_again_in_time_though_the_clock_was_set_back(CancellationToken ct)
    {
        _service.RequestAll();
        (await _reads.Reader.ReadAsync(ct)).SetException(new SlackException("conversations.history", "fatal_error", SlackErrorKind.SlackTrouble));
        await _logs.UntilAsync("did not finish", 1, ct);
        Time.SetClockBack(TimeSpan.FromHours(1));
        Time.Advance(TimeSpan.FromSeconds(30));
        (await _reads.Reader.ReadAsync(ct)).SetResult();
    }

    [Test, CancelAfter(Timeout)]
    public async Task Channel_that_the_bot_was_taken_out_of_is_joined_once_and_read(CancellationToken ct)
    {
        _service.RequestAll();
        (await _reads.Reader.ReadAsync(ct)).SetException(Outside());
        (await _reads.Reader.ReadAsync(ct)).SetResult();
        _service.RequestAll();
        (await _reads.Reader.ReadAsync(ct)).SetException(Outside());
        (await _reads.Reader.ReadAsync(ct)).SetException(Outside());
        await _logs.UntilAsync("cannot be read (not_in_channel)", 1, ct);
        Assert.That(_joins, Is.EqualTo(1));
    }

    private static SlackException Outside() => new("conversations.history", "not_in_channel", SlackErrorKind.Place);

    private object? Answer(string method, object?[] arguments, Func<object?> next) => method switch
    {
        "get_ServerTime" => (DateTimeOffset?)Time.GetUtcNow(),
        nameof(ISlackApi.HistoryAsync) => ReadAsync((CancellationToken)arguments[^1]!),
        nameof(ISlackApi.GetChannelAsync) => Task.FromResult(new SlackChannel { Id = "C0HELP", Name = "help" }),
        nameof(ISlackApi.JoinChannelAsync) => JoinAsync(),
        _ => throw new NotSupportedException(method),
    };

    /// <summary>An empty history, when the test lets it be read.</summary>
    private async IAsyncEnumerable<SlackMessage> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reads.Writer.TryWrite(read);
        await read.Task.WaitAsync(ct);
        yield break;
    }

    private Task<SlackChannel> JoinAsync()
    {
        _joins++;
        return Task.FromResult(new SlackChannel { Id = "C0HELP", Name = "help" });
    }
}
