using System.Net;
using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Signing in with a password that a real directory knows.</summary>
internal sealed class LdapTests : SignInFixture
{
    [Test, CancelAfter(Timeout)]
    public async Task Somebody_signs_in_over_ldaps_and_is_told_who_they_are()
    {
        var directory = await DirectoryServer.SharedAsync();
        var api = await ApiAsync(directory.Parameters());
        using var browser = api.NewBrowser();

        using var answer = await browser.SignInAsync("alice", DirectoryServer.Password, RunningApi.Front + "/support");
        var who = await UserInfoAsync(browser);

        Assert.That((answer.StatusCode, answer.Headers.Location!.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, RunningApi.Front + "/support")));
        Assert.That(who.EnumerateObject().Select(p => p.Name), Is.EquivalentTo(["sub", "email", "name", "user_id", "user_name", "teams", "is_admin", "exp", "csrf", "role"]));
        Assert.That(who.GetProperty("user_id").GetString(), Is.EqualTo("alice"));
        Assert.That(who.GetProperty("name").GetString(), Is.EqualTo("Alice Martin"));
        Assert.That(who.GetProperty("email").GetString(), Is.EqualTo("alice@example.org"));
        Assert.That(who.GetProperty("teams").EnumerateArray().Select(t => t.GetString()), Is.EquivalentTo(["support-admins", "engprod"]));
        Assert.That(who.GetProperty("exp").GetInt64(), Is.EqualTo(FakeIssuer.Now(12 * 3600)).Within(120));
        Assert.That(api.Logs.All, Does.Contain("Signed in by password: alice as Admin").And.Not.Contain(DirectoryServer.Password));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Somebody_signs_in_over_StartTLS()
    {
        var directory = await DirectoryServer.SharedAsync();
        var api = await ApiAsync(directory.Parameters(), ("DEX_LDAP_HOST", directory.PlainAddress));

        // The directory says nothing before TLS.
        Assert.That(await Status(api.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(303));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Without_TLS_only_a_directory_is_asked_that_allows_it()
    {
        var secure = await DirectoryServer.SharedAsync();
        await using var careless = await DirectoryServer.StartAsync("");
        var refused = await ApiAsync(secure.Parameters(), ("DEX_LDAP_HOST", secure.PlainAddress), ("DEX_LDAP_INSECURE", "true"));
        var plain = await ApiAsync(careless.Parameters(), ("DEX_LDAP_HOST", careless.PlainAddress), ("DEX_LDAP_INSECURE", "true"));

        Assert.That(await Status(refused.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(503));
        Assert.That(await Status(plain.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(303));
    }

    [TestCase("alice", "admin", true)]
    [TestCase("dana", "agent", false)]
    [TestCase("bruno", "viewer", false)]
    [CancelAfter(Timeout)]
    public async Task Groups_decide_the_role(string name, string role, bool isAdmin)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        await Status(browser.SignInAsync(name, DirectoryServer.Password));
        var who = await UserInfoAsync(browser);

        Assert.That((who.GetProperty("role").GetString(), who.GetProperty("is_admin").GetBoolean()), Is.EqualTo((role, isAdmin)));
        Assert.That(await Status(browser.GetAsync("/v2/channels")), Is.EqualTo(200));
    }

    [TestCase("ALICE")]
    [TestCase(" alice ")]
    [CancelAfter(Timeout)]
    public async Task Case_and_spaces_around_a_name_do_not_matter(string typed)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());

        Assert.That(await Status(api.NewBrowser().SignInAsync(typed, DirectoryServer.Password)), Is.EqualTo(303));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_name_with_signs_that_mean_something_in_filters_is_a_name()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        Assert.That(await Status(browser.SignInAsync("o(dd*", DirectoryServer.Password)), Is.EqualTo(303));
        Assert.That((await UserInfoAsync(browser)).GetProperty("name").GetString(), Is.EqualTo("Odd (One*) \\ Ltd"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Members_of_a_group_may_be_listed_by_an_attribute()
    {
        // Of this directory, a group's own name stands in for a list of names.
        var api = await ApiAsync(
            (await DirectoryServer.SharedAsync()).Parameters(),
            ("DEX_LDAP_GROUPSEARCH_USERNAME", "uid"), ("DEX_LDAP_GROUPSEARCH_BASEDN", "ou=people,dc=example,dc=org"),
            ("DEX_LDAP_GROUPSEARCH_FILTER", "(objectClass=person)"), ("DEX_LDAP_GROUPSEARCH_EMAILATTR", "uid"), ("DEX_LDAP_GROUPSEARCH_NAMEATTR", "mail"));
        using var browser = api.NewBrowser();

        await Status(browser.SignInAsync("nora", DirectoryServer.Password));

        Assert.That((await UserInfoAsync(browser)).GetProperty("teams")[0].GetString(), Is.EqualTo("nora@example.org"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_form_needs_no_script_and_says_where_it_may_go()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        using var page = await browser.GetAsync("/auth/login?redirect_uri=" + RunningApi.Front + "/support");
        var html = await page.Content.ReadAsStringAsync();

        Assert.That(html, Does.Contain("<form method=\"post\" action=\"login\">").And.Contain($"value=\"{RunningApi.Front}/support\"").And.Not.Contain("<script").And.Not.Contain("single sign-on"));
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'").And.Contain($"form-action 'self' http://localhost:8080 {RunningApi.Front};"));
        Assert.That(page.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("same-origin"));
        Assert.That(page.Headers.GetValues("X-Frame-Options").Single(), Is.EqualTo("DENY"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task With_a_directory_and_an_issuer_the_form_shows_both_ways()
    {
        var issuer = await IssuerAsync();
        var both = (await DirectoryServer.SharedAsync()).Parameters();
        foreach (var (name, value) in issuer.Parameters())
            both[name] = value;
        var api = await ApiAsync(both);
        using var browser = api.NewBrowser();

        Assert.That((await Read(browser.GetAsync("/auth/login"))).Body, Does.Contain("href=\"login?with=issuer&amp;redirect_uri="));
        await Status(browser.SignInAtIssuerAsync("alice", "/auth/login?with=issuer"));
        Assert.That((await UserInfoAsync(browser)).GetProperty("user_name").GetString(), Is.EqualTo("alice.m"));
        Assert.That(await Status(api.NewBrowser().SignInAsync("dana", DirectoryServer.Password)), Is.EqualTo(303));
    }
}
