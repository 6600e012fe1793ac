using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Subot.Tests.Simulator;

/// <summary>Topics, members, archiving, direct messages, and what the app hears of them.</summary>
public sealed class ChannelTests : SimulatorFixture
{
    [Test]
    public async Task A_topic_set_by_a_person_is_an_event_a_message_of_history_and_part_of_the_channel()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.SetTopic(Bob, Help, "Fireman: Bob");

        var @event = await socket.TakeEventAsync(Limit);
        var told = (await HistoryAsync())[0]!;
        var channel = (await CallAsync("conversations.info", new JsonObject { ["channel"] = Help }))["channel"]!;

        foreach (var message in new[] { @event, told })
        {
            Assert.That(message["subtype"]!.GetValue<string>(), Is.EqualTo("channel_topic"));
            Assert.That(message["user"]!.GetValue<string>(), Is.EqualTo(Bob));
            Assert.That(message["topic"]!.GetValue<string>(), Is.EqualTo("Fireman: Bob"));
            Assert.That(message["text"]!.GetValue<string>(), Does.EndWith("set the channel topic: Fireman: Bob"));
        }
        Assert.That(channel["topic"]!["value"]!.GetValue<string>(), Is.EqualTo("Fireman: Bob"));
        Assert.That(channel["topic"]!["creator"]!.GetValue<string>(), Is.EqualTo(Bob));
        Assert.That(channel["topic"]!["last_set"]!.GetValue<long>(), Is.EqualTo(Clock.GetUtcNow().ToUnixTimeSeconds()));
    }

    [Test]
    public async Task The_app_sets_a_topic_of_at_most_250_characters_with_the_scope_of_the_channels_kind()
    {
        var set = await CallAsync("conversations.setTopic", Topic("On duty: Ann"));
        var tooLong = await CallAsync("conversations.setTopic", Topic(new string('x', 251)));
        Simulator.Tokens.Scopes = ["groups:write.topic"];
        var refused = await CallAsync("conversations.setTopic", Topic("No"));

        Assert.That(set["channel"]!["topic"]!["creator"]!.GetValue<string>(), Is.EqualTo(Bot));
        Assert.That((await TopicMessagesAsync()).Single()["user"]!.GetValue<string>(), Is.EqualTo(Bot));
        Assert.That(tooLong["error"]!.GetValue<string>(), Is.EqualTo("too_long"));
        Assert.That(refused["error"]!.GetValue<string>(), Is.EqualTo("missing_scope"));
        Assert.That(refused["needed"]!.GetValue<string>(), Is.EqualTo("channels:write.topic"));
    }

    [Test]
    public async Task A_purpose_is_set_the_same_way()
    {
        var set = await CallAsync("conversations.setPurpose", new JsonObject { ["channel"] = Help, ["purpose"] = "Ask here" });

        Assert.That(set["channel"]!["purpose"]!["value"]!.GetValue<string>(), Is.EqualTo("Ask here"));
        Assert.That((await HistoryAsync())[0]!["subtype"]!.GetValue<string>(), Is.EqualTo("channel_purpose"));
    }

    [Test]
    public async Task An_archived_channel_takes_nothing_until_it_is_back()
    {
        using var socket = await ConnectAsync();
        var ts = (await CallAsync("chat.postMessage", Hello()))["ts"]!.GetValue<string>();
        await socket.TakeEventAsync(Limit);
        Simulator.Workspace.Archive(Bob, Help);

        Assert.That((await CallAsync("chat.postMessage", Hello()))["error"]!.GetValue<string>(), Is.EqualTo("is_archived"));
        Assert.That((await CallAsync("chat.update", Hello(ts)))["error"]!.GetValue<string>(), Is.EqualTo("is_archived"));
        Assert.That((await CallAsync("chat.postEphemeral", Hello(user: Ann)))["error"]!.GetValue<string>(), Is.EqualTo("is_archived"));
        Assert.That((await CallAsync("conversations.setTopic", Topic("x")))["error"]!.GetValue<string>(), Is.EqualTo("is_archived"));
        Simulator.Workspace.Archive(Bob, Help, isArchived: false);
        Assert.That((await CallAsync("chat.postMessage", Hello()))["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(await TypesAsync(socket, 4), Is.EqualTo("channel_archive, channel_archive, channel_unarchive, channel_unarchive"));
    }

    [Test]
    public async Task A_channel_made_private_is_one_in_every_answer()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.MakePrivate(Bob, Help);
        Simulator.Workspace.Post(Ann, Help, "hello");

        Assert.That((await socket.TakeEventAsync(Limit))["subtype"]!.GetValue<string>(), Is.EqualTo("channel_convert_to_private"));
        Assert.That((await socket.TakeEventAsync(Limit))["channel_type"]!.GetValue<string>(), Is.EqualTo("group"));
        var channel = (await CallAsync("conversations.info", new JsonObject { ["channel"] = Help }))["channel"]!;
        Assert.That(channel["is_private"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task An_app_that_is_taken_out_hears_of_it_and_of_nothing_after()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.Remove(Bob, Bot, Help);
        Simulator.Workspace.Post(Ann, Help, "Is it gone?");
        var post = await CallAsync("chat.postMessage", Hello());
        Simulator.Workspace.Join(Bot, Help, inviter: Bob);

        Assert.That(await TypesAsync(socket, 3), Is.EqualTo("channel_left, member_joined_channel, channel_join"));
        Assert.That(post["error"]!.GetValue<string>(), Is.EqualTo("not_in_channel"));
    }

    [Test]
    public async Task The_app_writes_to_a_person_by_conversation_or_by_user()
    {
        var opened = await CallAsync("conversations.open", new JsonObject { ["users"] = Ann });
        var first = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = opened["channel"]!["id"]!.DeepClone(), ["text"] = "hi" });
        var second = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Ann, ["text"] = "hi again" });
        var unknown = await CallAsync("conversations.open", new JsonObject { ["users"] = "U0NOBODY01" });

        Assert.That(first["channel"]!.GetValue<string>(), Does.StartWith("D").And.EqualTo(second["channel"]!.GetValue<string>()));
        Assert.That(unknown["error"]!.GetValue<string>(), Is.EqualTo("user_not_found"));
    }

    [Test]
    public async Task Private_channels_are_listed_only_with_their_scope()
    {
        Simulator.Tokens.Scopes = ["channels:read"];

        var answer = await CallAsync("conversations.list", new JsonObject { ["types"] = "public_channel,private_channel" });

        Assert.That(answer["needed"]!.GetValue<string>(), Is.EqualTo("groups:read"));
        Assert.That(answer["provided"]!.GetValue<string>(), Is.EqualTo("channels:read"));
    }

    [Test]
    public async Task Who_is_admin_or_owner_is_told()
    {
        Simulator.Workspace.ChangePerson(Bob, bob => bob.IsOwner = true);

        var bob = (await CallAsync("users.info", new JsonObject { ["user"] = Bob }))["user"]!;
        var ann = (await CallAsync("users.info", new JsonObject { ["user"] = Ann }))["user"]!;

        Assert.That((bob["is_admin"]!.GetValue<bool>(), bob["is_owner"]!.GetValue<bool>()), Is.EqualTo((true, true)));
        Assert.That((ann["is_admin"]!.GetValue<bool>(), ann["is_owner"]!.GetValue<bool>()), Is.EqualTo((false, false)));
    }

    private async Task<string> TypesAsync(AppSocket socket, int count)
    {
        var types = new List<string>();
        while (types.Count < count)
        {
            var @event = await socket.TakeEventAsync(Limit);
            types.Add((@event["subtype"] ?? @event["type"])!.GetValue<string>());
        }
        return string.Join(", ", types);
    }

    private async Task<JsonArray> HistoryAsync() =>
        (await CallAsync("conversations.history", new JsonObject { ["channel"] = Help }))["messages"]!.AsArray();

    private async Task<IEnumerable<JsonNode>> TopicMessagesAsync()
    {
        Simulator.Tokens.Scopes = ["channels:history"];
        return (await HistoryAsync()).Where(message => message!["subtype"]?.GetValue<string>() == "channel_topic")!;
    }

    private static JsonObject Topic(string topic) => new() { ["channel"] = Help, ["topic"] = topic };

    private static JsonObject Hello(string? ts = null, string? user = null) =>
        new() { ["channel"] = Help, ["text"] = "hello", ["ts"] = ts, ["user"] = user };
}
