using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Which tokens of programs are accepted.</summary>
internal sealed class BearerTests : SignInFixture
{
    [Test, CancelAfter(Timeout)]
    public async Task A_token_of_the_issuer_is_accepted_and_needs_no_origin()
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();
        var header = ("Authorization", "Bearer " + issuer.Sign(issuer.Claims()));

        Assert.That(await Status(browser.GetAsync("/v2/channels", header)), Is.EqualTo(200));
        Assert.That(await Status(browser.SendAsync(HttpMethod.Post, "/auth/logout", null, header)), Is.EqualTo(200));
        Assert.That(await Status(browser.GetAsync("/v2/channels")), Is.EqualTo(401));
    }

    // No such thread is known: whoever may correct is told so.
    [TestCase("support-agents", 404)]
    [TestCase("support-admins", 404)]
    [TestCase("others", 403)]
    [CancelAfter(Timeout)]
    public async Task Agents_correct_threads_and_viewers_do_not(string group, int status)
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();
        var claims = issuer.Claims();
        claims["groups"] = new JsonArray(group);
        using var body = new StringContent("""{"says":"solve"}""", Encoding.UTF8, "application/json");

        Assert.That(await Status(browser.SendAsync(HttpMethod.Post, "/v2/threads/C1/1.000000/corrections", body, ("Authorization", "Bearer " + issuer.Sign(claims)))), Is.EqualTo(status));
    }

    private static IEnumerable<TestCaseData> BadTokens()
    {
        yield return Bad("another audience", c => c["aud"] = "another");
        yield return Bad("no audience", c => c.Remove("aud"));
        yield return Bad("another issuer", c => c["iss"] = "https://evil.example");
        yield return Bad("expired", c => c["exp"] = FakeIssuer.Now(-120));
        yield return Bad("no end", c => c.Remove("exp"));
        yield return Bad("not valid yet", c => c["nbf"] = FakeIssuer.Now(3600));
        yield return Bad("no groups", c => c.Remove("groups"));
        yield return new TestCaseData((FakeIssuer _, JsonObject c) => FakeIssuer.SignWithOtherKey(c)).SetArgDisplayNames("another key");
        yield return new TestCaseData((FakeIssuer _, JsonObject c) => FakeIssuer.SignWithSecret(c)).SetArgDisplayNames("signed with the client's secret");
        yield return new TestCaseData((FakeIssuer _, JsonObject c) => FakeIssuer.NotSigned(c)).SetArgDisplayNames("not signed");
        yield return new TestCaseData((FakeIssuer i, JsonObject c) => IssuerRefusalTests.Tampered(i.Sign(c))).SetArgDisplayNames("tampered");
        yield return new TestCaseData((FakeIssuer _, JsonObject _) => "no token").SetArgDisplayNames("something else");

        static TestCaseData Bad(string name, Action<JsonObject> change) => new TestCaseData((FakeIssuer i, JsonObject c) =>
        {
            change(c);
            return i.Sign(c);
        }).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(BadTokens)), CancelAfter(Timeout)]
    public async Task A_token_is_refused_with(Func<FakeIssuer, JsonObject, string> make)
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();

        using var answer = await browser.GetAsync("/v2/channels", ("Authorization", "Bearer " + make(issuer, issuer.Claims())));

        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
        Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer error=\"invalid_token\""));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("The bearer token is not accepted").And.Not.Contain("IDX"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_bad_token_is_refused_also_where_a_session_or_nobody_at_all_would_do()
    {
        var (api, _) = await ApiWithIssuerAsync(("SUBOT_ANONYMOUS_READ", "true"));
        using var browser = await SignedInAsync(api);

        Assert.That(await Status(browser.GetAsync("/v2/channels", ("Authorization", "Bearer x"))), Is.EqualTo(401));
        Assert.That(await Status(browser.GetAsync("/ping", ("Authorization", "Bearer x"))), Is.EqualTo(401));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_token_is_refused_while_the_issuers_keys_cannot_be_asked_for()
    {
        var issuer = await IssuerAsync();
        var api = await ApiAsync(issuer.Parameters(), ("DEX_ISSUER_URL", "http://localhost:1"));

        Assert.That(await Status(api.NewBrowser().GetAsync("/v2/channels", ("Authorization", "Bearer " + issuer.Sign(issuer.Claims())))), Is.EqualTo(401));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Tokens_are_refused_where_there_is_no_issuer()
    {
        var directory = await DirectoryServer.SharedAsync();
        var issuer = await IssuerAsync();
        var api = await ApiAsync(directory.Parameters());

        Assert.That(await Status(api.NewBrowser().GetAsync("/v2/channels", ("Authorization", "Bearer " + issuer.Sign(issuer.Claims())))), Is.EqualTo(401));
    }
}
