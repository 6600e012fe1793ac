using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Subot.Simulator.Faults;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;
using Subot.Simulator.Page;
using Subot.Simulator.RawEvents;
using Subot.Simulator.SocketMode;
using Subot.Simulator.WebApi;
using Subot.Simulator.WorkspaceFiles;

namespace Subot.Simulator;

/// <summary>A running workspace: Web API, Socket Mode and page on one loopback port.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private const long LargestBody = 1L << 32;
    private readonly WebApplication web;
    private readonly Deadlines<Action> later;

    private SimulatorServer(SimulatorOptions options)
    {
        Workspace = options.Workspace ?? WorkspaceFile.Sample(time: options.Time);
        Tokens = new Tokens(options.BotToken, options.AppToken, options.Scopes);
        Faults = new FaultBox(options.FaultSeed);
        Hub = new SocketHub(Workspace.App, options.SocketMode, Faults, options.Time);
        Ephemerals = new Ephemerals(Workspace);
        Views = new Views(Workspace);
        later = new Deadlines<Action>(options.Time, action => action());
        Workspace.ForApp += Hub.Deliver;

        new Unfurls(Workspace, Faults, later).Start();

        var tickets = new Tickets(options.Time);
        var triggers = new Triggers(options.Time);
        var uploads = new Uploads(Workspace, Faults);
        var rules = new BlockRules(uploads);
        var messages = new AppMessages(Workspace, Ephemerals, rules);
        var responseUrls = new ResponseUrls(Workspace, messages);
        Interactions = new AppInteractions(Workspace, Hub, Ephemerals, triggers, responseUrls, messages, Views, rules, () => Url);
        Context = new ApiContext(Workspace, Tokens, tickets, triggers, Views, uploads, rules, Ephemerals, later, options.Api);

        web = Build(options);
        new SocketEndpoint(Hub, tickets).Map(web);
        new ApiEndpoint(Context, new RateLimits(options.Api, options.Time), Faults, options.Time).Map(web);
        new RawEventEndpoint(Hub, new EventRecorder(Workspace)).Map(web);
        new FaultEndpoint(Faults, Hub).Map(web);
        new StatsEndpoint(Workspace, Hub).Map(web);
        var page = new PageState(Workspace, Hub, Ephemerals, Views);
        var actions = new PageActions(Workspace, Ephemerals, new ChannelActions(Workspace), new AppActions(Interactions));
        new PageEndpoint(page, new PageFeed(Workspace, Hub, Ephemerals, Views, page), actions).Map(web);
        uploads.Map(web);
        responseUrls.Map(web);
    }

    /// <summary>The people, channels and messages; call it to act as a person.</summary>
    public Workspace Workspace { get; }

    /// <summary>The ids and names of the team, the app and its bot.</summary>
    public AppIdentity App => Workspace.App;

    /// <summary>Slash commands, buttons and modals of people.</summary>
    public AppInteractions Interactions { get; }

    /// <summary>What the app shows to single people.</summary>
    public Ephemerals Ephemerals { get; }

    /// <summary>The modals and home tabs the app opened.</summary>
    public Views Views { get; }

    /// <summary>The app's sockets and the events on their way to it.</summary>
    public SocketHub Hub { get; }

    public FaultBox Faults { get; }

    /// <summary>The tokens and what they may do.</summary>
    public Tokens Tokens { get; }

    public string BotToken => Tokens.Bot;

    public string AppToken => Tokens.App;

    /// <summary>Where the page is, such as http://127.0.0.1:4300/.</summary>
    public Uri Url => Context.Url;

    /// <summary>What official clients take as the address of Slack's Web API; ends in /api/.</summary>
    public Uri ApiUrl => new(Url, "api/");

    private ApiContext Context { get; }

    /// <summary>Starts a workspace; throws an <see cref="IOException"/> when the port is taken.</summary>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var server = new SimulatorServer(options);
        await server.web.StartAsync(cancellationToken);
        var addresses = server.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Context.Url = new Uri(addresses.Addresses.First().TrimEnd('/') + "/");
        return server;
    }

    /// <summary>Serves until the token is cancelled.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => web.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Workspace.ForApp -= Hub.Deliver;
        Hub.DropAll();
        await web.DisposeAsync();
        Hub.Dispose();
        later.Dispose();
    }

    private static WebApplication Build(SimulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(SimulatorServer).Assembly.GetName().Name });
        builder.Logging.ClearProviders().SetMinimumLevel(options.LogLevel);
        if (options.LogLevel != LogLevel.None)
            builder.Logging.AddSimpleConsole();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        return builder.Build();
    }
}
