using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Simulator;

namespace Subot.Tests.Simulator;

/// <summary>Tokens, scopes, encodings and errors of the Web API.</summary>
public sealed class WebApiTests : SimulatorFixture
{
    [Test]
    public async Task A_call_is_refused_without_a_token_with_a_wrong_one_and_with_the_wrong_kind()
    {
        using var without = await Http.PostAsync("api/auth.test", null, Limit);
        Assert.That((await JsonOfAsync(without))["error"]!.GetValue<string>(), Is.EqualTo("not_authed"));
        Assert.That(await ErrorAsync("auth.test", token: "xoxb-other"), Is.EqualTo("invalid_auth"));
        Assert.That(await ErrorAsync("users.list", token: Simulator.AppToken), Is.EqualTo("not_allowed_token_type"));
        Assert.That(await ErrorAsync("apps.connections.open"), Is.EqualTo("not_allowed_token_type"));
        Assert.That(await ErrorAsync("no.such.method"), Is.EqualTo("unknown_method"));
    }

    [Test]
    public async Task A_call_without_its_scope_names_what_is_needed_and_what_is_granted()
    {
        Simulator.Tokens.Scopes = ["users:read"];

        var answer = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "hi" });

        Assert.That(answer["error"]!.GetValue<string>(), Is.EqualTo("missing_scope"));
        Assert.That(answer["needed"]!.GetValue<string>(), Is.EqualTo("chat:write"));
        Assert.That(answer["provided"]!.GetValue<string>(), Is.EqualTo("users:read"));
    }

    [Test]
    public async Task Each_answer_names_the_scopes_of_the_token_and_those_the_method_takes()
    {
        Simulator.Tokens.Scopes = ["users:read", "chat:write"];
        using var answer = await SendAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "hi" });

        Assert.That(answer.Headers.GetValues("x-oauth-scopes").Single(), Is.EqualTo("users:read,chat:write"));
        Assert.That(answer.Headers.GetValues("x-accepted-oauth-scopes").Single(), Is.EqualTo("chat:write"));
    }

    [Test]
    public async Task Arguments_are_read_from_the_query_a_form_a_multipart_form_and_json_with_the_token_anywhere()
    {
        var query = $"api/users.info?user={Ann}&token={Simulator.BotToken}";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = Ann, ["token"] = Simulator.BotToken });
        using var parts = new MultipartFormDataContent { { new StringContent(Ann), "user" }, { new StringContent(Simulator.BotToken), "token" } };
        using var byQuery = await Http.GetAsync(query, Limit);
        using var byForm = await Http.PostAsync("api/users.info", form, Limit);
        using var byParts = await Http.PostAsync("api/users.info", parts, Limit);

        foreach (var response in new[] { byQuery, byForm, byParts })
            Assert.That((await JsonOfAsync(response))["user"]!["name"]!.GetValue<string>(), Is.EqualTo("david"));
        var byJson = await CallAsync("users.info", new JsonObject { ["user"] = Ann });
        Assert.That(byJson["user"]!["profile"]!["email"]!.GetValue<string>(), Is.EqualTo("david@example.test"));
    }

    [Test]
    public async Task Auth_test_accepts_an_app_token_too()
    {
        var bot = await CallAsync("auth.test");
        var app = await CallAsync("auth.test", token: Simulator.AppToken);

        Assert.That(bot["user_id"]!.GetValue<string>(), Is.EqualTo(Bot));
        Assert.That(app["app_id"]!.GetValue<string>(), Is.EqualTo(Simulator.App.AppId));
        Assert.That(app.ContainsKey("user_id"), Is.False);
    }

    [TestCase("C0NOWHERE1", "channel_not_found")]
    [TestCase("C0TEAM0001", "channel_not_found", Description = "private, and the app is no member")]
    [TestCase(General, "not_in_channel")]
    public async Task A_post_is_refused_where_the_app_cannot_write(string channel, string error) =>
        Assert.That(await ErrorAsync("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = "hi" }), Is.EqualTo(error));

    [Test]
    public async Task A_message_must_say_something_and_keep_the_limits_of_block_kit()
    {
        var blocks = new JsonArray(new JsonObject
        {
            ["type"] = "header",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = new string('x', 151) },
        });
        var long_ = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "x", ["blocks"] = blocks });

        Assert.That(await ErrorAsync("chat.postMessage", new JsonObject { ["channel"] = Help }), Is.EqualTo("no_text"));
        Assert.That(long_["error"]!.GetValue<string>(), Is.EqualTo("invalid_blocks"));
        Assert.That(long_["response_metadata"]!["messages"]![0]!.GetValue<string>(), Does.Contain("json-pointer:/blocks/0"));
    }

    [Test]
    public async Task A_reply_to_a_deleted_parent_lands_in_the_channel_with_ok()
    {
        var parent = Simulator.Workspace.Post(Ann, Help, "gone soon");
        Simulator.Workspace.Delete(Help, parent.Ts);

        var answer = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "reply", ["thread_ts"] = parent.Ts });

        Assert.That(answer["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(answer["message"]!.AsObject().ContainsKey("thread_ts"), Is.False);
    }

    [Test]
    public async Task Reactions_tell_when_they_are_there_already_or_not_at_all()
    {
        var ts = Simulator.Workspace.Post(Ann, Help, "hello").Ts;
        var eyes = new JsonObject { ["channel"] = Help, ["timestamp"] = ts, ["name"] = "eyes" };

        Assert.That(await ErrorAsync("reactions.remove", eyes), Is.EqualTo("no_reaction"));
        Assert.That((await CallAsync("reactions.add", eyes))["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(await ErrorAsync("reactions.add", eyes), Is.EqualTo("already_reacted"));
        var shown = await CallAsync("reactions.get", new JsonObject { ["channel"] = Help, ["timestamp"] = ts });
        Assert.That(shown["message"]!["reactions"]![0]!["users"]![0]!.GetValue<string>(), Is.EqualTo(Bot));
    }

    [Test]
    public async Task Metadata_is_shown_whole_only_to_who_asks_and_survives_an_update()
    {
        var metadata = new JsonObject { ["event_type"] = "made", ["event_payload"] = new JsonObject { ["id"] = "reply:1" } };
        var posted = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = Help, ["text"] = "a", ["metadata"] = metadata });
        await CallAsync("chat.update", new JsonObject { ["channel"] = Help, ["ts"] = posted["ts"]!.DeepClone(), ["text"] = "b" });

        var part = await CallAsync("conversations.history", new JsonObject { ["channel"] = Help });
        var whole = await CallAsync("conversations.history", new JsonObject { ["channel"] = Help, ["include_all_metadata"] = true });

        Assert.That(part["messages"]![0]!["metadata"]!.ToJsonString(), Is.EqualTo("""{"event_type":"made"}"""));
        Assert.That(whole["messages"]![0]!["metadata"]!["event_payload"]!["id"]!.GetValue<string>(), Is.EqualTo("reply:1"));
        Assert.That(whole["messages"]![0]!["text"]!.GetValue<string>(), Is.EqualTo("b"));
    }

    [Test]
    public async Task A_file_is_uploaded_in_three_steps_and_arrives_as_a_message()
    {
        var expected = await CallAsync("files.getUploadURLExternal", new JsonObject { ["filename"] = "week.csv", ["length"] = 5 });
        using var content = new StringContent("a,b,c");
        using var uploaded = await Http.PostAsync(expected["upload_url"]!.GetValue<string>(), content, Limit);
        var files = new JsonArray(new JsonObject { ["id"] = expected["file_id"]!.DeepClone(), ["title"] = "Week" });
        var completed = await CallAsync("files.completeUploadExternal", new JsonObject { ["files"] = files, ["channel_id"] = Help });

        Assert.That(await uploaded.Content.ReadAsStringAsync(Limit), Is.EqualTo("OK - 5"));
        Assert.That(completed["ok"]!.GetValue<bool>(), Is.True);
        var history = await CallAsync("conversations.history", new JsonObject { ["channel"] = Help });
        Assert.That(history["messages"]![0]!["files"]![0]!["title"]!.GetValue<string>(), Is.EqualTo("Week"));
    }

    [Test]
    public async Task A_revoked_token_is_refused_until_the_fault_is_cleared()
    {
        await PostJsonAsync("faults", """{"token":"token_revoked"}""");
        Assert.That(await ErrorAsync("auth.test"), Is.EqualTo("token_revoked"));

        using var cleared = await Http.DeleteAsync("faults", Limit);
        Assert.That(cleared.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await CallAsync("auth.test"))["ok"]!.GetValue<bool>(), Is.True);
    }

    private async Task<string> ErrorAsync(string method, JsonObject? arguments = null, string? token = null) =>
        (await CallAsync(method, arguments?.DeepClone().AsObject(), token))["error"]!.GetValue<string>();
}

/// <summary>Slack's limits, where they are switched on.</summary>
public sealed class RateLimitTests : SimulatorFixture
{
    protected override SimulatorOptions Configure(SimulatorOptions options) =>
        options with { Api = options.Api with { RateLimits = true } };

    [Test]
    public async Task Posts_are_limited_by_channel_and_let_through_again_after_the_wait()
    {
        var hello = new JsonObject { ["channel"] = Help, ["text"] = "hello" };
        HttpResponseMessage answer;
        var posted = 0;
        while ((answer = await SendAsync("chat.postMessage", hello)).IsSuccessStatusCode)
            posted++;
        using var refused = answer;
        Simulator.Workspace.Join(Bot, General);
        var elsewhere = await CallAsync("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = "hello" });
        Clock.Advance(refused.Headers.RetryAfter!.Delta!.Value);
        var later = await CallAsync("chat.postMessage", hello);

        Assert.That(posted, Is.InRange(1, 10));
        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(elsewhere["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(later["ok"]!.GetValue<bool>(), Is.True);
    }
}
