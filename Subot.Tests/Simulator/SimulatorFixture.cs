using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Simulator;
using Subot.Simulator.Interactions;

namespace Subot.Tests.Simulator;

/// <summary>A simulated workspace for each test, its clock in the test's hand, and plain HTTP to speak with it.</summary>
public abstract class SimulatorFixture
{
    protected const string Help = "C0HELP0001";
    protected const string General = "C0GENERAL1";
    protected const string Ann = "U0DAVID001";
    protected const string Bob = "U0BRUNO001";

    private CancellationTokenSource limit = null!;

    protected FakeTimeProvider Clock { get; private set; } = null!;

    protected SimulatorServer Simulator { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    /// <summary>How long a test may take at most.</summary>
    protected virtual TimeSpan Longest => TimeSpan.FromMinutes(1);

    /// <summary>Ends a test that waits for what never comes.</summary>
    protected CancellationToken Limit => limit.Token;

    protected string Bot => Simulator.App.BotUserId;

    [SetUp]
    public async Task StartAsync()
    {
        limit = new CancellationTokenSource(Longest);
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        Simulator = await SimulatorServer.StartAsync(Configure(new SimulatorOptions { Time = Clock }), Limit);
        Http = new HttpClient { BaseAddress = Simulator.Url };
    }

    [TearDown]
    public async Task StopAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
        limit.Dispose();
    }

    protected virtual SimulatorOptions Configure(SimulatorOptions options) => options;

    /// <summary>Calls a method with the bot token and a JSON body.</summary>
    protected async Task<JsonObject> CallAsync(string method, JsonObject? arguments = null, string? token = null)
    {
        using var response = await SendAsync(method, arguments, token);
        return await JsonOfAsync(response);
    }

    protected async Task<HttpResponseMessage> SendAsync(string method, JsonObject? arguments = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/" + method);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Simulator.BotToken);
        request.Content = Body(arguments ?? []);
        return await Http.SendAsync(request, Limit);
    }

    protected async Task<JsonObject> PostJsonAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(path, content, Limit);
        return await JsonOfAsync(response);
    }

    protected async Task<JsonObject> GetJsonAsync(string path)
    {
        using var response = await Http.GetAsync(path, Limit);
        return await JsonOfAsync(response);
    }

    protected async Task<JsonObject> JsonOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Limit))!.AsObject();

    /// <summary>Opens a socket as an app does and reads its hello.</summary>
    protected async Task<AppSocket> ConnectAsync()
    {
        var socket = await OpenSocketAsync();
        Assert.That((await socket.ReceiveAsync(Limit))!["type"]!.GetValue<string>(), Is.EqualTo("hello"));
        return socket;
    }

    /// <summary>Opens a socket and reads nothing.</summary>
    protected async Task<AppSocket> OpenSocketAsync()
    {
        var opened = await CallAsync("apps.connections.open", token: Simulator.AppToken);
        return await AppSocket.ConnectAsync(new Uri(opened["url"]!.GetValue<string>()), Limit);
    }

    /// <summary>Acknowledges what a person does with the app; the payload that came and what became of it.</summary>
    protected async Task<(JsonObject Payload, InteractionOutcome Outcome)> AnswerAsync(AppSocket socket, Task<InteractionOutcome> asked, string? answer = null)
    {
        var envelope = (await socket.ReceiveAsync(Limit))!;
        await socket.AckAsync(envelope, Limit, answer is null ? null : Parse(answer));
        return (envelope["payload"]!.AsObject(), await asked);
    }

    protected static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static StringContent Body(JsonObject json) => new(json.ToJsonString(), Encoding.UTF8, "application/json");
}
