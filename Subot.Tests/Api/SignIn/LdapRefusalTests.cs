using NUnit.Framework;
using Subot.Api.SignIn.Ldap;
using Subot.Hosting.Configuration;

namespace Subot.Tests.Api.SignIn;

/// <summary>Whom a directory does not let in, and what they learn from it.</summary>
internal sealed class LdapRefusalTests : SignInFixture
{
    private const string Wrong = "wrong";

    [Test, CancelAfter(Timeout)]
    public async Task A_name_that_nobody_has_is_refused_as_a_wrong_password_is()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        using var wrong = await browser.SignInAsync("alice", Wrong);
        using var unknown = await browser.SignInAsync("mallory", Wrong);

        Assert.That((int)wrong.StatusCode, Is.EqualTo(401));
        Assert.That(unknown.StatusCode, Is.EqualTo(wrong.StatusCode));
        Assert.That(await unknown.Content.ReadAsStringAsync(), Is.EqualTo(await wrong.Content.ReadAsStringAsync()).And.Contain("The name or the password is wrong."));
        Assert.That(unknown.Headers.Select(h => h.Key), Is.EqualTo(wrong.Headers.Select(h => h.Key)).And.Not.Contain("Set-Cookie"));
        Assert.That(api.Logs.Count("wrong name or password"), Is.EqualTo(2));
        Assert.That(api.Logs.All, Does.Not.Contain("mallory"));
    }

    [TestCase("alice", Wrong)]
    [TestCase("mallory", Wrong)]
    [TestCase("", Wrong)]
    [TestCase("alice", "")]
    [CancelAfter(Timeout)]
    public async Task Every_refusal_takes_the_same_time(string name, string password)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        var started = TimeProvider.System.GetTimestamp();

        Assert.That(await Status(api.NewBrowser().SignInAsync(name, password)), Is.EqualTo(401));

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromMilliseconds(690)));
    }

    [TestCase("*")]
    [TestCase("al*")]
    [TestCase("alice)(uid=*")]
    [TestCase("*)(uid=alice")]
    [TestCase("mallory)(|(uid=alice)")]
    [TestCase("alice)(&)")]
    [TestCase("\\61lice")]
    [TestCase("al\u0131ce")]
    [TestCase("\uff41lice")]
    [CancelAfter(Timeout)]
    public async Task Nobody_gets_in_by_a_name_that_is_a_filter_or_only_looks_like_theirs(string name)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        Assert.That(await Status(browser.SignInAsync(name, DirectoryServer.Password)), Is.EqualTo(401));
        Assert.That(browser.SessionCookie, Is.Null);
    }

    [TestCase("alice", "", 401)]
    [TestCase("alice", "\0", 400)]
    [TestCase("alice", "\0wrong", 400)]
    [TestCase("alice\0", DirectoryServer.Password, 400)]
    [CancelAfter(Timeout)]
    public async Task An_empty_password_or_a_zero_lets_nobody_in(string name, string password, int status)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        Assert.That((await Status(browser.SignInAsync(name, password)), browser.SessionCookie), Is.EqualTo((status, (string?)null)));
    }

    // The directory takes a name with an empty password for a sign-in of nobody, and says that it was one.
    [TestCase("", false)]
    [TestCase("\0", false)]
    [TestCase("\0wrong", false)]
    [TestCase(DirectoryServer.Password, true)]
    [CancelAfter(Timeout)]
    public async Task The_directory_is_not_even_asked_about_an_empty_password(string password, bool isKnown, CancellationToken ct)
    {
        var parameters = (await DirectoryServer.SharedAsync()).Parameters();
        using var directory = new LdapDirectory(LdapOptions.Read(new ParameterReader(new ParameterSource(parameters.GetValueOrDefault))));

        Assert.That(await directory.FindAsync("alice", password, ct) is not null, Is.EqualTo(isKnown));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Too_long_a_name_or_password_is_wrong()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());

        Assert.That(await Status(api.NewBrowser().SignInAsync(new string('a', 257), Wrong)), Is.EqualTo(401));
        Assert.That(await Status(api.NewBrowser().SignInAsync("alice", new string('a', 1025))), Is.EqualTo(401));
    }

    // Who is refused because of the length may lose the connection while it still sends: this one asks first.
    [Test, CancelAfter(Timeout)]
    public async Task Too_long_a_form_is_not_read()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();
        using var form = new FormUrlEncodedContent([new("name", "alice"), new("password", new string('a', 2_000_000))]);

        var status = await Status(browser.SendAsync(HttpMethod.Post, "/auth/login", form, ("Origin", RunningApi.PublicUrl), ("Expect", "100-continue")));

        Assert.That(status, Is.EqualTo(413));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Somebody_in_no_group_is_refused_and_told_why()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        var (status, body) = await Read(browser.SignInAsync("nora", DirectoryServer.Password));

        Assert.That((status, browser.SessionCookie), Is.EqualTo((401, (string?)null)));
        Assert.That(body, Does.Contain("You are in no group that may use Subot."));
        Assert.That(api.Logs.All, Does.Contain("nora is in no group that may"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Somebody_in_another_group_is_refused_where_viewers_are_named()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters(), ("DEX_VIEWER_GROUP", "finance,sales"));

        Assert.That(await Status(api.NewBrowser().SignInAsync("bruno", DirectoryServer.Password)), Is.EqualTo(401));
        Assert.That(await Status(api.NewBrowser().SignInAsync("dana", DirectoryServer.Password)), Is.EqualTo(303));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_name_that_two_people_have_is_nobodys()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());

        Assert.That(await Status(api.NewBrowser().SignInAsync("twin", DirectoryServer.Password)), Is.EqualTo(401));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Whoever_does_not_count_by_the_filter_is_unknown()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters(), ("DEX_LDAP_USERSEARCH_FILTER", "(mail=d*)"));

        Assert.That(await Status(api.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(401));
        Assert.That(await Status(api.NewBrowser().SignInAsync("dana", DirectoryServer.Password)), Is.EqualTo(303));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_directory_is_not_believed_whose_certificate_another_authority_gave([Values] bool startTls)
    {
        var directory = await DirectoryServer.SharedAsync();
        var others = Directory.CreateTempSubdirectory("subot-ca-");
        TestAuthority.Write(others.FullName);
        var address = startTls ? directory.PlainAddress : directory.SecureAddress;
        var api = await ApiAsync(directory.Parameters(), ("DEX_LDAP_HOST", address), ("DEX_LDAP_CA", Path.Combine(others.FullName, "ca.pem")));
        var ofMachine = directory.Parameters();
        ofMachine.Remove("DEX_LDAP_CA");
        var apiOfMachine = await ApiAsync(ofMachine, ("DEX_LDAP_HOST", address));

        var (status, body) = await Read(api.NewBrowser().SignInAsync("alice", DirectoryServer.Password));

        Assert.That(status, Is.EqualTo(503));
        Assert.That(body, Does.Contain("The directory does not answer.").And.Not.Contain("certificate"));
        Assert.That(await Status(apiOfMachine.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(503));
        others.Delete(recursive: true);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_directory_is_not_believed_whose_certificate_has_another_name([Values] bool startTls)
    {
        var directory = await DirectoryServer.SharedAsync();
        var address = (startTls ? directory.PlainAddress : directory.SecureAddress).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var api = await ApiAsync(directory.Parameters(), ("DEX_LDAP_HOST", address));

        Assert.That(await Status(api.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(503));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_directory_that_is_not_there_and_a_wrong_account_of_the_APIs_own_are_troubles_of_the_server()
    {
        var directory = await DirectoryServer.SharedAsync();
        var nowhere = await ApiAsync(directory.Parameters(), ("DEX_LDAP_HOST", "ldaps://127.0.0.1:1"));
        var stranger = await ApiAsync(directory.Parameters(), ("DEX_LDAP_PASSWORD", Wrong));

        Assert.That(await Status(nowhere.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(503));
        Assert.That(await Status(stranger.NewBrowser().SignInAsync("alice", DirectoryServer.Password)), Is.EqualTo(503));
    }

    [Test, CancelAfter(Timeout)]
    public async Task After_ten_wrong_passwords_even_the_right_one_has_to_wait_and_others_have_not()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        string[] spellings = ["alice", "ALICE", " alice", "Alice ", "alice"];

        var tries = await Task.WhenAll(spellings.Concat(spellings).Select(s => Status(api.NewBrowser().SignInAsync(s, Wrong))));
        using var right = await api.NewBrowser().SignInAsync("alice", DirectoryServer.Password);

        Assert.That(tries, Is.All.EqualTo(401));
        Assert.That((int)right.StatusCode, Is.EqualTo(429));
        Assert.That(int.Parse(right.Headers.GetValues("Retry-After").Single()), Is.InRange(1, 120));
        Assert.That(right.Headers.Contains("Set-Cookie"), Is.False);
        Assert.That(await Status(api.NewBrowser().SignInAsync("dana", DirectoryServer.Password)), Is.EqualTo(303));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Names_that_nobody_has_are_counted_as_well()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());

        await Task.WhenAll(Enumerable.Repeat(0, 10).Select(_ => Status(api.NewBrowser().SignInAsync("mallory", Wrong))));

        Assert.That(await Status(api.NewBrowser().SignInAsync("mallory", Wrong)), Is.EqualTo(429));
    }

    [Test, CancelAfter(Timeout)]
    public async Task After_sixty_tries_an_address_has_to_wait_whatever_the_names()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());
        using var browser = api.NewBrowser();

        // Without a password the directory is not asked.
        var tries = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Status(browser.SignInAsync($"user{i}", ""))));
        using var right = await browser.SignInAsync("alice", DirectoryServer.Password);

        Assert.That(tries, Is.All.EqualTo(401));
        Assert.That((int)right.StatusCode, Is.EqualTo(429));
        Assert.That(right.Headers.Contains("Retry-After"), Is.True);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Who_is_behind_a_proxy_is_believed_from_trusted_ones_only([Values] bool isTrusted)
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters(), ("SUBOT_TRUSTED_PROXIES", isTrusted ? "127.0.0.0/8, ::1" : "10.0.0.1"));
        using var browser = api.NewBrowser();
        Task<int> TryAsync(int i, string from) => Status(browser.SendAsync(
            HttpMethod.Post, "/auth/login", new FormUrlEncodedContent([new("name", $"user{i}"), new("password", "")]), ("Origin", "http://localhost:8080"), ("X-Forwarded-For", from)));

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => TryAsync(i, "192.0.2.1")));

        Assert.That(await TryAsync(61, "192.0.2.2"), Is.EqualTo(isTrusted ? 401 : 429));
        Assert.That(await TryAsync(62, "192.0.2.1"), Is.EqualTo(429));
    }
}
