using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class ReadingTests : SlackApiFixture
{
    [Test, CancelAfter(Timeout)]
    public async Task History_follows_the_cursors_through_short_and_empty_pages(CancellationToken ct)
    {
        Slack.On("conversations.history",
            _ => FakeSlack.Json("""{"ok":true,"messages":[{"ts":"5.000000","reactions":[{"name":"eyes","users":["U1"],"count":3}]}],"response_metadata":{"next_cursor":"a"}}"""),
            _ => FakeSlack.Json("""{"ok":true,"messages":[],"has_more":true,"response_metadata":{"next_cursor":"b=="}}"""),
            _ => FakeSlack.Json("""{"ok":true,"messages":[{"ts":"4.000000"},null,{"ts":"3.000000"}],"response_metadata":{"next_cursor":""}}"""));
        var messages = await Api().HistoryAsync("C1", null, null, ct).ToListAsync(ct);

        Assert.That(messages.Select(message => message.Ts), Is.EqualTo(["5.000000", "4.000000", "3.000000"]));
        Assert.That(messages[0].Reactions.Single().Count, Is.EqualTo(3));
        Assert.That(messages[0].Reactions.Single().Users, Is.EqualTo(["U1"]));
        Assert.That(Slack.Calls.Select(call => call["cursor"]), Is.EqualTo([null, "a", "b=="]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task History_always_asks_between_two_bounds_and_for_metadata(CancellationToken ct)
    {
        Slack.On("conversations.history", """{"ok":true,"messages":[]}""");
        await Api().HistoryAsync("C1", "1.000000", null, ct).ToListAsync(ct);

        var call = Slack.Calls.Single();
        Assert.That(call["oldest"], Is.EqualTo("1.000000"));
        Assert.That(call["latest"], Is.EqualTo($"{Time.GetUtcNow().AddDays(1).ToUnixTimeSeconds()}.000000"));
        Assert.That(call["include_all_metadata"], Is.EqualTo("true"));
        Assert.That(call.ContentType, Is.EqualTo("application/x-www-form-urlencoded"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task History_goes_on_from_the_last_message_when_its_cursor_expired(CancellationToken ct)
    {
        Slack.On("conversations.history",
            _ => FakeSlack.Json("""{"ok":true,"messages":[{"ts":"5.000000"},{"ts":"4.000000"}],"response_metadata":{"next_cursor":"a"}}"""),
            _ => FakeSlack.Error("invalid_cursor"),
            _ => FakeSlack.Json("""{"ok":true,"messages":[{"ts":"3.000000"}]}"""));
        var messages = await Api().HistoryAsync("C1", "1.000000", "9.000000", ct).ToListAsync(ct);

        Assert.That(messages.Select(message => message.Ts), Is.EqualTo(["5.000000", "4.000000", "3.000000"]));
        Assert.That(Slack.Calls.Last()["latest"], Is.EqualTo("4.000000"));
        Assert.That(Slack.Calls.Last()["cursor"], Is.Null);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_thread_shows_its_parent_once_though_every_page_repeats_it(CancellationToken ct)
    {
        Slack.On("conversations.replies",
            _ => FakeSlack.Json("""{"ok":true,"messages":[{"ts":"1.000000"},{"ts":"2.000000"}],"response_metadata":{"next_cursor":"a"}}"""),
            _ => FakeSlack.Json("""{"ok":true,"messages":[{"ts":"1.000000"},{"ts":"3.000000"}]}"""));
        var messages = await Api().RepliesAsync("C1", "1.000000", null, ct).ToListAsync(ct);

        Assert.That(messages.Select(message => message.Ts), Is.EqualTo(["1.000000", "2.000000", "3.000000"]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_reply_is_found_by_its_own_ts(CancellationToken ct)
    {
        Slack.On("conversations.replies", call => call["ts"] == "2.000000"
            ? FakeSlack.Json("""{"ok":true,"messages":[{"ts":"2.000000","thread_ts":"1.000000"}]}""")
            : FakeSlack.Error("thread_not_found"));

        Assert.That((await Api().FindMessageAsync("C1", "2.000000", ct))?.ThreadTs, Is.EqualTo("1.000000"));
        Assert.That(await Api().FindMessageAsync("C1", "9.000000", ct), Is.Null);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_read_is_repeated_after_trouble(CancellationToken ct)
    {
        Slack.On("users.info",
            _ => Results.StatusCode(502),
            _ => FakeSlack.Error("internal_error"),
            _ => FakeSlack.Json("""{"ok":true,"user":{"id":"U1","real_name":"Ann Lee","profile":{"display_name":""},"is_bot":"false","updated":"17"}}"""));
        var reading = Api().GetUserAsync("U1", ct);
        for (var i = 0; i < 2; i++)
        {
            await Time.NextWaitAsync(due => due.TotalSeconds is > 0 and < 29, ct);
            Time.Advance(TimeSpan.FromSeconds(29));
        }
        var user = await reading;

        Assert.That(user, Has.Property("DisplayName").EqualTo("Ann Lee").And.Property("IsBot").False.And.Property("Updated").EqualTo(17));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_missing_scope_tells_what_is_needed(CancellationToken ct)
    {
        Slack.On("users.lookupByEmail", """{"ok":false,"error":"missing_scope","needed":"users:read.email","provided":"chat:write"}""");
        var failure = await FailureOf(Api().FindUserByEmailAsync("a@b.test", ct));

        Assert.That(failure, Has.Property("Needed").EqualTo("users:read.email").And.Property("Provided").EqualTo("chat:write"));
        Assert.That(failure.Advice, Is.EqualTo(SlackErrorAdvice.TellAdmin));
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_test_of_the_token_tells_what_it_may_do_where_Slack_does(CancellationToken ct)
    {
        const string Me = """{"ok":true,"user_id":"U0BOT"}""";
        Slack.On("auth.test", _ => new WithScopes("chat:write,channels:history, commands", Me), _ => FakeSlack.Json(Me));

        Assert.That((await Api().AuthTestAsync(ct)).Scopes, Is.EqualTo(["chat:write", "channels:history", "commands"]));
        Assert.That((await Api().AuthTestAsync(ct)).Scopes, Is.Null);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Rejected_arguments_tell_why(CancellationToken ct)
    {
        Slack.On("views.open", """{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] Invalid trigger_id"]}}""");
        var failure = await FailureOf(Api().OpenViewAsync("t1", new View { Type = "modal", Blocks = [] }, ct));

        Assert.That(failure.Kind, Is.EqualTo(SlackErrorKind.OurBug));
        Assert.That(failure.Details, Is.EqualTo(["[ERROR] Invalid trigger_id"]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Nobody_with_an_address_is_no_error(CancellationToken ct)
    {
        Slack.On("users.lookupByEmail", _ => FakeSlack.Error("users_not_found"));

        Assert.That(await Api().FindUserByEmailAsync("a@b.test", ct), Is.Null);
    }

    [TestCase("ratelimited", SlackErrorKind.RateLimited, SlackErrorAdvice.Retry)]
    [TestCase("service_unavailable", SlackErrorKind.SlackTrouble, SlackErrorAdvice.Retry)]
    [TestCase("token_revoked", SlackErrorKind.Token, SlackErrorAdvice.TellAdmin)]
    [TestCase("restricted_action_read_only_channel", SlackErrorKind.Scope, SlackErrorAdvice.TellAdmin)]
    [TestCase("restricted_action_thread_locked", SlackErrorKind.Place, SlackErrorAdvice.GiveUp)]
    [TestCase("is_archived", SlackErrorKind.Place, SlackErrorAdvice.GiveUp)]
    [TestCase("edit_window_closed", SlackErrorKind.Gone, SlackErrorAdvice.GiveUp)]
    [TestCase("invalid_blocks_format", SlackErrorKind.OurBug, SlackErrorAdvice.GiveUp)]
    [TestCase("metadata_too_large", SlackErrorKind.OurBug, SlackErrorAdvice.GiveUp)]
    [TestCase("brand_new_error", SlackErrorKind.Unknown, SlackErrorAdvice.GiveUp)]
    public void An_error_tells_what_to_do(string code, SlackErrorKind kind, SlackErrorAdvice advice)
    {
        var failure = new SlackException("chat.postMessage", code, SlackErrors.KindOf(code));

        Assert.That(failure, Has.Property("Kind").EqualTo(kind).And.Property("Advice").EqualTo(advice));
    }

    private sealed class WithScopes(string scopes, string json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers["x-oauth-scopes"] = scopes;
            return httpContext.Response.WriteAsync(json);
        }
    }
}
