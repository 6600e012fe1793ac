using System.Text;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class SocketModeTests : SocketModeFixture
{
    private const string Message =
        """{"type":"message","channel":"C1","user":"U1","text":"hi","ts":"1763884800.123459","event_ts":"1763884800.123459"}""";

    [Test, CancelAfter(Timeout)]
    public async Task Events_come_typed_and_are_acknowledged(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        Assert.That(await Handler.NextConnectedAsync(ct), Is.EqualTo(new SocketModeConnected(1, AfterGap: true, 1)));

        await socket.EventAsync("e1", Message);
        var delivery = await Handler.NextEventAsync(ct);
        await Client.AcknowledgeAsync([delivery], ct);

        var ack = await socket.NextAsync(ct);
        Assert.That(delivery.Event, Is.InstanceOf<MessagePosted>());
        Assert.That(ack.GetRawText(), Is.EqualTo("""{"envelope_id":"e1"}"""));
        Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.Connected));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Each_event_of_a_large_batch_has_a_frame_of_its_own(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        var batch = new List<EventDelivery>();
        for (var i = 0; i < 1000; i++)
        {
            await socket.EventAsync($"e{i}", Message);
            batch.Add(await Handler.NextEventAsync(ct));
        }

        await Client.AcknowledgeAsync(batch, ct);

        for (var i = 0; i < 1000; i++)
            Assert.That((await socket.NextAsync(ct)).GetProperty("envelope_id").GetString(), Is.EqualTo($"e{i}"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task What_cannot_be_read_is_told_and_the_reader_goes_on(
        [Values("no json", "[1]", "{}", """{"type":"events_api","payload":{}}""", """{"type":"slash_commands","envelope_id":"e0","payload":{"command":""",
            """{"type":"interactive","envelope_id":"e0","payload":{"user":5}}""")] string frame,
        CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.SendAsync(frame);
        var malformed = await Handler.NextMalformedAsync(ct);
        await socket.EventAsync("e1", Message);

        Assert.That(malformed.Bytes, Is.EqualTo(frame.Length));
        Assert.That((await Handler.NextEventAsync(ct)).EnvelopeId, Is.EqualTo("e1"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_envelope_of_an_unknown_kind_is_acknowledged_so_that_it_does_not_come_again(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.SendAsync("""{"type":"telepathy","envelope_id":"e7","payload":[1,2]}""");

        Assert.That((await socket.NextAsync(ct)).GetRawText(), Is.EqualTo("""{"envelope_id":"e7"}"""));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_rate_limit_notice_without_an_event_comes_as_one(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.SendAsync(
            """{"envelope_id":"e1","type":"events_api","payload":{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}}""");

        Assert.That((await Handler.NextEventAsync(ct)).Event, Is.EqualTo(new AppRateLimited(1518467820)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_handler_that_fails_does_not_stop_the_reader(CancellationToken ct)
    {
        Handler.Event = delivery =>
        {
            if (delivery.EnvelopeId == "e1")
                throw new InvalidOperationException("boom");
        };
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.EventAsync("e1", Message);
        await socket.EventAsync("e2", Message);

        Assert.That((await Handler.NextEventAsync(ct)).EnvelopeId, Is.EqualTo("e2"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_large_envelope_in_fragments_is_put_together(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        var text = new string('x', 300_000);
        var bytes = Encoding.UTF8.GetBytes(
            $$$"""{"envelope_id":"e1","type":"events_api","payload":{"event":{"text":"{{{text}}}","type":"message","channel":"C1","ts":"1.2"} } }""");
        for (var at = 0; at < bytes.Length; at += 7000)
            await socket.SendAsync(bytes[at..Math.Min(at + 7000, bytes.Length)], endOfMessage: at + 7000 >= bytes.Length);

        var posted = (MessagePosted)(await Handler.NextEventAsync(ct)).Event;
        Assert.That(posted.Message.Text, Is.EqualTo(text));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_envelope_beyond_the_limit_ends_its_connection_only(CancellationToken ct)
    {
        Run(new SocketModeOptions { FirstBackoff = FirstBackoff, MaxEnvelopeBytes = 64 * 1024 });
        var socket = await Slack.NextSocketAsync(ct);
        await socket.TrySendAsync(new string('x', 200_000));
        await Handler.NextDisconnectedAsync(ct);
        await Time.PassBackoffAsync(1.1, 1.65, ct);

        Assert.That(await Slack.NextSocketAsync(ct), Is.Not.SameAs(socket));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Acknowledging_on_a_dead_socket_is_no_error(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await socket.EventAsync("e1", Message);
        var delivery = await Handler.NextEventAsync(ct);
        socket.Abort();
        await Handler.NextDisconnectedAsync(ct);

        await Client.AcknowledgeAsync([delivery], ct);

        Assert.That(Log.Lines.Select(line => line.Text), Has.Some.Contains("could not be acknowledged"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task More_connections_than_ours_are_a_warning(CancellationToken ct)
    {
        Slack.NumConnections = 3;
        Run();
        await Handler.NextConnectedAsync(ct);

        Assert.That(Log.Lines, Has.Some.Matches<(LogLevel Level, string Text)>(
            line => line.Level == LogLevel.Warning && line.Text.Contains("3 connections")));
        Assert.That(Client.Status.NumConnections, Is.EqualTo(3));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Stopping_closes_the_socket_politely(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        await Handler.NextConnectedAsync(ct);
        await StopClientAsync();
        await socket.Ended;

        Assert.That(socket.ClosedPolitely);
        Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.Stopped));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Stopping_waits_a_second_at_most_for_Slack_to_close(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        socket.AnswersClose = false;
        await Handler.NextConnectedAsync(ct);
        var stopping = StopClientAsync();
        await socket.Ended;
        await Time.PassAsync(1, ct);
        await stopping;

        Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.Stopped));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Running_twice_is_refused(CancellationToken ct)
    {
        Run();
        await Slack.NextSocketAsync(ct);

        Assert.That(async () => await Client.RunAsync(Handler, ct), Throws.InvalidOperationException);
    }
}
