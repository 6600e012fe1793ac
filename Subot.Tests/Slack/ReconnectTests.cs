using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class ReconnectTests : SocketModeFixture
{
    private const string Message = """{"type":"message","channel":"C1","user":"U1","text":"hi","ts":"1763884800.123459"}""";

    [Test, CancelAfter(Timeout)]
    public async Task A_warned_connection_is_replaced_before_it_ends(
        [Values("warning", "refresh_requested", "a_new_reason")] string reason, CancellationToken ct)
    {
        Run();
        var old = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        Time.Advance(TimeSpan.FromMinutes(1) / 6);
        Slack.SaysHello = false;
        await old.DisconnectAsync(reason);
        var replacement = await Slack.NextSocketAsync(ct);

        // The old one is read and acknowledged while the new one is not good yet, and afterwards.
        await old.EventAsync("e1", Message);
        await Client.AcknowledgeAsync([await Handler.NextEventAsync(ct)], ct);
        Assert.That((await old.NextAsync(ct)).GetProperty("envelope_id").GetString(), Is.EqualTo("e1"));
        Assert.That(Client.Status, Has.Property("State").EqualTo(SocketModeState.Refreshing).And.Property("IsLive").True);

        await replacement.HelloAsync(2);
        Assert.That(await Handler.NextConnectedAsync(ct), Is.EqualTo(new SocketModeConnected(2, AfterGap: false, 2)));
        await old.EventAsync("e2", Message);
        await replacement.EventAsync("e3", Message);
        var both = new[] { await Handler.NextEventAsync(ct), await Handler.NextEventAsync(ct) };
        await Client.AcknowledgeAsync(both, ct);
        Assert.That((await old.NextAsync(ct)).GetProperty("envelope_id").GetString(), Is.EqualTo("e2"));
        Assert.That((await replacement.NextAsync(ct)).GetProperty("envelope_id").GetString(), Is.EqualTo("e3"));

        await Time.PassAsync(5, ct);
        await old.Ended;
        Assert.That(old.ClosedPolitely);
        Assert.That(await Handler.NextDisconnectedAsync(ct), Has.Property("Connection").EqualTo(1).And.Property("OthersLive").True);
        Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.Connected));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_third_socket_waits_until_the_oldest_has_ended(CancellationToken ct)
    {
        Run();
        for (var i = 0; i < 5; i++)
        {
            var socket = await Slack.NextSocketAsync(ct);
            await Handler.NextConnectedAsync(ct);
            Time.Advance(TimeSpan.FromSeconds(10));
            await socket.DisconnectAsync("warning");
        }
        await Slack.NextSocketAsync(ct);

        Assert.That(Slack.OpenSockets.Most, Is.EqualTo(2));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_connection_that_Slack_closes_at_once_leaves_a_gap(CancellationToken ct)
    {
        Run();
        var old = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        Time.Advance(TimeSpan.FromSeconds(10));
        Slack.SaysHello = false;
        await old.DisconnectAsync("refresh_requested");
        await old.CloseAsync();
        Assert.That(await Handler.NextDisconnectedAsync(ct), Has.Property("OthersLive").False);
        var replacement = await Slack.NextSocketAsync(ct);
        await replacement.HelloAsync();

        Assert.That((await Handler.NextConnectedAsync(ct)).AfterGap);
    }

    [Test, CancelAfter(Timeout)]
    public async Task When_the_connection_to_be_replaced_ends_first_no_events_come_and_the_status_says_why(
        [Values(SocketModeState.Waiting, SocketModeState.TokenRefused)] SocketModeState state, CancellationToken ct)
    {
        Slack.On(
            "apps.connections.open",
            _ => FakeSlack.Json($$"""{"ok":true,"url":"{{Slack.SocketAddress}}"}"""),
            _ => state == SocketModeState.Waiting ? new TooManyRequests(61) : FakeSlack.Error("invalid_auth"));
        Run();
        var old = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        Time.Advance(TimeSpan.FromSeconds(10));
        await old.DisconnectAsync("warning");
        await Time.NextWaitAsync(due => due.TotalSeconds is 61 or 300, ct);
        Assert.That(Client.Status, Has.Property("State").EqualTo(SocketModeState.Refreshing).And.Property("IsLive").True);
        await old.CloseAsync();
        await Handler.NextDisconnectedAsync(ct);

        Assert.That(Client.Status, Has.Property("State").EqualTo(state).And.Property("IsLive").False);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Every_connection_has_an_address_of_its_own(CancellationToken ct)
    {
        var ticket = 0;
        Slack.On("apps.connections.open", _ => FakeSlack.Json($$"""{"ok":true,"url":"{{Slack.SocketAddress}}{{++ticket}}"}"""));
        Slack.RefusedHandshakes.Enqueue(StatusCodes.Status408RequestTimeout);
        Run();
        await Time.PassBackoffAsync(1.1, 1.65, ct);
        await Slack.NextSocketAsync(ct);

        Assert.That(ticket, Is.EqualTo(2));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Failures_are_followed_by_longer_and_longer_waits_until_hello(CancellationToken ct)
    {
        IResult Down(FakeCall _) => Results.StatusCode(503);
        IResult Up(FakeCall _) => FakeSlack.Json($$"""{"ok":true,"url":"{{Slack.SocketAddress}}"}""");
        Slack.On("apps.connections.open", Down, Down, Down, Up, Down, Up);
        Run();
        await Time.PassBackoffAsync(1.1, 1.65, ct);
        await Time.PassBackoffAsync(2.2, 3.3, ct);
        await Time.PassBackoffAsync(4.4, 6.6, ct);
        var socket = await Slack.NextSocketAsync(ct);
        Assert.That((await Handler.NextConnectedAsync(ct)).AfterGap);
        Time.Advance(TimeSpan.FromSeconds(10));
        socket.Abort();
        await Time.PassBackoffAsync(1.1, 1.65, ct);

        await Slack.NextSocketAsync(ct);
        Assert.That(Client.Status.LastError, Does.Contain("http_503"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Connections_that_say_hello_and_soon_end_are_followed_by_longer_and_longer_waits(CancellationToken ct)
    {
        // A replaced connection waits half a second: unlike any back-off.
        Run(new SocketModeOptions { FirstBackoff = FirstBackoff, Overlap = TimeSpan.FromSeconds(0.5) });
        foreach (var (min, max) in new[] { (1.1, 1.65), (2.2, 3.3), (4.4, 6.6) })
        {
            var ended = await Slack.NextSocketAsync(ct);
            await Handler.NextConnectedAsync(ct);
            ended.Abort();
            await Time.PassBackoffAsync(min, max, ct);
        }
        var lasting = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        Time.Advance(TimeSpan.FromSeconds(10));
        lasting.Abort();
        var next = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        next.Abort();
        await Time.PassBackoffAsync(1.1, 1.65, ct);
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_opened_socket_without_hello_is_given_up_and_counts_as_a_failure(CancellationToken ct)
    {
        Slack.SaysHello = false;
        Run();
        var silent = await Slack.NextSocketAsync(ct);
        await Time.NextWaitAsync(due => due == TimeSpan.FromSeconds(15), ct); // the connect timeout
        await Time.PassAsync(15, ct);
        await silent.Ended;
        await Time.PassBackoffAsync(1.1, 1.65, ct);
        await Slack.NextSocketAsync(ct);

        Assert.That(Client.Status.LastError, Does.Contain("no hello"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Too_many_connections_are_met_with_long_and_growing_waits(CancellationToken ct)
    {
        Slack.SaysHello = false;
        Run();
        foreach (var (min, max) in new[] { (16, 24), (32, 48), (64, 96) })
        {
            var socket = await Slack.NextSocketAsync(ct);
            await socket.DisconnectAsync("too_many_websockets");
            await socket.Ended;
            var wait = await Time.NextBackoffAsync(min, max, ct);
            Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.TooManyConnections));
            Time.Advance(wait);
        }
        Assert.That(Log.Lines, Has.Exactly(3).Matches<(LogLevel Level, string Text)>(line => line.Level == LogLevel.Error));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Socket_Mode_switched_off_is_looked_at_again_every_five_minutes(
        [Values("link_disabled", "socket_mode_disabled")] string reason, CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        await socket.DisconnectAsync(reason);
        await socket.Ended;
        var wait = await Time.NextWaitAsync(due => due.TotalMinutes == 5, ct);
        Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.Disabled));
        Time.Advance(wait);

        await Slack.NextSocketAsync(ct);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_refused_token_is_told_and_tried_again_every_five_minutes(
        [Values("invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type", "missing_scope")] string error,
        CancellationToken ct)
    {
        Slack.On("apps.connections.open", _ => FakeSlack.Error(error), _ => FakeSlack.Json($$"""{"ok":true,"url":"{{Slack.SocketAddress}}"}"""));
        Run();
        var wait = await Time.NextWaitAsync(due => due.TotalMinutes == 5, ct);
        Assert.That(Client.Status, Has.Property("State").EqualTo(SocketModeState.TokenRefused).And.Property("LastError").EqualTo(error));
        Time.Advance(wait);

        await Slack.NextSocketAsync(ct);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_rate_limit_on_opening_is_waited_for(CancellationToken ct)
    {
        IResult Limited(FakeCall _) => new TooManyRequests(42);
        Slack.On("apps.connections.open", Limited, _ => FakeSlack.Json($$"""{"ok":true,"url":"{{Slack.SocketAddress}}"}"""));
        Run();
        await Time.PassAsync(42, ct);

        await Slack.NextSocketAsync(ct);
    }

    [Test, CancelAfter(Timeout)]
    public async Task After_the_machine_slept_a_new_connection_is_opened_at_once(CancellationToken ct)
    {
        Run();
        await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        await Time.NextWaitAsync(due => due == TimeSpan.FromSeconds(10), ct);
        Time.AdjustTime(Time.GetUtcNow() + TimeSpan.FromHours(8));
        Time.Advance(TimeSpan.FromSeconds(10));

        await Slack.NextSocketAsync(ct);
        Assert.That((await Handler.NextConnectedAsync(ct)).AfterGap);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_peer_that_answers_no_ping_is_dead(CancellationToken ct)
    {
        Slack.ReadsSockets = false;
        Run(new SocketModeOptions { KeepAliveInterval = TimeSpan.FromMilliseconds(50), KeepAliveTimeout = TimeSpan.FromMilliseconds(50), ShortestLife = TimeSpan.Zero });
        await Slack.NextSocketAsync(ct);
        Assert.That((await Handler.NextConnectedAsync(ct)).Connection, Is.EqualTo(1));
        await Handler.NextDisconnectedAsync(ct);

        Assert.That(await Handler.NextConnectedAsync(ct), Has.Property("Connection").EqualTo(2).And.Property("AfterGap").True);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Slack_out_of_reach_is_never_the_end(CancellationToken ct)
    {
        IResult Unreachable(FakeCall _) => FakeSlack.Json("""{"ok":true,"url":"ws://127.0.0.1:1/link?t=1"}""");
        Slack.On("apps.connections.open", Unreachable, Unreachable, _ => FakeSlack.Json($$"""{"ok":true,"url":"{{Slack.SocketAddress}}"}"""));
        Run();
        await Time.PassBackoffAsync(1.1, 1.65, ct);
        await Time.PassBackoffAsync(2.2, 3.3, ct);

        await Slack.NextSocketAsync(ct);
        Assert.That(Running.IsCompleted, Is.False);
    }
}
