using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

/// <summary>Slack's own samples of payloads: names, nesting and types are right, values are blank.</summary>
internal sealed class PayloadTests
{
    [Test]
    public void Every_sample_event_is_read()
    {
        var read = new List<string>();
        foreach (var (name, json) in Samples("events"))
        {
            var type = json["event"]!["type"]!.GetValue<string>();
            Fill(json["event"]!);
            var delivery = ReadEvent(json);
            Assert.That(delivery.Event.Type, Is.EqualTo(type), name);
            read.Add(delivery.Event.GetType().Name);
        }
        var counts = read.CountBy(type => type).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}");
        Assert.That(string.Join(", ", counts), Is.EqualTo(
            "AppHomeOpened 1, AppMention 1, AppRateLimited 1, AppUninstalled 1, ChannelArchive 2, ChannelLeft 2, ChannelRename 2, ChannelUnarchive 2, "
            + "MemberJoinedChannel 1, MemberLeftChannel 1, MessageChanged 1, MessageDeleted 1, MessagePosted 16, ReactionAdded 1, "
            + "ReactionRemoved 1, SubteamMembersChanged 1, SubteamUpdated 1, TeamJoin 1, TokensRevoked 1, UnknownEvent 57, UserChange 1"));
    }

    [Test]
    public void Every_field_of_every_sample_event_may_be_of_another_type_or_absent()
    {
        var read = 0;
        foreach (var (name, json) in Samples("events"))
        {
            var inner = json["event"]!.AsObject();
            foreach (var field in inner.Select(pair => pair.Key).Where(field => field != "type").ToList())
            {
                foreach (var other in new Func<JsonNode?>[] { () => null, () => 5, () => "text", () => true, () => new JsonArray(1, "a"), () => new JsonObject { ["id"] = 7 } })
                {
                    var changed = json.DeepClone();
                    changed["event"]![field] = other();
                    Assert.That(Frame(changed), Is.InstanceOf<EventDelivery>(), $"{name} {field} = {other()}");
                    read++;
                }
                var without = json.DeepClone();
                without["event"]!.AsObject().Remove(field);
                Assert.That(Frame(without), Is.InstanceOf<EventDelivery>(), $"{name} without {field}");
            }
        }
        Assert.That(read, Is.GreaterThan(1000));
    }

    [Test]
    public void A_sample_cut_anywhere_is_malformed_and_never_a_crash()
    {
        var (_, json) = Samples("events").First(sample => sample.Name == "MessageChangedPayload");
        var bytes = Encoding.UTF8.GetBytes(Envelope("events_api", json));
        var reader = new FrameReader();
        for (var length = 0; length < bytes.Length; length++)
            Assert.That(reader.Read(bytes.AsSpan(0, length)), Is.InstanceOf<MalformedFrame>());
    }

    [Test]
    public void Sample_commands_and_interactions_are_read()
    {
        Assert.That(Read("slash_commands", "app-backend/slash-commands/SlashCommandPayload"), Is.InstanceOf<SlashCommandFrame>());
        foreach (var name in new[] { "interactive-components/BlockActionPayload", "interactive-components/MessageShortcutPayload",
            "interactive-components/AttachmentActionPayload", "views/ViewSubmissionPayload", "views/ViewClosedPayload" })
            Assert.That(Read("interactive", $"app-backend/{name}"), Is.InstanceOf<InteractionFrame>(), name);

        static object Read(string type, string path) =>
            new FrameReader().Read(Encoding.UTF8.GetBytes(Envelope(type, JsonNode.Parse(File.ReadAllText(TestData.Require("data", "slack-payloads", $"{path}.json")))!)));
    }

    [Test, CancelAfter(60_000)]
    public async Task Sample_answers_are_read_by_the_methods_they_belong_to(CancellationToken ct)
    {
        await using var slack = await FakeSlack.StartAsync();
        foreach (var (name, json) in Samples("api"))
        {
            json["ok"] = true;
            if (json["response_metadata"] is JsonObject paging && paging.ContainsKey("next_cursor"))
                paging["next_cursor"] = "";
            if (name == "apps.connections.open")
                json["url"] = "wss://slack.test/link?ticket=1";
            slack.On(name, json.ToJsonString());
        }
        using var http = new HttpClient();
        var api = new SlackApi(http, new SlackApiOptions { BotToken = "xoxb-1", AppToken = "xapp-1", BaseAddress = slack.Api }, TimeProvider.System, NullLogger<SlackApi>.Instance);

        Assert.That((await api.AuthTestAsync(ct)).UserId, Is.EqualTo("U00000000"));
        Assert.That((await api.OpenConnectionAsync(ct)).Host, Is.EqualTo("slack.test"));
        Assert.That(await api.PostMessageAsync(new PostMessage { Channel = "C1", Text = "x" }, ct), Has.Property("Ts").EqualTo("0000000000.000000").And.Property("ThreadTs").EqualTo("0000000000.000000"));
        await api.PostEphemeralAsync(new PostEphemeral { Channel = "C1", User = "U1", Text = "x" }, ct);
        Assert.That(await api.GetPermalinkAsync("C1", "1.0", ct), Is.Not.Empty);
        Assert.That((await api.ListChannelsAsync("public_channel", true, ct).ToListAsync(ct)).First().Id, Is.EqualTo("D00000000"));
        Assert.That((await api.GetChannelAsync("C1", ct)).Id, Is.EqualTo("C00000000"));
        Assert.That((await api.JoinChannelAsync("C1", ct)).Id, Is.EqualTo("C00000000"));
        Assert.That(await api.ListMembersAsync("C1", ct).ToListAsync(ct), Is.Not.Empty);
        await api.SetTopicAsync("C1", "", ct);
        Assert.That((await api.GetUserAsync("U1", ct)).Id, Is.EqualTo("U00000000"));
        Assert.That((await api.ListUsersAsync(ct).ToListAsync(ct)).First().Id, Is.EqualTo("U00000000"));
        Assert.That((await api.FindUserByEmailAsync("a@b.test", ct))!.Id, Is.EqualTo("U00000000"));
        Assert.That(await api.GetProfileAsync("U1", ct), Is.Not.Null);
        Assert.That((await api.ListUserGroupsAsync(ct)).Single().Users, Does.Contain("U00000000"));
        Assert.That(await api.ListUserGroupUsersAsync("S1", ct), Is.Not.Empty);
        await api.UpdateUserGroupUsersAsync("S1", ["U1"], ct);
        Assert.That(await api.OpenViewAsync("t1", new View { Type = "modal", Blocks = [] }, ct), Is.Not.Null);
        Assert.That(await api.PublishViewAsync("U1", new View { Type = "home", Blocks = [] }, null, ct), Is.Not.Null);
        Assert.That(await api.UpdateViewAsync("V1", new View { Type = "modal", Blocks = [] }, null, ct), Is.Not.Null);
        Assert.That((await api.GetTeamAsync(ct)).Id, Is.EqualTo("T00000000"));
        Assert.That((await api.GetBotAsync("B1", ct)).Id, Is.EqualTo("B00000000"));
        await api.DeleteMessageAsync("C1", "1.0", ct);
        await api.AddReactionAsync("C1", "1.0", "eyes", ct);
        await api.RemoveReactionAsync("C1", "1.0", "eyes", ct);
    }

    // The samples leave what they do not know empty; a channel and a ts are what an event cannot be without.
    private static void Fill(JsonNode inner)
    {
        foreach (var (name, value) in inner.AsObject().ToList())
        {
            if (name is "ts" or "deleted_ts" or "channel" && value is JsonValue)
                inner[name] = "1763884800.000100";
        }
    }

    private static EventDelivery ReadEvent(JsonNode payload) => (EventDelivery)Frame(payload);

    private static object Frame(JsonNode payload) => new FrameReader().Read(Encoding.UTF8.GetBytes(Envelope("events_api", payload)));

    private static string Envelope(string type, JsonNode payload) =>
        $$"""{"envelope_id":"e1","payload":{{payload.ToJsonString()}},"type":"{{type}}","accepts_response_payload":true}""";

    private static IEnumerable<(string Name, JsonNode Json)> Samples(string folder) =>
        from file in Directory.EnumerateFiles(TestData.Require("data", "slack-payloads", folder), "*.json").Order()
        select (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!);
}
