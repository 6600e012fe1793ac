using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Subot.Tests.Api.SignIn;

/// <summary>
/// What a browser does: keeps cookies, follows redirects when told to, fills in forms. It reaches the API at its public address.
/// </summary>
internal sealed partial class Browser : IDisposable
{
    private readonly int _port;
    private readonly HttpClient _http;

    public Browser(int port, CookieContainer? cookies = null)
    {
        _port = port;
        Cookies = cookies ?? new CookieContainer();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = Cookies,
            ConnectCallback = ConnectAsync,
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(RunningApi.PublicUrl), Timeout = TimeSpan.FromMinutes(2) };
    }

    public CookieContainer Cookies { get; }

    /// <summary>The session's cookie as it is sent; null without one.</summary>
    public string? SessionCookie
    {
        get => Cookies.GetCookies(new Uri(RunningApi.PublicUrl))["subot_session"]?.Value;
        set => Cookies.Add(new Uri(RunningApi.PublicUrl), new Cookie("subot_session", value, "/"));
    }

    /// <summary>Another browser that has the same cookies now.</summary>
    public Browser Copy()
    {
        var cookies = new CookieContainer();
        foreach (Cookie cookie in Cookies.GetAllCookies())
            cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        return new Browser(_port, cookies);
    }

    public Task<HttpResponseMessage> GetAsync(string address, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, address, null, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request);
    }

    /// <summary>An answer that goes on, as soon as it begins.</summary>
    public Task<HttpResponseMessage> OpenAsync(string address) => _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Signs in with a password, from the form's own page.</summary>
    public Task<HttpResponseMessage> SignInAsync(string name, string password, string returnTo = "") => SendAsync(
        HttpMethod.Post,
        "/auth/login",
        new FormUrlEncodedContent([new("name", name), new("password", password), new("redirect_uri", returnTo)]),
        ("Origin", "http://localhost:8080"));

    /// <summary>Signs in at the issuer, whose pages want to be submitted as often as there are pages.</summary>
    /// <returns>The API's answer to the callback.</returns>
    public async Task<HttpResponseMessage> SignInAtIssuerAsync(string name, string login = "/auth/login")
    {
        using var callback = await GoToCallbackAsync(name, login);
        return await GetAsync(callback.Headers.Location!.AbsoluteUri);
    }

    /// <summary>Signs in at the issuer until it sends the browser back.</summary>
    public async Task<HttpResponseMessage> GoToCallbackAsync(string name, string login = "/auth/login")
    {
        var page = await FollowAsync(await GetAsync(login));
        while (page.StatusCode == HttpStatusCode.OK)
        {
            var html = await page.Content.ReadAsStringAsync();
            var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(m.Groups[1].Value, m.Groups[2].Value)).ToList();
            fields.AddRange([new("login", name), new("password", "any")]);
            var action = WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value);
            page = await FollowAsync(await SendAsync(HttpMethod.Post, action, new FormUrlEncodedContent(fields)));
        }

        return page;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Goes where redirects lead, but not to the callback.</summary>
    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage response)
    {
        while (response.Headers.Location is { } to)
        {
            var address = to.IsAbsoluteUri && to.Scheme != "file" ? to : new Uri(response.RequestMessage!.RequestUri!, to.OriginalString);
            if (address.AbsolutePath == "/auth/callback")
                return response;
            response.Dispose();
            response = await GetAsync(address.AbsoluteUri);
        }

        return response;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var isApi = context.DnsEndPoint.Port == 8080;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, isApi ? _port : context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex("""<input type="hidden" name="(\w+)" value="([^"]*)"/?>""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""<form[^>]* action="([^"]+)" """)]
    private static partial Regex Action();
}
