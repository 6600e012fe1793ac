using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Which answers of an issuer are not accepted.</summary>
internal sealed class IssuerRefusalTests : SignInFixture
{
    [Test, CancelAfter(Timeout)]
    public async Task The_issuer_is_asked_with_state_nonce_and_a_challenge_that_the_API_alone_can_meet()
    {
        var (api, issuer) = await ApiWithIssuerAsync();

        using var browser = await SignedInAsync(api);

        Assert.That((issuer.Asked["response_type"].ToString(), issuer.Asked["client_id"].ToString()), Is.EqualTo(("code", "subot")));
        Assert.That(issuer.Asked["redirect_uri"].ToString(), Is.EqualTo("http://localhost:8080/auth/callback"));
        Assert.That(issuer.Asked["scope"].ToString().Split(' '), Is.EquivalentTo(["openid", "profile", "email", "groups"]));
        Assert.That(issuer.Asked["state"].ToString(), Has.Length.GreaterThan(20));
        Assert.That(issuer.Asked["nonce"].ToString(), Has.Length.GreaterThan(20));
        Assert.That(issuer.Asked["code_challenge_method"].ToString(), Is.EqualTo("S256"));
        Assert.That(issuer.Asked["code_challenge"].ToString(), Is.EqualTo(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(issuer.AskedForToken["code_verifier"].ToString())))));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_answer_is_good_once()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();
        using var back = await browser.GoToCallbackAsync("alice");
        var callback = back.Headers.Location!.AbsoluteUri;

        Assert.That(await Status(browser.GetAsync(callback)), Is.EqualTo(302));
        Assert.That(await Status(browser.GetAsync(callback)), Is.EqualTo(400));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_answer_to_another_browser_signs_nobody_in()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var attacker = api.NewBrowser();
        using var victim = api.NewBrowser();
        using var back = await attacker.GoToCallbackAsync("mallory");

        Assert.That(await Status(victim.GetAsync(back.Headers.Location!.AbsoluteUri)), Is.EqualTo(400));
        Assert.That(victim.SessionCookie, Is.Null);

        // Nor if the victim has begun a sign-in of their own.
        using var own = await victim.GoToCallbackAsync("alice");
        Assert.That(await Status(victim.GetAsync(back.Headers.Location!.AbsoluteUri)), Is.EqualTo(400));
        Assert.That(victim.SessionCookie, Is.Null);
    }

    [TestCase("")]
    [TestCase("?code=x")]
    [TestCase("?code=x&state=y")]
    [TestCase("?state=y")]
    [TestCase("?error=access_denied&error_description=%3Cscript%3Eno%0Aline")]
    [CancelAfter(Timeout)]
    public async Task An_answer_to_nothing_is_refused(string query)
    {
        var (api, _) = await ApiWithIssuerAsync();

        var (status, body) = await Read(api.NewBrowser().GetAsync("/auth/callback" + query));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("Begin anew.").And.Not.Contain("<script"));
    }

    private static IEnumerable<TestCaseData> BadTokens()
    {
        yield return Bad("another nonce", c => c["nonce"] = "another");
        yield return Bad("no nonce", c => c.Remove("nonce"));
        yield return Bad("another audience", c => c["aud"] = "another");
        yield return Bad("another issuer", c => c["iss"] = "https://evil.example");
        yield return Bad("no issuer", c => c.Remove("iss"));
        yield return Bad("expired", c => c["exp"] = FakeIssuer.Now(-120));
        yield return Bad("no end", c => c.Remove("exp"));
        yield return Bad("not valid yet", c => c["nbf"] = FakeIssuer.Now(3600));
        yield return Bad("no subject", c => c.Remove("sub"));
        yield return Bad("another subject than at userinfo", c => c["sub"] = "mallory");
        yield return new TestCaseData((FakeIssuer _, JsonObject c) => FakeIssuer.SignWithOtherKey(c)).SetArgDisplayNames("another key");
        yield return new TestCaseData((FakeIssuer _, JsonObject c) => FakeIssuer.SignWithSecret(c)).SetArgDisplayNames("signed with the client's secret");
        yield return new TestCaseData((FakeIssuer _, JsonObject c) => FakeIssuer.NotSigned(c)).SetArgDisplayNames("not signed");
        yield return new TestCaseData((FakeIssuer i, JsonObject c) => Tampered(i.Sign(c))).SetArgDisplayNames("tampered");

        static TestCaseData Bad(string name, Action<JsonObject> change) => new TestCaseData((FakeIssuer i, JsonObject c) =>
        {
            change(c);
            return i.Sign(c);
        }).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(BadTokens)), CancelAfter(Timeout)]
    public async Task An_id_token_is_refused_with(Func<FakeIssuer, JsonObject, string> make)
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        issuer.IdToken = claims => make(issuer, claims);
        using var browser = api.NewBrowser();

        Assert.That(await Status(browser.SignInAtIssuerAsync("alice")), Is.EqualTo(400));
        Assert.That(browser.SessionCookie, Is.Null);
        Assert.That(api.Logs.Count("the issuer's answer is not accepted"), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_issuer_that_is_not_there_is_named_as_the_trouble()
    {
        var issuer = await IssuerAsync();
        var api = await ApiAsync(issuer.Parameters(), ("DEX_ISSUER_URL", "http://localhost:1"));

        var (status, body) = await Read(api.NewBrowser().GetAsync("/auth/login"));

        Assert.That(status, Is.EqualTo(503));
        Assert.That(body, Does.Contain("The single sign-on does not answer."));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Nobody_signs_in_with_a_password_where_there_is_no_directory()
    {
        var (api, _) = await ApiWithIssuerAsync();

        Assert.That(await Status(api.NewBrowser().SignInAsync("alice", "any")), Is.EqualTo((int)HttpStatusCode.MethodNotAllowed));
    }

    internal static string Tampered(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
        claims["groups"] = new JsonArray("support-admins");
        return $"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}";
    }
}
