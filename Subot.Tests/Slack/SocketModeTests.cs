using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class SocketModeTests : SocketModeFixture
{
    [Test, CancelAfter(Timeout)]
    public async Task Events_come_typed_and_are_acknowledged_on_their_socket(CancellationToken ct)
    {
        Run();
        var socket = await Slack.NextSocketAsync(ct);
        Assert.That(await Handler.NextConnectedAsync(ct), Is.EqualTo(new SocketModeConnected(1, AfterGap: true, 1)));

        await socket.EventAsync("e1", """{"type":"message","channel":"C1","user":"U1","text":"hi","ts":"1763884800.123459","event_ts":"1763884800.123459"}""");
        var delivery = await Handler.NextEventAsync(ct);
        await Client.AcknowledgeAsync([delivery], ct);

        var ack = await socket.NextAsync(ct);
        Assert.That(delivery.Event, Is.InstanceOf<MessagePosted>());
        Assert.That(ack.GetRawText(), Is.EqualTo("""{"envelope_id":"e1"}"""));
        Assert.That(Client.Status.State, Is.EqualTo(SocketModeState.Connected));
    }
}
