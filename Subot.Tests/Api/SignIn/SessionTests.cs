using NUnit.Framework;
using Subot.Api.SignIn;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.Storage;

namespace Subot.Tests.Api.SignIn;

/// <summary>How long a session lasts, where, and what its cookie is like.</summary>
internal sealed class SessionTests : SignInFixture
{
    [TestCase("http://localhost:8080", "subot_session=", false)]
    [TestCase("https://subot.example.org", "__Host-subot=", true)]
    [CancelAfter(Timeout)]
    public async Task The_cookie_is_kept_from_scripts_from_other_pages_and_from_plain_http(string publicUrl, string name, bool isSecure)
    {
        var (api, _) = await ApiWithIssuerAsync(("ANALYTICS_URL", publicUrl));
        using var browser = api.NewBrowser();
        using var login = await browser.GetAsync("/auth/login");
        using var atIssuer = await browser.GetAsync(login.Headers.Location!.AbsoluteUri);
        // Without https the browser keeps no cookie that is for https alone; here it is sent all the same.
        var cookies = string.Join("; ", login.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var other = new Browser(api.Port, new());

        using var answer = await other.GetAsync("/auth/callback" + new Uri(atIssuer.Headers.Location!.OriginalString).Query, ("Cookie", cookies));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name, StringComparison.Ordinal));

        Assert.That(cookie, Does.Contain("; httponly").And.Contain("; samesite=lax").And.Contain("; path=/").And.Not.Contain("domain"));
        Assert.That(cookie.Contains("; secure", StringComparison.Ordinal), Is.EqualTo(isSecure));
        Assert.That(login.Headers.GetValues("Set-Cookie"), Is.All.Contain("; httponly").And.All.Contain("; samesite=lax").And.All.Contain("; path=/auth/callback"));
        Assert.That(login.Headers.GetValues("Set-Cookie").All(c => c.Contains("; secure", StringComparison.Ordinal)), Is.EqualTo(isSecure));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_session_ends_after_twelve_hours_however_much_it_is_used()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);

        for (var hour = 1; hour < 12; hour++)
        {
            api.Time.Pass(TimeSpan.FromHours(1));
            using var answer = await browser.GetAsync("/auth/userinfo");
            Assert.That(((int)answer.StatusCode, answer.Headers.Contains("Set-Cookie")), Is.EqualTo((200, false)));
        }

        api.Time.Pass(TimeSpan.FromHours(1));
        Assert.That(await Read(browser.GetAsync("/auth/userinfo")), Is.EqualTo((401, "")));
        Assert.That(await Status(browser.GetAsync("/v2/channels")), Is.EqualTo(401));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_stream_of_events_ends_with_its_session([Values] bool signedOut)
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);
        using var copy = browser.Copy();
        using var answer = await copy.OpenAsync("/v2/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.That(await lines.ReadLineAsync(), Is.EqualTo("event: threads"));

        if (signedOut)
            Assert.That(await Status(browser.GetAsync("/auth/logout")), Is.EqualTo(200));
        else
            api.Time.Pass(TimeSpan.FromHours(12));

        await using (var bot = SqliteStore.Open(api.Folder))
        {
            var key = new ThreadKey(new ChannelId("C1"), new Ts(1_750_000_000_000_000));
            await bot.CommitAsync(new ChangeSet { Threads = [RandomThreads.Change(key, [new MessageFact(key.Root, new UserId("U0P1"), AuthorKind.Person, Verdicts.None)])], Now = key.Root }, default);
        }

        // The change that would be told now is not.
        Assert.That(await lines.ReadToEndAsync(), Does.StartWith("data: ").And.Not.Contain("event"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_cookie_with_one_sign_changed_is_worth_nothing()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);
        var good = browser.SessionCookie!;

        foreach (var place in new[] { 10, good.Length / 2, good.Length - 5 })
        {
            browser.SessionCookie = good[..place] + (good[place] == 'A' ? 'B' : 'A') + good[(place + 1)..];
            Assert.That(await Status(browser.GetAsync("/auth/userinfo")), Is.EqualTo(401), $"{place}");
        }

        browser.SessionCookie = good;
        Assert.That(await Status(browser.GetAsync("/auth/userinfo")), Is.EqualTo(200));
    }

    [TestCase("x")]
    [TestCase("chunks-2")]
    [TestCase("\"Bearer a.b.c\"")]
    [CancelAfter(Timeout)]
    public async Task Nonsense_is_no_session(string cookie)
    {
        var (api, _) = await ApiWithIssuerAsync();

        Assert.That(await Read(api.NewBrowser().GetAsync("/auth/userinfo", ("Cookie", "subot_session=" + cookie))), Is.EqualTo((401, "")));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_cookie_is_good_where_its_keys_are_and_nowhere_else()
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        var sameKeys = await ApiAsync(issuer.Parameters(), ("SUBOT_DATA", api.Folder));
        var otherKeys = await ApiAsync(issuer.Parameters());
        using var browser = await SignedInAsync(api);
        Task<int> AtAsync(RunningApi other) => Status(new Browser(other.Port, browser.Copy().Cookies).GetAsync("/auth/userinfo"));

        Assert.That((await AtAsync(sameKeys), await AtAsync(otherKeys)), Is.EqualTo((200, 401)));

        // Signed out at one is signed out at all.
        using var copy = browser.Copy();
        Assert.That(await Status(browser.GetAsync("/auth/logout")), Is.EqualTo(200));
        Assert.That(await Status(new Browser(sameKeys.Port, copy.Cookies).GetAsync("/auth/userinfo")), Is.EqualTo(401));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Signing_out_clears_the_cookie_and_makes_copies_of_it_worthless()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);
        using var copy = browser.Copy();
        using var elsewhere = await SignedInAsync(api);

        Assert.That(await Read(browser.GetAsync("/auth/logout")), Is.EqualTo((200, "")));

        Assert.That(browser.SessionCookie, Is.Null.Or.Empty);
        Assert.That(await Status(copy.GetAsync("/auth/userinfo")), Is.EqualTo(401));
        Assert.That(await Status(elsewhere.GetAsync("/auth/userinfo")), Is.EqualTo(200));
        Assert.That(await Read(copy.GetAsync("/auth/logout")), Is.EqualTo((200, "")));
        Assert.That(api.Logs.Count("Signed out: alice"), Is.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Each_sign_in_begins_a_session_of_its_own()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var planted = api.NewBrowser();
        using var attacker = await SignedInAsync(api);
        // Somebody is made to sign in with a cookie that another knows.
        planted.SessionCookie = attacker.SessionCookie![..20];
        await Status(planted.SignInAtIssuerAsync("alice"));
        using var again = await SignedInAsync(api);

        var known = new[] { attacker, planted, again }.Select(b => b.SessionCookie).ToList();
        Assert.That(known, Is.Unique);
        Assert.That((await UserInfoAsync(attacker)).GetProperty("csrf").GetString(), Is.Not.EqualTo((await UserInfoAsync(again)).GetProperty("csrf").GetString()));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Keys_lie_in_the_data_folder_for_their_owner_alone()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);
        var keys = new DirectoryInfo(Path.Combine(api.Folder, "keys"));

        Assert.That(keys.UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(keys.GetFiles("*.xml"), Has.Length.EqualTo(1));
        Assert.That(api.Logs.All, Does.Not.Contain(browser.SessionCookie!).And.Not.Contain("unencrypted"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Sessions_that_were_ended_are_forgotten_when_they_would_be_over()
    {
        var (api, _) = await ApiWithIssuerAsync();
        using var first = await SignedInAsync(api);
        await Status(first.GetAsync("/auth/logout"));
        api.Time.Pass(Session.Longest + TimeSpan.FromHours(2));
        using var second = await SignedInAsync(api);
        await Status(second.GetAsync("/auth/logout"));

        Assert.That(new DirectoryInfo(Path.Combine(api.Folder, "keys", "ended")).GetFiles(), Has.Length.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Who_is_signed_in_goes_right_back()
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        using var browser = await SignedInAsync(api);

        Assert.That(await Location(browser.GetAsync($"/auth/login?redirect_uri={RunningApi.Front}/settings")), Is.EqualTo(RunningApi.Front + "/settings"));
        Assert.That(await Location(browser.GetAsync("/auth/login?redirect_uri=https://evil.example/")), Is.EqualTo(RunningApi.Front + "/"));
    }
}
