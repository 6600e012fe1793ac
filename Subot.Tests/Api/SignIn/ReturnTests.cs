using NUnit.Framework;
using Subot.Api;
using Subot.Api.SignIn;
using Subot.Hosting.Configuration;

namespace Subot.Tests.Api.SignIn;

/// <summary>Where somebody is sent after signing in.</summary>
internal sealed class ReturnTests : SignInFixture
{
    private const string Front = "http://localhost:3000/";

    [TestCase("http://localhost:3000/support?week=47#top", "http://localhost:3000/support?week=47#top")]
    [TestCase("HTTP://LOCALHOST:3000/Support", "http://localhost:3000/Support")]
    [TestCase("http://localhost:8080/v2/channels", "http://localhost:8080/v2/channels")]
    [TestCase("/v2/channels", "http://localhost:8080/v2/channels")]
    [TestCase("/", "http://localhost:8080/")]
    public void It_is_a_page_of_our_own(string asked, string goes) => Assert.That(Addresses(Front).Of(asked), Is.EqualTo(goes));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("support")]
    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("///evil.example/")]
    [TestCase("/\\evil.example/")]
    [TestCase("\\\\evil.example/")]
    [TestCase("/\t/evil.example/")]
    [TestCase("http:\\\\evil.example")]
    [TestCase("http:evil.example")]
    [TestCase("http:///evil.example")]
    [TestCase("http://localhost:3000@evil.example/")]
    [TestCase("http://evil.example@localhost:3000/")]
    [TestCase("http://localhost:3000.evil.example/")]
    [TestCase("http://localhost.evil.example:3000/")]
    [TestCase("http://localhost:3000\\@evil.example/")]
    [TestCase("http://localhost:3001/")]
    [TestCase("http://localhost/")]
    [TestCase("https://localhost:3000/")]
    [TestCase("ftp://localhost:3000/")]
    [TestCase("javascript:alert(1)//http://localhost:3000/")]
    [TestCase("data:text/html,x")]
    [TestCase("file:///etc/passwd")]
    [TestCase(" http://localhost:3000/")]
    [TestCase("http://localhost:3000/\r\nSet-Cookie: a=b")]
    public void Anything_else_leads_home(string? asked) => Assert.That(Addresses(Front).Of(asked), Is.EqualTo(Front));

    [Test]
    public void Without_a_front_home_is_the_API() =>
        Assert.That(Addresses(null).Of("http://localhost:3000/"), Is.EqualTo("http://localhost:8080/"));

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example/")]
    [TestCase("/\\evil.example/")]
    [CancelAfter(Timeout)]
    public async Task A_sign_in_does_not_end_elsewhere(string asked)
    {
        var (api, _) = await ApiWithIssuerAsync();

        Assert.That(await Location(api.NewBrowser().SignInAtIssuerAsync("alice", "/auth/login?redirect_uri=" + Uri.EscapeDataString(asked))), Is.EqualTo(Front));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Nor_does_one_with_a_password()
    {
        var api = await ApiAsync((await DirectoryServer.SharedAsync()).Parameters());

        Assert.That(await Location(api.NewBrowser().SignInAsync("alice", DirectoryServer.Password, "//evil.example/")), Is.EqualTo(Front));
    }

    private static ReturnAddress Addresses(string? front) => new(ApiOptions.Read(
        new ParameterSource(name => name switch { "ANALYTICS_URL" => "http://localhost:8080", "FRONT_URL" => front, _ => null }), "data"));
}
