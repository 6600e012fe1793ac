using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Pages of others neither act with somebody's session nor read what it may.</summary>
internal sealed class OriginTests : SignInFixture
{
    [TestCase(null, null)]
    [TestCase("https://evil.example", null)]
    [TestCase("null", null)]
    [TestCase("http://localhost:3001", null)]
    [TestCase("https://localhost:3000", null)]
    [TestCase("http://localhost:3000.evil.example", null)]
    [TestCase("https://evil.example", "http://localhost:3000/support")]
    [TestCase(null, "https://evil.example/?http://localhost:3000")]
    [TestCase(null, "http://localhost:3000@evil.example/")]
    [TestCase(null, "http://localhost:30001/")]
    [CancelAfter(Timeout)]
    public async Task A_page_of_others_changes_nothing_with_somebodys_session(string? origin, string? referer)
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);

        Assert.That(await Status(browser.SendAsync(HttpMethod.Post, "/auth/logout", null, Headers(origin, referer))), Is.EqualTo(403));
        Assert.That(await Status(browser.SendAsync(HttpMethod.Delete, "/v1/admin/tools/1", null, Headers(origin, referer))), Is.EqualTo(403));
        Assert.That(await Status(browser.GetAsync("/auth/userinfo")), Is.EqualTo(200));
    }

    [TestCase("http://localhost:8080", null)]
    [TestCase("http://localhost:3000", null)]
    [TestCase(null, "http://localhost:3000/support")]
    [CancelAfter(Timeout)]
    public async Task A_page_of_our_own_may(string? origin, string? referer)
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);

        Assert.That(await Read(browser.SendAsync(HttpMethod.Post, "/auth/logout", null, Headers(origin, referer))), Is.EqualTo((200, "")));
        Assert.That(await Status(browser.GetAsync("/auth/userinfo")), Is.EqualTo(401));
    }

    [TestCase(null)]
    [TestCase("https://evil.example")]
    [TestCase("null")]
    [CancelAfter(Timeout)]
    public async Task A_page_of_others_signs_nobody_in(string? origin)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();
        using var form = new FormUrlEncodedContent([new("name", "alice"), new("password", DirectoryServer.Password)]);

        Assert.That(await Status(browser.SendAsync(HttpMethod.Post, "/auth/login", form, Headers(origin, null))), Is.EqualTo(403));
        Assert.That(browser.SessionCookie, Is.Null);
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_front_asks_first_and_may()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();

        using var answer = await browser.SendAsync(
            HttpMethod.Options, "/v1/admin/tools/1", null, ("Origin", RunningApi.Front), ("Access-Control-Request-Method", "DELETE"), ("Access-Control-Request-Headers", "content-type"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(204));
        Assert.That(One(answer, "Access-Control-Allow-Origin"), Is.EqualTo(RunningApi.Front));
        Assert.That(One(answer, "Access-Control-Allow-Credentials"), Is.EqualTo("true"));
        Assert.That(One(answer, "Access-Control-Allow-Methods"), Does.Contain("DELETE").And.Not.Contain("HEAD"));
        Assert.That(One(answer, "Access-Control-Allow-Headers"), Does.Contain("content-type").IgnoreCase);
        Assert.That(One(answer, "Access-Control-Max-Age"), Is.EqualTo("43200"));
    }

    [TestCase("/auth/userinfo", 401)]
    [TestCase("/v2/channels", 401)]
    [TestCase("/nothing", 404)]
    [TestCase("/ping", 200)]
    [CancelAfter(Timeout)]
    public async Task The_front_reads_every_answer_and_others_none(string path, int status)
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();

        using var own = await browser.GetAsync(path, ("Origin", RunningApi.Front));
        using var others = await browser.GetAsync(path, ("Origin", "https://evil.example"));

        Assert.That(((int)own.StatusCode, (int)others.StatusCode), Is.EqualTo((status, status)));
        Assert.That((One(own, "Access-Control-Allow-Origin"), One(own, "Access-Control-Allow-Credentials")), Is.EqualTo((RunningApi.Front, "true")));
        Assert.That(One(own, "Vary"), Does.Contain("Origin"));
        Assert.That(others.Headers.Select(h => h.Key), Has.None.StartsWith("Access-Control-"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Others_ask_first_in_vain()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = api.NewBrowser();

        using var answer = await browser.SendAsync(HttpMethod.Options, "/v2/channels", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "GET"));

        Assert.That(answer.Headers.Select(h => h.Key), Has.None.StartsWith("Access-Control-"));
    }

    private static string? One(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : null;

    private static (string, string)[] Headers(string? origin, string? referer) =>
        [.. new[] { ("Origin", origin), ("Referer", referer) }.Where(h => h.Item2 is not null).Select(h => (h.Item1, h.Item2!))];
}
