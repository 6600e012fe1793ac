using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Subot.Tests.Simulator;

/// <summary>Events that come from outside: POST /event and POST /events.</summary>
public sealed class RawEventTests : SimulatorFixture
{
    private const string Join = """
        {"token":"<SLACK_TOKEN>","team_id":"<TEAM_ID>","api_app_id":"AL14JDQDQ","event":{"type":"message","subtype":"channel_join","ts":"1577110180.007100","user":"UCMD2JME2","text":"<@UCMD2JME2> has joined the channel","channel":"CLK7MCUS3","event_ts":"1577110180.007100","channel_type":"channel"},"type":"event_callback","event_id":"EvS2E28FFY","event_time":1577110180,"authed_users":["ULGP77XEY"]}
        """;

    [Test]
    public async Task A_raw_event_is_delivered_verbatim_and_recorded_with_unknown_places_and_people()
    {
        using var socket = await ConnectAsync();
        var answer = await PostJsonAsync("event", Join);
        var envelope = (await socket.ReceiveAsync(Limit))!;
        var history = await CallAsync("conversations.history", new JsonObject { ["channel"] = "CLK7MCUS3" });

        Assert.That(answer["recorded"]!.GetValue<string>(), Is.EqualTo("message written"));
        Assert.That(envelope["payload"]!.ToJsonString(), Is.EqualTo(JsonNode.Parse(Join)!.ToJsonString()));
        Assert.That(history["messages"]![0]!["subtype"]!.GetValue<string>(), Is.EqualTo("channel_join"));
        Assert.That(Simulator.Workspace.FindPerson("UCMD2JME2"), Is.Not.Null);
    }

    [Test]
    public async Task Edits_reactions_and_deletions_from_outside_show_in_history_and_a_repeated_event_changes_nothing()
    {
        await PostJsonAsync("event", Event("""{"type":"message","user":"U1","text":"first","channel":"C1","ts":"1700000001.000100"}"""));
        await PostJsonAsync("event", Event("""{"type":"message","user":"U1","text":"first","channel":"C1","ts":"1700000001.000100"}"""));
        await PostJsonAsync("event", Event("""{"type":"message","user":"U1","text":"second","channel":"C1","ts":"1700000002.000100"}"""));
        await PostJsonAsync("event", Event("""{"type":"message","subtype":"message_changed","channel":"C1","ts":"1700000003.000100","message":{"type":"message","user":"U1","text":"edited","ts":"1700000001.000100"}}"""));
        await PostJsonAsync("event", Event("""{"type":"reaction_added","user":"U2","reaction":"eyes","item":{"type":"message","channel":"C1","ts":"1700000001.000100"}}"""));
        await PostJsonAsync("event", Event("""{"type":"message","subtype":"message_deleted","channel":"C1","ts":"1700000004.000100","deleted_ts":"1700000002.000100"}"""));

        var messages = (await CallAsync("conversations.history", new JsonObject { ["channel"] = "C1" }))["messages"]!.AsArray();
        Assert.That(messages, Has.Count.EqualTo(1));
        Assert.That(messages[0]!["text"]!.GetValue<string>(), Is.EqualTo("edited"));
        Assert.That(messages[0]!["reactions"]![0]!["name"]!.GetValue<string>(), Is.EqualTo("eyes"));
    }

    [Test]
    public async Task Many_events_come_one_a_line_at_most_so_many_unacknowledged()
    {
        using var socket = await ConnectAsync();
        var lines = Enumerable.Range(1, 500).Select(number => Event($$"""{"type":"message","user":"U1","text":"{{number}}","channel":"C1","ts":"1700000001.{{number:D6}}"}"""));
        var posting = PostJsonAsync("events?window=8", string.Join('\n', lines) + "\nnonsense\n");
        var received = 0;
        var most = 0;
        while (received < 500)
        {
            await socket.TakeEventAsync(Limit);
            received++;
            most = Math.Max(most, Simulator.Hub.Outstanding);
        }
        var answer = await posting;

        Assert.That((answer["taken"]!.GetValue<int>(), answer["refused"]!.GetValue<int>()), Is.EqualTo((500, 1)));
        Assert.That(most, Is.LessThanOrEqualTo(8));
        Assert.That((await GetJsonAsync("stats?wait=idle"))["acked"]!.GetValue<int>(), Is.EqualTo(500));
    }

    private static string Event(string @event) =>
        new JsonObject { ["type"] = "event_callback", ["event_id"] = "Ev" + Guid.NewGuid().ToString("N"), ["event"] = JsonNode.Parse(@event) }.ToJsonString();
}
