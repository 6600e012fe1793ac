using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace Subot.Tests.Api.SignIn;

/// <summary>Tests of the sign-in: starts what they need and ends it after each.</summary>
internal abstract class SignInFixture
{
    protected const int Timeout = 120_000;

    private readonly List<IAsyncDisposable> _running = [];

    [TearDown]
    public async Task EndAsync()
    {
        foreach (var one in Enumerable.Reverse(_running))
            await one.DisposeAsync();
        _running.Clear();
    }

    /// <summary>An API with these parameters, some of them others.</summary>
    protected async Task<RunningApi> ApiAsync(IReadOnlyDictionary<string, string> parameters, params (string Name, string Value)[] others)
    {
        var all = new Dictionary<string, string>(parameters);
        foreach (var (name, value) in others)
            all[name] = value;
        var api = await RunningApi.StartAsync(all);
        _running.Add(api);
        return api;
    }

    /// <summary>An issuer that does as it is told.</summary>
    protected async Task<FakeIssuer> IssuerAsync()
    {
        var issuer = await FakeIssuer.StartAsync();
        _running.Add(issuer);
        return issuer;
    }

    /// <summary>An issuer and an API that believes it.</summary>
    protected async Task<(RunningApi Api, FakeIssuer Issuer)> ApiWithIssuerAsync(params (string Name, string Value)[] others)
    {
        var issuer = await IssuerAsync();
        return (await ApiAsync(issuer.Parameters(), others), issuer);
    }

    /// <summary>A browser in which somebody is signed in.</summary>
    protected static async Task<Browser> SignedInAsync(RunningApi api)
    {
        var browser = api.NewBrowser();
        using var answer = await browser.SignInAtIssuerAsync("alice");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found), await answer.Content.ReadAsStringAsync());
        return browser;
    }

    /// <summary>Who is signed in.</summary>
    protected static async Task<JsonElement> UserInfoAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/auth/userinfo");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>The status and the body of an answer.</summary>
    protected static async Task<(int Status, string Body)> Read(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The status of an answer.</summary>
    protected static async Task<int> Status(Task<HttpResponseMessage> sent) => (await Read(sent)).Status;

    /// <summary>Where an answer leads.</summary>
    protected static async Task<string?> Location(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return answer.Headers.Location?.OriginalString;
    }
}
