using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Signing in at a real issuer.</summary>
internal sealed class IssuerTests : SignInFixture
{
    [TestCase("alice", "admin")]
    [TestCase("dana", "agent")]
    [TestCase("bruno", "viewer")]
    [CancelAfter(Timeout)]
    public async Task Somebody_signs_in_and_comes_back_to_the_page(string name, string role)
    {
        var api = await ApiAsync((await IssuerServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        Assert.That(await Location(browser.SignInAtIssuerAsync(name, $"/auth/login?redirect_uri={RunningApi.Front}/support?week=47")), Is.EqualTo(RunningApi.Front + "/support?week=47"));
        var who = await UserInfoAsync(browser);

        Assert.That((who.GetProperty("sub").GetString(), who.GetProperty("role").GetString()), Is.EqualTo((name, role)));
        Assert.That(who.GetProperty("email").GetString(), Is.EqualTo(name + "@example.org"));
        Assert.That(await Status(browser.GetAsync("/v2/channels")), Is.EqualTo(200));
        Assert.That(api.Logs.All, Does.Contain($"Signed in by issuer: {name}"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Somebody_in_no_group_is_refused_and_told_why()
    {
        var api = await ApiAsync((await IssuerServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        var (status, body) = await Read(browser.SignInAtIssuerAsync("nora"));

        Assert.That((status, browser.SessionCookie), Is.EqualTo((401, (string?)null)));
        Assert.That(body, Does.Contain("You are in no group that may use Subot."));
        Assert.That(await Read(browser.GetAsync("/auth/userinfo")), Is.EqualTo((401, "")));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Somebody_in_another_group_is_refused_where_viewers_are_named()
    {
        var api = await ApiAsync((await IssuerServer.SharedAsync()).Parameters(), ("DEX_VIEWER_GROUP", "finance"));

        Assert.That(await Status(api.NewBrowser().SignInAtIssuerAsync("bruno")), Is.EqualTo(401));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_code_is_good_once()
    {
        var api = await ApiAsync((await IssuerServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();
        using var back = await browser.GoToCallbackAsync("alice");
        using var sameBrowserAsBefore = browser.Copy();
        var callback = back.Headers.Location!.AbsoluteUri;

        Assert.That(await Status(browser.GetAsync(callback)), Is.EqualTo(302));

        // Its state is accepted, since the copy still has the cookie of it; the issuer refuses the code.
        Assert.That(await Status(sameBrowserAsBefore.GetAsync(callback)), Is.EqualTo(400));
        Assert.That(sameBrowserAsBefore.SessionCookie, Is.Null);
        Assert.That(api.Logs.All, Does.Contain("invalid_grant"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_wrong_client_secret_lets_nobody_in()
    {
        var api = await ApiAsync((await IssuerServer.SharedAsync()).Parameters(), ("DEX_SECRET", "another"));
        using var browser = api.NewBrowser();

        Assert.That(await Status(browser.GetAsync("/auth/login")), Is.EqualTo(503));
    }

    [TestCase("support-admins", "admin")]
    [TestCase("engprod", "viewer")]
    [CancelAfter(Timeout)]
    public async Task A_program_shows_a_token_of_its_own(string group, string role)
    {
        var issuer = await IssuerServer.SharedAsync();
        var api = await ApiAsync(issuer.Parameters());
        var token = await TokenAsync(issuer, group);
        using var browser = api.NewBrowser();

        var (status, body) = await Read(browser.GetAsync("/auth/userinfo", ("Authorization", "Bearer " + token)));

        Assert.That(status, Is.EqualTo(200));
        Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("role").GetString(), Is.EqualTo(role));
        Assert.That(await Status(browser.GetAsync("/v2/channels", ("Authorization", "Bearer " + token))), Is.EqualTo(200));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_program_in_no_group_is_refused()
    {
        var issuer = await IssuerServer.SharedAsync();
        var api = await ApiAsync(issuer.Parameters());

        Assert.That(await Status(api.NewBrowser().GetAsync("/v2/channels", ("Authorization", "Bearer " + await TokenAsync(issuer, "")))), Is.EqualTo(401));
    }

    private static async Task<string> TokenAsync(IssuerServer issuer, string scope)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, issuer.Url + "/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", "urn:subot:api"), new("scope", scope)]),
        };
        var secret = Uri.EscapeDataString(IssuerServer.Secret).Replace("%20", "+", StringComparison.Ordinal);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{IssuerServer.ClientId}:{secret}")));
        using var answer = await http.SendAsync(request);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }
}
