using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Subot.Api;
using Subot.Api.Access;
using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Hosting.Configuration;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Api.Compatible;

/// <summary>The API on a store of its own, in which a header of the test's says who is signed in.</summary>
internal sealed class ApiDesk : IAsyncDisposable
{
    /// <summary>When the recordings were made, as far as the answers tell.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private const string WhoHeader = "Test-Who";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("subot-compatible-");
    private readonly FakeTimeProvider _time = new(Now);
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ApiDesk()
    {
        Store = SqliteStore.Open(_folder.FullName);
        var options = ApiOptions.Read(new ParameterSource(name => name == "SUBOT_API_PORT" ? "0" : null), _folder.FullName);
        // The one place through which a test gets between the server and the gate.
        _app = ApiServer.Build(options, Store, _time, logging => logging.Services.AddSingleton<IStartupFilter>(new SignIn()));
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
    }

    public SqliteStore Store { get; }

    public static async Task<ApiDesk> StartAsync(CancellationToken ct)
    {
        var desk = new ApiDesk();
        await desk._app.StartAsync(ct);
        desk._http.BaseAddress = LoopbackApp.AddressOf(desk._app);
        return desk;
    }

    /// <summary>Sends a request as it was recorded, but for the ids in its path.</summary>
    public async Task<ApiAnswer> SendAsync(Recording recording, string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(recording.Method, path);
        if (recording.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(recording.Body));
            request.Content.Headers.ContentType = recording.ContentType is { } type ? MediaTypeHeaderValue.Parse(type) : null;
        }

        return await SendAsync(request, recording.Cookie switch { "<session of alice>" => "alice admin", "<session of bruno>" => "bruno viewer", _ => null }, ct);
    }

    public Task<ApiAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), null, ct);

    /// <summary>Sends something as an admin.</summary>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, CancellationToken ct) =>
        SendAsync(new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) }, "alice admin", ct);

    /// <summary>Applies what waits in the inbox, as a bot does.</summary>
    public async Task ApplyInboxAsync(CancellationToken ct)
    {
        var waiting = await Store.PeekAsync(int.MaxValue, ct);
        await new ApplyBatch(Store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync(
            [.. waiting.Select(w => new Arrival(w.Item.Thread, w.Item.About, w.Item.Fact) { InboxId = w.Id })], await Store.SettingsAsync(ct), Ts.From(Now), ct);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, string? who, CancellationToken ct)
    {
        if (who is not null)
            request.Headers.Add(WhoHeader, who);
        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return new ApiAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString(), text);
    }

    private sealed class SignIn : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (context.Request.Headers[WhoHeader].ToString().Split(' ') is [var name, var role])
                {
                    var claims = new[] { new Claim(ClaimTypes.Name, name), new Claim(Visitor.RoleClaim, Enum.Parse<Role>(role, ignoreCase: true).ToString()) };
                    context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
                }

                return following(context);
            });
            next(app);
        };
    }
}

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Status, string? ContentType, string? Location, string Text)
{
    /// <summary>The body, if it is JSON; else as a text.</summary>
    public JsonNode? Json
    {
        get
        {
            try
            {
                return Text.Length == 0 ? null : JsonNode.Parse(Text);
            }
            catch (JsonException)
            {
                return JsonValue.Create(Text);
            }
        }
    }
}
