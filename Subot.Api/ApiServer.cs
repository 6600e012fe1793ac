using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Timeouts;
using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Asking;
using Subot.Api.Compatible;
using Subot.Api.Contracts;
using Subot.Api.Documenting;
using Subot.Api.Events;
using Subot.Api.Explaining;
using Subot.Api.Exporting;
using Subot.Api.Numbers;
using Subot.Api.Operation;
using Subot.Api.Privacy;
using Subot.Api.Reporting;
using Subot.Api.Settings;
using Subot.Api.SignIn;
using Subot.Api.Threads;
using Subot.Hosting;
using Subot.Storage;
using Subot.Storage.Privacy;
using Subot.Storage.Settings;

namespace Subot.Api;

/// <summary>Puts the API together.</summary>
internal static partial class ApiServer
{
    private const int MostBodyBytes = 1 << 20;
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private static readonly TimeSpan s_longestRequest = TimeSpan.FromSeconds(30);

    /// <summary>Builds the application; the caller starts and ends it, and closes the store after it.</summary>
    public static WebApplication Build(ApiOptions options, IStore store, TimeProvider time, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder();
        IHostApplicationLifetime? lifetime = null;
        // Why it does not start is told by whoever starts it; the host would tell it before, with its stack.
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter(HostCategory, level => level >= LogLevel.Warning && lifetime is { ApplicationStarted.IsCancellationRequested: true });
        logging(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            if (options.LoopbackOnly && options.Port != 0)
                kestrel.ListenLocalhost(options.Port);
            else
                kestrel.Listen(options.LoopbackOnly ? IPAddress.Loopback : IPAddress.IPv6Any, options.Port);
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<IThreadStore>(store);
        builder.Services.AddSingleton<ISettingsStore>(store);
        builder.Services.AddSingleton<INumbersStore>(store);
        builder.Services.AddSingleton<IInbox>(store);
        builder.Services.AddSingleton<IPeopleStore>(store);
        builder.Services.AddSingleton<IPrivacyStore>(store);
        builder.Services.AddSingleton<PrivacyRequests>();
        builder.Services.AddSingleton<IChanges>(store);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<SettingsReading>();
        builder.Services.AddSingleton<NumbersQuestions>();
        builder.Services.AddSingleton<PeopleNames>();
        builder.Services.AddSingleton<ThreadLists>();
        builder.Services.AddSingleton<ThreadReading>();
        builder.Services.AddSingleton<ThreadDetails>();
        builder.Services.AddSingleton<CorrectionInbox>();
        builder.Services.AddSingleton<SettingsEditor>();
        builder.Services.AddTelemetry();
        builder.Services.AddDocuments(options);
        builder.Services.AddSignIn(options);
        builder.Services.AddFrontCors(options.FrontUrl);
        builder.Services.AddCompatible();
        builder.Services.AddEvents();
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = s_longestRequest });
        var app = builder.Build();
        lifetime = app.Lifetime;
        Use(app, options);
        return app;
    }

    /// <summary>Starts it.</summary>
    /// <param name="portName">By what people choose the port.</param>
    /// <exception cref="StartRefusedException">It cannot listen on its port.</exception>
    public static async Task StartAsync(WebApplication app, int port, string portName, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartRefusedException($"Port {port} is taken. Name another with {portName}.", e);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new StartRefusedException($"The API cannot listen on port {port}: {e.GetBaseException().Message}. Name another with {portName}.", e);
        }
    }

    /// <summary>Tells where it listens, and what it lets whom do.</summary>
    public static void Greet(WebApplication app, ApiOptions options)
    {
        Log.Listening(app.Logger, string.Join(", ", app.Urls), new Uri(options.LoopbackOnly ? new Uri(app.Urls.First()) : options.PublicUrl, "docs"));
        if (options.LoopbackOnly)
            Log.LoopbackOnly(app.Logger);
        else if (!options.HasSignIn)
            Log.Anonymous(app.Logger);
        if (options.HasSignIn && options.PublicUrl is { Scheme: "http", IsLoopback: false })
            Log.WithoutTls(app.Logger);
        if (options.SignIn.HasOldKey)
            Log.OldKey(app.Logger);
    }

    private static void Use(WebApplication app, ApiOptions options)
    {
        app.UseTraces();
        app.UseSecurityHeaders();
        app.UseFrontCors(options.FrontUrl);
        app.UseProblems(app.Logger);
        if (options.SignIn.Proxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseHostGuard(options);
        app.UseSlashRedirects();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseSignIn(options.SignIn);
        if (options is { SampleAdmin: true, LoopbackOnly: true })
            app.UseSampleAdmin();
        app.UseAccessGate(options.AnonymousRole);
        app.UseQueryCheck();
        app.UseBodyCheck(MostBodyBytes);
        app.MapGet("/", () => Results.Redirect("docs")).ExcludeFromDescription();
        app.MapHealth();
        app.MapSignIn();
        app.MapNumbers();
        app.MapThreads();
        app.MapCorrections();
        app.MapExplaining();
        app.MapExporting();
        app.MapReports();
        app.MapEvents();
        app.MapSettings();
        app.MapPrivacy();
        app.MapMetrics();
        app.MapDocuments();
        app.MapCompatible();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The API listens on {Urls} ({Docs} describes it)")]
        public static partial void Listening(ILogger log, string urls, Uri docs);

        [LoggerMessage(Level = LogLevel.Information, Message = "No sign-in is configured: only this machine may read, and nobody may change anything. docs/api.md says how people sign in")]
        public static partial void LoopbackOnly(ILogger log);

        [LoggerMessage(Level = LogLevel.Warning, Message = "SUBOT_ANONYMOUS_READ is true: whoever reaches this address may read everything")]
        public static partial void Anonymous(ILogger log);

        [LoggerMessage(Level = LogLevel.Warning, Message = "ANALYTICS_URL is not https: everybody on the way can read passwords and sessions")]
        public static partial void WithoutTls(ILogger log);

        [LoggerMessage(Level = LogLevel.Information, Message = "DEX_PRIVATE_KEY is no longer needed and not used: the keys of sessions lie in the data folder")]
        public static partial void OldKey(ILogger log);
    }
}
