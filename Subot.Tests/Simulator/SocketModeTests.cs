using System.Net.WebSockets;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator.Model;

namespace Subot.Tests.Simulator;

/// <summary>Connections, envelopes, acknowledgements and their redelivery.</summary>
public sealed class SocketModeTests : SimulatorFixture
{
    private static readonly int[] RetryAfter = [3, 60, 300];
    private static readonly string[] OneTwo = ["one", "two"];
    private static readonly string[] Everything =
    [
        "message", "app_mention", "message_changed to edited", "reaction_added", "reaction_removed", "message",
        "message_changed to tombstone", "message_deleted", "message_deleted of tombstone",
    ];

    [Test]
    public async Task A_ticket_opens_one_connection_only()
    {
        var url = new Uri((await CallAsync("apps.connections.open", token: Simulator.AppToken))["url"]!.GetValue<string>());
        using var first = await AppSocket.ConnectAsync(url, Limit);

        Assert.That(() => AppSocket.ConnectAsync(url, Limit), Throws.InstanceOf<WebSocketException>());
        Assert.That(url.Query, Does.StartWith("?"));
    }

    [Test]
    public async Task An_event_is_settled_by_its_acknowledgement()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "hello");

        var @event = await socket.TakeEventAsync(Limit);
        var stats = await GetJsonAsync("stats?wait=idle");

        Assert.That(@event["text"]!.GetValue<string>(), Is.EqualTo("hello"));
        Assert.That(@event["channel_type"]!.GetValue<string>(), Is.EqualTo("channel"));
        Assert.That(stats["outstanding"]!.GetValue<int>(), Is.Zero);
        Assert.That(stats["acked"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task Each_event_goes_to_one_of_the_connections_and_hello_counts_them()
    {
        using var first = await ConnectAsync();
        using var second = await OpenSocketAsync();
        var hello = await second.ReceiveAsync(Limit);
        Simulator.Workspace.Post(Ann, Help, "one");
        Simulator.Workspace.Post(Ann, Help, "two");

        var texts = new[] { await first.TakeEventAsync(Limit), await second.TakeEventAsync(Limit) }.Select(@event => @event["text"]!.GetValue<string>()).Order();

        Assert.That(hello!["num_connections"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(texts, Is.EqualTo(OneTwo));
    }

    [Test]
    public async Task An_event_nobody_acknowledges_comes_again_after_3_s_a_minute_and_5_minutes_and_is_then_given_up()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "hello");
        var envelopes = new List<JsonObject> { (await socket.ReceiveAsync(Limit))! };
        foreach (var wait in RetryAfter)
        {
            Clock.Advance(TimeSpan.FromSeconds(wait) + TimeSpan.FromMilliseconds(2));
            envelopes.Add((await socket.ReceiveAsync(Limit))!);
        }
        Clock.Advance(TimeSpan.FromSeconds(4));
        var stats = await GetJsonAsync("stats?wait=idle");

        Assert.That(envelopes.Select(envelope => envelope["retry_attempt"]!.GetValue<int>()), Is.EqualTo(Enumerable.Range(0, 4)));
        Assert.That(envelopes[1]["retry_reason"]!.GetValue<string>(), Is.EqualTo("timeout"));
        Assert.That(envelopes.Select(envelope => envelope["payload"]!["event_id"]!.GetValue<string>()).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(stats["given_up"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_dropped_socket_had_not_acknowledged_comes_on_the_next_one()
    {
        var first = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "hello");
        await first.ReceiveAsync(Limit);
        first.Drop();
        first.Dispose();

        using var second = await ConnectAsync();
        Assert.That((await second.TakeEventAsync(Limit))["text"]!.GetValue<string>(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task What_happens_while_no_socket_is_open_waits_for_its_retry()
    {
        Simulator.Workspace.Post(Ann, Help, "early");
        using var socket = await ConnectAsync();
        Clock.Advance(TimeSpan.FromSeconds(3.1));

        var envelope = await socket.ReceiveAsync(Limit);
        Assert.That(envelope!["retry_attempt"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_eleventh_connection_is_sent_away()
    {
        var sockets = new List<AppSocket>();
        for (var count = 0; count < 10; count++)
            sockets.Add(await ConnectAsync());
        using var eleventh = await OpenSocketAsync();

        var frame = await eleventh.ReceiveAsync(Limit);
        Assert.That(frame!["type"]!.GetValue<string>(), Is.EqualTo("disconnect"));
        Assert.That(frame["reason"]!.GetValue<string>(), Is.EqualTo("too_many_websockets"));
        Assert.That(await eleventh.ReceiveAsync(Limit), Is.Null);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Test]
    public async Task A_connection_is_warned_when_its_time_is_over_and_closed_ten_seconds_later()
    {
        using var socket = await ConnectAsync();
        Clock.Advance(TimeSpan.FromSeconds(18_061));
        var warning = await socket.ReceiveAsync(Limit);
        Simulator.Workspace.Post(Ann, Help, "still heard");
        var @event = await socket.TakeEventAsync(Limit);
        await Simulator.Hub.WaitUntilAtMostAsync(0, Limit);
        Clock.Advance(TimeSpan.FromSeconds(10.1));

        Assert.That(warning!["reason"]!.GetValue<string>(), Is.EqualTo("warning"));
        Assert.That(@event["text"]!.GetValue<string>(), Is.EqualTo("still heard"));
        Assert.That(await socket.ReceiveAsync(Limit), Is.Null);
    }

    [Test]
    public async Task An_acknowledgement_on_another_socket_or_too_large_does_not_count()
    {
        using var first = await ConnectAsync();
        using var second = await ConnectAsync();
        Simulator.Workspace.Post(Ann, Help, "one");
        Simulator.Workspace.Post(Ann, Help, "two");
        var onFirst = (await first.ReceiveAsync(Limit))!;
        var onSecond = (await second.ReceiveAsync(Limit))!;

        await second.AckAsync(onFirst, Limit);
        await second.AckAsync(onSecond, Limit, new JsonObject { ["text"] = new string('x', 20_480) });
        await second.SendAsync("not json", Limit);
        await second.AckAsync(onSecond, Limit);
        await Simulator.Hub.WaitUntilAtMostAsync(1, Limit);

        var counters = Simulator.Hub.Counters;
        Assert.That((counters.AcksOnWrongSocket, counters.AcksTooLarge, counters.FramesNotUnderstood, counters.Acked), Is.EqualTo((1, 1, 1, 1)));
        Assert.That(Simulator.Hub.Outstanding, Is.EqualTo(1));
    }

    [Test]
    public async Task The_app_hears_only_of_channels_it_is_in_and_of_its_own_messages_too()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.Post(Ann, General, "not for the app");
        await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "mine" });
        var own = await socket.TakeEventAsync(Limit);
        await CallAsync("conversations.join", new JsonObject { ["channel"] = General });
        var joined = await socket.TakeEventAsync(Limit);
        var notice = await socket.TakeEventAsync(Limit);

        Assert.That((own["text"]!.GetValue<string>(), own["bot_id"]!.GetValue<string>()), Is.EqualTo(("mine", Simulator.App.BotId)));
        Assert.That((joined["type"]!.GetValue<string>(), joined["channel_type"]!.GetValue<string>()), Is.EqualTo(("member_joined_channel", "C")));
        Assert.That(notice["subtype"]!.GetValue<string>(), Is.EqualTo("channel_join"));
    }

    [Test]
    public async Task Edits_deletions_reactions_and_mentions_are_told_as_slack_tells_them()
    {
        using var socket = await ConnectAsync();
        var people = Simulator.Workspace;
        var ts = people.Post(Ann, Help, $"<@{Bot}> hello").Ts;
        people.Edit(Ann, Help, ts, "edited");
        people.React(Bob, Help, ts, "eyes");
        people.Unreact(Bob, Help, ts, "eyes");
        var reply = people.Post(Bob, Help, "a reply", ts).Ts;
        people.Delete(Help, ts);
        people.Delete(Help, reply);

        var told = new List<string>();
        for (var count = 0; count < 9; count++)
            told.Add(Told(await socket.TakeEventAsync(Limit)));

        Assert.That(told, Is.EqualTo(Everything));
    }

    [Test]
    public async Task Changes_of_people_and_channels_are_told()
    {
        using var socket = await ConnectAsync();
        var people = Simulator.Workspace;
        people.JoinTeam(new Person { Id = "U0NEW00001", Name = "new", RealName = "New Person" });
        people.ChangePerson("U0NEW00001", person => person.RealName = "Renamed");
        people.Rename(Ann, Help, "support");
        people.Archive(Ann, Help);

        var told = new List<string>();
        for (var count = 0; count < 6; count++)
            told.Add((await socket.TakeEventAsync(Limit)) is var @event && @event["subtype"] is { } subtype ? $"message {subtype}" : @event["type"]!.GetValue<string>());
        Assert.That(string.Join(", ", told), Is.EqualTo("team_join, user_change, channel_rename, message channel_name, message channel_archive, channel_archive"));
        var post = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "hi" });
        Assert.That(post["error"]!.GetValue<string>(), Is.EqualTo("is_archived"));
    }

    private static string Told(JsonObject @event)
    {
        var subtype = @event["subtype"]?.GetValue<string>();
        if (subtype is null)
            return @event["type"]!.GetValue<string>();
        var message = @event["message"] ?? @event["previous_message"]!;
        var what = message["subtype"]?.GetValue<string>() ?? (subtype == "message_changed" ? message["text"]!.GetValue<string>() : null);
        return what is null ? subtype : $"{subtype} {(subtype == "message_changed" ? "to" : "of")} {what}";
    }
}
