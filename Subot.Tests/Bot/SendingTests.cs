using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;
using Subot.Tests.Slack;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot;

/// <summary>One channel's sender before a fake Slack that says no. Its clock stands still until a test moves it.</summary>
internal sealed class SendingTests : SlackApiFixture
{
    private const string Post = "chat.postMessage";
    private static readonly ChannelId s_help = new("C0HELP");
    private static readonly CurrentSettings s_settings = new(SettingsHistory.Always(new TeamSettings()));

    private readonly RecordingLog<ChannelSender> _log = new();
    private Channel<StoredAction> _updates = null!;
    private CancellationTokenSource _stop = null!;
    private MemoryStore _store = null!;
    private Task _running = Task.CompletedTask;

    [SetUp]
    public void MakeStore()
    {
        (_store, _stop, _updates) = (new MemoryStore(), new CancellationTokenSource(), Channel.CreateUnbounded<StoredAction>());
        _log.Lines.Clear();
        Slack.On("conversations.join", """{"ok":true,"channel":{"id":"C0HELP"}}""");
    }

    [TearDown]
    public async Task StopSending()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        await _store.DisposeAsync();
    }

    [Test, CancelAfter(Timeout)]
    public async Task Reply_that_is_limited_for_longer_than_it_may_wait_is_cancelled(CancellationToken ct)
    {
        Slack.On(Post, _ => new TooManyRequests(700), Posted);
        await AskAsync(0, ct);
        await StartAsync();
        await UntilAsync(a => a is { Status: ActionStatus.Pending, Attempts: 1 }, ct);
        await LaterAsync(702, ct);
        await UntilAsync(a => a.Status == ActionStatus.Cancelled, ct);
        Assert.That(Slack.CountOf(Post), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Nothing_is_posted_until_a_limit_has_passed(CancellationToken ct)
    {
        Slack.On(Post, _ => new TooManyRequests(20), Posted);
        await AskAsync(0, ct);
        await AskAsync(1, ct);
        await StartAsync();
        await UntilAsync(a => a is { Status: ActionStatus.Pending, Attempts: 0 }, ct);
        Assert.That(Slack.CountOf(Post), Is.EqualTo(1));
        await LaterAsync(22, ct);
        await UntilAsync(a => a.Status == ActionStatus.Sent, ct);
        await UntilAsync(a => a.Status == ActionStatus.Sent, ct);
        Assert.That(Slack.CountOf(Post), Is.EqualTo(3));
    }

    [Test, CancelAfter(Timeout)]
    public async Task What_is_to_be_tried_again_is_tried_in_time_though_the_clock_was_set_back(CancellationToken ct)
    {
        Slack.On(Post, _ => FakeSlack.Error("token_revoked"), Posted);
        await AskAsync(0, ct);
        await StartAsync();
        await UntilAsync(a => a is { Status: ActionStatus.Pending, Attempts: 1 }, ct);
        Time.SetClockBack(TimeSpan.FromHours(1));
        await LaterAsync(301, ct);
        await UntilAsync(a => a.Status == ActionStatus.Sent, ct);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Refused_token_is_told_once(CancellationToken ct)
    {
        Slack.On(Post, _ => FakeSlack.Error("token_revoked"));
        await AskAsync(0, ct);
        await AskAsync(1, ct);
        await StartAsync();
        await UntilAsync(a => a is { Status: ActionStatus.Pending, Attempts: 1 }, ct);
        await UntilAsync(a => a is { Status: ActionStatus.Pending, Attempts: 1 }, ct);
        Assert.That(_log.Lines.Select(line => line.Text), Has.One.Contains("SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Unclear_post_that_cannot_be_looked_up_is_given_up_when_it_would_be_too_late(CancellationToken ct)
    {
        Slack.On(Post, _ => Results.StatusCode(500));
        Slack.On("conversations.replies", _ => FakeSlack.Error("channel_not_found"));
        await AskAsync(0, ct);
        await StartAsync();
        await Slack.NextCallAsync("conversations.replies", ct);
        await LaterAsync(31, ct);
        await Slack.NextCallAsync("conversations.replies", ct);
        await LaterAsync(601, ct);
        await UntilAsync(a => a.Status == ActionStatus.Failed, ct);
        Assert.That(Slack.CountOf(Post), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Error_that_nobody_knows_is_tried_three_times([Values(2, 3)] int times, CancellationToken ct)
    {
        var calls = 0;
        Slack.On(Post, call => ++calls <= times ? FakeSlack.Error("brand_new_error") : Posted(call));
        await AskAsync(0, ct);
        await StartAsync();
        await LaterAsync(31, ct);
        await LaterAsync(31, ct);
        await UntilAsync(a => a.Status == (times < 3 ? ActionStatus.Sent : ActionStatus.Failed), ct);
        Assert.That(Slack.CountOf(Post), Is.EqualTo(3));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Channel_that_the_bot_was_taken_out_of_is_joined_once(CancellationToken ct)
    {
        static IResult Outside(FakeCall call) => FakeSlack.Error("not_in_channel");
        Slack.On(Post, Outside, Posted, Outside);
        await AskAsync(0, ct);
        await StartAsync();
        await LaterAsync(1, ct);
        await UntilAsync(a => a.Status == ActionStatus.Sent, ct);
        await AskAsync(0, ct);
        await LaterAsync(1, ct);
        await UntilAsync(a => a.Status == ActionStatus.Failed, ct);
        Assert.That(Slack.Calls.Where(c => c.Method == "conversations.join").Select(c => c["channel"]), Is.EqualTo(["C0HELP"]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Two_requests_of_workflows_that_name_nobody_are_not_one_persons(CancellationToken ct)
    {
        Slack.On(Post, Posted);
        await AskAsync(0, ct, AuthorKind.Workflow);
        await AskAsync(1, ct, AuthorKind.Workflow);
        await StartAsync();
        await UntilAsync(a => a.Status == ActionStatus.Sent, ct);
        await UntilAsync(a => a.Status == ActionStatus.Sent, ct);
        Assert.That(Slack.Calls.Select(c => c.Body), Has.Exactly(2).Contains("Thanks for your message"));
    }

    private static IResult Posted(FakeCall call) =>
        FakeSlack.Json("""{"ok":true,"channel":"C0HELP","ts":"2.000001","message":{"type":"message","ts":"2.000001","thread_ts":"1.000001"}}""");

    /// <summary>Commits a request of this moment, or a little later, as the apply loop does.</summary>
    private async Task AskAsync(int secondsLater, CancellationToken ct, AuthorKind by = AuthorKind.Person)
    {
        var now = Ts.From(Time.GetUtcNow());
        var thread = new ThreadKey(s_help, now.AddSeconds(secondsLater));
        var root = new MessageFact(thread.Root, by == AuthorKind.Person ? new UserId("U0ANN") : null, by, Verdicts.None);
        await _store.CommitAsync(new ChangeSet { Threads = [RandomThreads.Change(thread, [root])], Now = now }, ct);
    }

    private async Task StartAsync()
    {
        var api = Api(() => new SlackApiOptions { BotToken = "xoxb-1", BaseAddress = Slack.Api, PostsPerSecondAndChannel = null });
        var store = Between.Put<IStore>(_store, (method, arguments, next) =>
            method == nameof(IStore.UpdateActionAsync) ? new ValueTask<bool>(UpdateAsync((StoredAction)arguments[1]!, next)) : next());
        var reentry = new Reentry(api, NullLogger<Reentry>.Instance);
        var signal = new SendSignal();
        var leases = new ChannelLeases(new WorkspaceIdentity("U0BOT", null, [s_help]), store, signal, Time, NullLogger<ChannelLeases>.Instance);
        await leases.RenewAsync(_stop.Token);
        _running = new ChannelSender(s_help, store, api, new ReplyComposer(store, s_settings), signal, leases, reentry, new ClosedChannels(NullLogger<ClosedChannels>.Instance), Time, _log).RunAsync(_stop.Token);
    }

    private async Task<bool> UpdateAsync(StoredAction updated, Func<object?> next)
    {
        var isDone = await (ValueTask<bool>)next()!;
        if (isDone)
            _updates.Writer.TryWrite(updated);
        return isDone;
    }

    private async Task UntilAsync(Func<StoredAction, bool> holds, CancellationToken ct)
    {
        while (!holds(await _updates.Reader.ReadAsync(ct)))
        {
        }
    }

    /// <summary>Lets time pass when the sender has done all it can do now.</summary>
    private async Task LaterAsync(double seconds, CancellationToken ct)
    {
        await Time.NextWaitAsync(due => due.TotalSeconds == 1, ct);
        Time.Advance(TimeSpan.FromSeconds(seconds));
    }
}
