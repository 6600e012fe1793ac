using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class PostingTests : SlackApiFixture
{
    private const string Posted =
        """{"ok":true,"channel":"C1","ts":"2.000001","message":{"type":"message","ts":"2.000001","thread_ts":"1.000001","bot_id":"B1"}}""";

    private static readonly PostMessage s_message = new()
    {
        Channel = "C1",
        Text = "Hello",
        ThreadTs = "1.000001",
        Blocks = [new SectionBlock { Text = new Mrkdwn("*Hello*") }],
        Metadata = MessageMetadata.Create("subot_action", new Dictionary<string, string> { ["id"] = "reply:C1:1.000001" }),
    };

    [Test, CancelAfter(Timeout)]
    public async Task A_post_is_JSON_with_the_bot_token(CancellationToken ct)
    {
        Slack.On("chat.postMessage", Posted);
        var posted = await Api().PostMessageAsync(s_message, ct);

        var call = Slack.Calls.Single();
        Assert.That(call.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(call.Authorization, Is.EqualTo("Bearer xoxb-1"));
        Assert.That(call.Body, Is.EqualTo(
            """{"channel":"C1","text":"Hello","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Hello*"}}],"thread_ts":"1.000001","""
            + """ "metadata":{"event_type":"subot_action","event_payload":{"id":"reply:C1:1.000001"}},"unfurl_links":false,"unfurl_media":false}""".TrimStart()));
        Assert.That(posted, Has.Property("Channel").EqualTo("C1").And.Property("Ts").EqualTo("2.000001").And.Property("ThreadTs").EqualTo("1.000001"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_reply_whose_parent_is_gone_is_seen_to_be_outside_the_thread(CancellationToken ct)
    {
        Slack.On("chat.postMessage", """{"ok":true,"channel":"C1","ts":"2.000001","message":{"type":"message","ts":"2.000001"}}""");

        Assert.That((await Api().PostMessageAsync(s_message, ct)).ThreadTs, Is.Null);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_post_is_sent_once_when_its_outcome_is_unclear(
        [Values("500", "503", "internal_error", "fatal_error", "html", "cut")] string trouble, CancellationToken ct)
    {
        Slack.On("chat.postMessage", call => trouble switch
        {
            "html" => Results.Text("<html>oops</html>", "text/html"),
            "cut" => new CutConnection(),
            _ when int.TryParse(trouble, out var status) => Results.StatusCode(status),
            _ => FakeSlack.Error(trouble),
        });
        var failure = await FailureOf(Api().PostMessageAsync(s_message, ct));

        Assert.That(failure.OutcomeUnclear);
        Assert.That(failure.Kind, Is.EqualTo(SlackErrorKind.SlackTrouble));
        Assert.That(Slack.CountOf("chat.postMessage"), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_ephemeral_post_is_sent_once_too(CancellationToken ct)
    {
        Slack.On("chat.postEphemeral", _ => Results.StatusCode(500));
        var failure = await FailureOf(Api().PostEphemeralAsync(new PostEphemeral { Channel = "C1", User = "U1", Text = "psst" }, ct));

        Assert.That(failure.OutcomeUnclear);
        Assert.That(Slack.CountOf("chat.postEphemeral"), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_post_that_is_not_answered_in_time_is_unclear(CancellationToken ct)
    {
        Slack.On("chat.postMessage", _ => new NoAnswer());
        var posting = FailureOf(Api().PostMessageAsync(s_message, ct));
        await Slack.NextCallAsync("chat.postMessage", ct);
        await Time.PassAsync(30, ct);
        var failure = await posting;

        Assert.That(failure, Has.Property("Error").EqualTo("timeout").And.Property("OutcomeUnclear").True);
        Assert.That(Slack.CountOf("chat.postMessage"), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_post_that_Slack_certainly_did_not_get_is_tried_again(CancellationToken ct)
    {
        var options = new SlackApiOptions { BotToken = "xoxb-1", BaseAddress = new Uri("http://127.0.0.1:1/api/"), Retries = 1 };
        var posting = FailureOf(Api(() => options).PostMessageAsync(s_message, ct));
        await Time.NextWaitAsync(due => due.TotalSeconds is > 0 and < 29, ct);
        Time.Advance(TimeSpan.FromSeconds(29));
        var failure = await posting;

        Assert.That(failure, Has.Property("Kind").EqualTo(SlackErrorKind.SlackTrouble).And.Property("OutcomeUnclear").False);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_rate_limited_call_waits_as_told_and_is_made(CancellationToken ct)
    {
        Slack.On("reactions.add", _ => new TooManyRequests(7), _ => FakeSlack.Json("""{"ok":true}"""));
        var adding = Api().AddReactionAsync("C1", "1.000001", "eyes", ct);
        await Time.NextWaitAsync(due => due.TotalSeconds is >= 0 and < 1, ct);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Time.NextWaitAsync(due => due.TotalSeconds is >= 5.9 and <= 7, ct);
        Time.Advance(TimeSpan.FromSeconds(7));

        await adding;
        Assert.That(Slack.CountOf("reactions.add"), Is.EqualTo(2));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_rate_limited_call_fails_at_once_when_asked_to(CancellationToken ct)
    {
        Slack.On("reactions.add", _ => new TooManyRequests(7));
        var options = new SlackApiOptions { BotToken = "xoxb-1", BaseAddress = Slack.Api, WaitForRateLimit = false };
        var failure = await FailureOf(Api(() => options).AddReactionAsync("C1", "1.000001", "eyes", ct));

        Assert.That(failure, Has.Property("Kind").EqualTo(SlackErrorKind.RateLimited).And.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_rate_limited_post_fails_at_once_and_holds_up_no_other_post(CancellationToken ct)
    {
        Slack.On("chat.postMessage", _ => new TooManyRequests(7), _ => FakeSlack.Json(Posted));
        var api = Api(() => new SlackApiOptions { BotToken = "xoxb-1", BaseAddress = Slack.Api, PostsPerSecondAndChannel = null });
        var failure = await FailureOf(api.PostMessageAsync(s_message, ct));

        Assert.That((await api.PostMessageAsync(s_message, ct)).Ts, Is.EqualTo("2.000001"));
        Assert.That(failure.Kind, Is.EqualTo(SlackErrorKind.RateLimited));
        Assert.That(failure.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(failure.OutcomeUnclear, Is.False);
        Assert.That(failure.Advice, Is.EqualTo(SlackErrorAdvice.Retry));
    }

    [Test, CancelAfter(Timeout)]
    public async Task One_rate_limit_does_not_hold_other_methods(CancellationToken ct)
    {
        Slack.On("chat.postMessage", Posted);
        Slack.On("chat.update", _ => new TooManyRequests(60));
        var api = Api();
        var held = api.UpdateMessageAsync(new UpdateMessage { Channel = "C1", Ts = "1.000001", Text = "Hello" }, ct);
        await Slack.NextCallAsync("chat.update", ct);

        await api.PostMessageAsync(s_message, ct);
        await api.AddReactionAsync("C1", "1.000001", "eyes", ct);
        Assert.That(held.IsCompleted, Is.False);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Posts_into_one_channel_keep_a_second_apart(CancellationToken ct)
    {
        Slack.On("chat.postMessage", Posted);
        var api = Api();
        await api.PostMessageAsync(s_message, ct);
        var second = api.PostMessageAsync(s_message, ct);
        await api.PostMessageAsync(s_message with { Channel = "C2" }, ct);
        Assert.That(Slack.CountOf("chat.postMessage"), Is.EqualTo(2));
        await Time.PassAsync(1, ct);
        await second;
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_clock_that_is_set_back_holds_up_no_call(CancellationToken ct)
    {
        Slack.On("chat.postMessage", Posted);
        var api = Api();
        await api.AddReactionAsync("C1", "1.000001", "eyes", ct);
        await api.PostMessageAsync(s_message, ct);
        Time.SetClockBack(TimeSpan.FromHours(1));

        await api.AddReactionAsync("C1", "1.000001", "eyes", ct);
        var second = api.PostMessageAsync(s_message, ct);
        await Time.PassAsync(1, ct);
        await second;
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_pace_of_posts_can_be_switched_off(CancellationToken ct)
    {
        Slack.On("chat.postMessage", Posted);
        var options = new SlackApiOptions { BotToken = "xoxb-1", BaseAddress = Slack.Api, PostsPerSecondAndChannel = null };
        var api = Api(() => options);
        for (var i = 0; i < 5; i++)
            await api.PostMessageAsync(s_message, ct);

        Assert.That(Slack.CountOf("chat.postMessage"), Is.EqualTo(5));
    }

    [Test, CancelAfter(Timeout)]
    public async Task What_is_already_as_asked_is_success(CancellationToken ct)
    {
        Slack.On("reactions.add", _ => FakeSlack.Error("already_reacted"));
        Slack.On("reactions.remove", _ => FakeSlack.Error("no_reaction"));
        Slack.On("chat.delete", _ => FakeSlack.Error("message_not_found"));
        var api = Api();

        await api.AddReactionAsync("C1", "1.000001", "eyes", ct);
        await api.RemoveReactionAsync("C1", "1.000001", "eyes", ct);
        await api.DeleteMessageAsync("C1", "1.000001", ct);

        Assert.That(Slack.Calls.Select(call => $"{call["channel"]} {call["timestamp"]}{call["ts"]} {call["name"]}"),
            Is.EqualTo(["C1 1.000001 eyes", "C1 1.000001 eyes", "C1 1.000001 "]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_reaction_to_a_message_that_is_gone_is_no_success(CancellationToken ct)
    {
        Slack.On("reactions.add", _ => FakeSlack.Error("message_not_found"));

        Assert.That((await FailureOf(Api().AddReactionAsync("C1", "1.000001", "eyes", ct))).Kind, Is.EqualTo(SlackErrorKind.Gone));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_answer_to_an_interaction_carries_no_token(CancellationToken ct)
    {
        var address = new Uri(Slack.Api, "response");
        await Api().RespondAsync(address, new ResponseMessage { Text = "Done", InChannel = true, ReplaceOriginal = true }, ct);

        var call = Slack.Calls.Single();
        Assert.That(call.Authorization, Is.Null);
        Assert.That(call.Body, Is.EqualTo("""{"text":"Done","response_type":"in_channel","replace_original":true}"""));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_address_that_is_used_up_is_an_error([Values("used_url", "404")] string answer, CancellationToken ct)
    {
        Slack.On("response", _ => answer == "404" ? Results.NotFound() : FakeSlack.Error(answer));
        var failure = await FailureOf(Api().RespondAsync(new Uri(Slack.Api, "response"), new ResponseMessage { Text = "Done" }, ct));

        Assert.That(failure.Kind, Is.EqualTo(SlackErrorKind.Gone));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_file_is_announced_sent_and_shared(CancellationToken ct)
    {
        Slack.On("files.getUploadURLExternal", $$"""{"ok":true,"upload_url":"{{Slack.Address}}files/F1","file_id":"F1"}""");
        var id = await Api().UploadFileAsync(new FileUpload { FileName = "week.csv", Content = "a,b"u8.ToArray(), Channel = "C1", ThreadTs = "1.000001" }, ct);

        Assert.That(id, Is.EqualTo("F1"));
        Assert.That(Slack.Calls.Select(call => call.Method), Is.EqualTo(["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]));
        Assert.That(Slack.Calls.ElementAt(0)["length"], Is.EqualTo("3"));
        Assert.That(Slack.Calls.ElementAt(1), Has.Property("Body").EqualTo("a,b").And.Property("Authorization").Null);
        Assert.That(Slack.Calls.ElementAt(2).Body, Is.EqualTo("""{"files":[{"id":"F1","title":"week.csv"}],"channel_id":"C1","thread_ts":"1.000001"}"""));
    }

    [Test]
    public void A_message_made_of_every_block_reads_as_Slack_wants_it()
    {
        Block[] blocks =
        [
            new HeaderBlock { Text = new PlainText("Week 47") },
            new SectionBlock { Text = new Mrkdwn("Open"), Fields = [new PlainText("3")], Accessory = new Button { ActionId = "show", Text = new PlainText("Show") } },
            new DividerBlock(),
            new ActionsBlock { BlockId = "b1", Elements = [new Button { ActionId = "ok", Text = new PlainText("OK"), Value = "1", Style = "primary" }] },
            new ContextBlock { Elements = [new Mrkdwn("small"), new ImageElement(new Uri("https://x.test/i.png"), "i")] },
            new ImageBlock { ImageUrl = new Uri("https://x.test/i.png"), AltText = "a chart" },
            new InputBlock { Label = new PlainText("Why"), Element = new PlainTextInput { ActionId = "why", Multiline = true } },
        ];
        var json = JsonSerializer.Serialize(new ResponseMessage { Text = "t", Blocks = blocks }, SlackJson.Default.ResponseMessage);

        Assert.That(json, Is.EqualTo(
            """{"text":"t","blocks":["""
            + """{"type":"header","text":{"type":"plain_text","text":"Week 47"}},"""
            + """{"type":"section","text":{"type":"mrkdwn","text":"Open"},"fields":[{"type":"plain_text","text":"3"}],"accessory":{"type":"button","text":{"type":"plain_text","text":"Show"},"action_id":"show"}},"""
            + """{"type":"divider"},"""
            + """{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"OK"},"value":"1","style":"primary","action_id":"ok"}],"block_id":"b1"},"""
            + """{"type":"context","elements":[{"type":"mrkdwn","text":"small"},{"image_url":"https://x.test/i.png","alt_text":"i","type":"image"}]},"""
            + """{"type":"image","image_url":"https://x.test/i.png","alt_text":"a chart"},"""
            + """{"type":"input","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","multiline":true,"action_id":"why"}}"""
            + """],"response_type":"ephemeral"}"""));
    }

    [Test]
    public void What_is_too_long_for_Slack_is_refused_where_it_is_made()
    {
        Assert.That(() => new SectionBlock { Text = new Mrkdwn(new string('x', 3001)) }, Throws.ArgumentException.With.Message.Contains("3000"));
        Assert.That(() => new HeaderBlock { Text = new PlainText(new string('x', 151)) }, Throws.ArgumentException);
        Assert.That(() => new Button { ActionId = "a", Text = new PlainText(new string('x', 76)) }, Throws.ArgumentException);
        Assert.That(() => s_message with { Blocks = [.. Enumerable.Repeat(new DividerBlock(), 51)] }, Throws.ArgumentException);
    }

    [Test]
    public void Words_of_people_are_escaped_and_cut_whole()
    {
        Assert.That(SlackText.Escape("a < b && <!channel>"), Is.EqualTo("a &lt; b &amp;&amp; &lt;!channel&gt;"));
        Assert.That(SlackText.Unescape(SlackText.Escape("&lt; <x>")), Is.EqualTo("&lt; <x>"));
        Assert.That(SlackText.Truncate("ab😀cd", 4), Is.EqualTo("ab…"));
        Assert.That(SlackText.Truncate("abcd", 4), Is.EqualTo("abcd"));
    }

    private sealed class CutConnection : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Abort();
            return Task.CompletedTask;
        }
    }

    private sealed class NoAnswer : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var gone = new TaskCompletionSource();
            await using var registration = httpContext.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        }
    }
}
