using NUnit.Framework;
using Subot.Api;
using Subot.Api.SignIn.Ldap;
using Subot.Hosting.Configuration;

namespace Subot.Tests.Api.SignIn;

/// <summary>What the environment says of the sign-in, and what is wrong with it.</summary>
internal sealed class SignInParametersTests : SignInFixture
{
    [Test]
    public void Everything_that_is_missing_for_a_directory_is_told_at_once()
    {
        var problems = Problems(new() { ["DEX_CONNECTORS"] = "ldap" });

        Assert.That(problems.Select(p => p.Split(' ')[0]), Is.EquivalentTo([
            "DEX_LDAP_HOST", "DEX_LDAP_USERNAME", "DEX_LDAP_PASSWORD",
            "DEX_LDAP_USERSEARCH_BASEDN", "DEX_LDAP_USERSEARCH_FILTER", "DEX_LDAP_USERSEARCH_USERNAME", "DEX_LDAP_USERSEARCH_IDATTR", "DEX_LDAP_USERSEARCH_EMAILATTR", "DEX_LDAP_USERSEARCH_NAMEATTR",
            "DEX_LDAP_GROUPSEARCH_BASEDN", "DEX_LDAP_GROUPSEARCH_FILTER", "DEX_LDAP_GROUPSEARCH_USERNAME", "DEX_LDAP_GROUPSEARCH_EMAILATTR", "DEX_LDAP_GROUPSEARCH_NAMEATTR",
            "DEX_ADMIN_GROUP"]));
        Assert.That(problems, Is.All.Contain("is missing: ").And.All.Contain(", for example "));
    }

    [Test]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var all = Ldap();
        all["DEX_CONNECTORS"] = "ldap,github";
        all["DEX_LDAP_HOST"] = "http://ldap.example.org";
        all["DEX_LDAP_USERSEARCH_FILTER"] = "objectClass=person";
        all["DEX_LDAP_USERSEARCH_USERNAME"] = "uid)(x";
        all["DEX_LDAP_CA"] = "/nowhere.pem";
        all["DEX_ISSUER_URL"] = "http://dex.example.org";
        all["SUBOT_TRUSTED_PROXIES"] = "proxy";

        Assert.That(Problems(all).Select(p => p.Split('=', ':', ' ')[0]), Is.EquivalentTo([
            "DEX_CONNECTORS", "DEX_LDAP_HOST", "DEX_LDAP_USERSEARCH_FILTER", "DEX_LDAP_USERSEARCH_USERNAME", "DEX_LDAP_CA",
            "DEX_ISSUER_URL", "DEX_CLIENT_ID", "DEX_SECRET", "SUBOT_TRUSTED_PROXIES"]));
    }

    [TestCase("ldaps://ldap.example.org", null, "ldap.example.org", 636, LdapSecurity.Tls)]
    [TestCase("ldap.example.org", null, "ldap.example.org", 636, LdapSecurity.Tls)]
    [TestCase("ldap.example.org:10636", null, "ldap.example.org", 10636, LdapSecurity.Tls)]
    [TestCase("ldap.example.org:389", null, "ldap.example.org", 389, LdapSecurity.StartTls)]
    [TestCase("ldap://ldap.example.org", null, "ldap.example.org", 389, LdapSecurity.StartTls)]
    [TestCase("ldap://ldap.example.org:1389", "false", "ldap.example.org", 1389, LdapSecurity.StartTls)]
    [TestCase("ldap://ldap.example.org", "true", "ldap.example.org", 389, LdapSecurity.None)]
    public void A_directory_has_TLS_unless_two_parameters_say_otherwise(
        string host, string? insecure, string name, int port, object security)
    {
        var all = Ldap();
        all["DEX_LDAP_HOST"] = host;
        if (insecure is not null)
            all["DEX_LDAP_INSECURE"] = insecure;

        Assert.That(Read(all).SignIn.Ldap!.Place, Is.EqualTo(new LdapPlace(name, port, (LdapSecurity)security, null)));
    }

    [TestCase("ldaps://ldap.example.org")]
    [TestCase("ldap.example.org:389")]
    public void No_TLS_is_refused_where_the_address_does_not_say_so_too(string host)
    {
        var all = Ldap();
        all["DEX_LDAP_HOST"] = host;
        all["DEX_LDAP_INSECURE"] = "true";

        Assert.That(Problems(all).Single(), Does.StartWith("DEX_LDAP_INSECURE=true"));
    }

    [Test]
    public void With_sign_in_the_API_listens_on_all_addresses_and_without_on_loopback() =>
        Assert.That((Read(Ldap()).LoopbackOnly, Read([]).LoopbackOnly), Is.EqualTo((false, true)));

    [Test, CancelAfter(Timeout)]
    public async Task Without_any_sign_in_nobody_is_signed_in_and_this_machine_reads()
    {
        var api = await ApiAsync(new Dictionary<string, string>());
        using var browser = api.NewBrowser();

        Assert.That(await Read(browser.GetAsync("/auth/userinfo")), Is.EqualTo((401, "")));
        Assert.That(await Status(browser.GetAsync("/auth/login")), Is.EqualTo(404));
        Assert.That(await Status(browser.GetAsync("/auth/callback?code=x&state=y")), Is.EqualTo(404));
        Assert.That(await Status(browser.SignInAsync("alice", "any")), Is.EqualTo(405));
        Assert.That(await Read(browser.GetAsync("/auth/logout")), Is.EqualTo((200, "")));
        Assert.That(await Status(browser.GetAsync("/v2/channels")), Is.EqualTo(200));
    }

    [Test, CancelAfter(Timeout)]
    public async Task With_sign_in_reading_needs_one_unless_everybody_may()
    {
        var (closed, issuer) = await ApiWithIssuerAsync();
        var open = await ApiAsync(issuer.Parameters(), ("SUBOT_ANONYMOUS_READ", "true"));

        Assert.That(await Status(closed.NewBrowser().GetAsync("/v2/channels")), Is.EqualTo(401));
        Assert.That(await Status(open.NewBrowser().GetAsync("/v2/channels")), Is.EqualTo(200));
        Assert.That(await Read(open.NewBrowser().GetAsync("/auth/userinfo")), Is.EqualTo((401, "")));
    }

    [TestCase("attacker.example:8080", 400)]
    [TestCase("localhost.attacker.example", 400)]
    [TestCase("10.0.0.5:8080", 200)]
    [TestCase("[fd00::5]", 200)]
    [TestCase("subot-api:8080", 200)]
    [TestCase("Support.Example.org", 200)]
    [CancelAfter(Timeout)]
    public async Task Where_everybody_may_read_pages_of_other_names_may_not(string host, int status)
    {
        var (_, issuer) = await ApiWithIssuerAsync();
        var api = await ApiAsync(issuer.Parameters(), ("SUBOT_ANONYMOUS_READ", "true"), ("FRONT_URL", "https://support.example.org"));

        Assert.That(await Status(api.NewBrowser().GetAsync("/v2/channels", ("Host", host))), Is.EqualTo(status));
        Assert.That(await Status(api.NewBrowser().GetAsync("/health/live", ("Host", host))), Is.EqualTo(200), "who watches it asks by any name");
    }

    [TestCase("engprod", 403)]
    [TestCase("support-agents", 403)]
    [TestCase("support-admins", 200)]
    [CancelAfter(Timeout)]
    public async Task Numbers_by_person_are_for_admins(string group, int status)
    {
        var (api, issuer) = await ApiWithIssuerAsync();
        issuer.Groups = [group];
        using var browser = await SignedInAsync(api);

        Assert.That(await Status(browser.GetAsync("/v2/breakdown/requester")), Is.EqualTo(status));
    }

    private static Dictionary<string, string> Ldap() => DirectoryServer.ParametersOf("ldaps://ldap.example.org");

    private static ApiOptions Read(Dictionary<string, string> parameters) =>
        ApiOptions.Read(new ParameterSource(parameters.GetValueOrDefault), "data");

    private static IReadOnlyList<string> Problems(Dictionary<string, string> parameters) =>
        Assert.Throws<ConfigurationException>(() => Read(parameters))!.Problems;
}
