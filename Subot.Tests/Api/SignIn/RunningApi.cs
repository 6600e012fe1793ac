using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Subot.Api;
using Subot.Hosting.Configuration;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.Bot;

namespace Subot.Tests.Api.SignIn;

/// <summary>The API as its executable builds it, on a free port, with a data folder of its own.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    /// <summary>Where people reach it, as it is told.</summary>
    public const string PublicUrl = "http://localhost:8080/";

    /// <summary>The origin of the front.</summary>
    public const string Front = "http://localhost:3000";

    private readonly DirectoryInfo _folder;
    private readonly IStore _store;
    private readonly WebApplication _app;

    private RunningApi(DirectoryInfo folder, IStore store, WebApplication app, ShiftedTime time, RecordedLogs logs) =>
        (_folder, _store, _app, Time, Logs) = (folder, store, app, time, logs);

    public ShiftedTime Time { get; }

    public RecordedLogs Logs { get; }

    /// <summary>The data folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The port on which it really listens.</summary>
    public int Port => LoopbackApp.AddressOf(_app).Port;

    /// <summary>Starts one.</summary>
    /// <param name="parameters">What the environment says besides the addresses; it wins.</param>
    public static async Task<RunningApi> StartAsync(IReadOnlyDictionary<string, string> parameters)
    {
        var folder = Directory.CreateTempSubdirectory("subot-api-");
        var all = new Dictionary<string, string> { ["SUBOT_DATA"] = folder.FullName, ["SUBOT_API_PORT"] = "0", ["ANALYTICS_URL"] = PublicUrl, ["FRONT_URL"] = Front };
        foreach (var (name, value) in parameters)
            all[name] = value;
        var (time, logs) = (new ShiftedTime(), new RecordedLogs());
        var store = SqliteStore.Open(folder.FullName);
        var app = ApiServer.Build(ApiOptions.Read(new ParameterSource(all.GetValueOrDefault), null), store, time, logging => logging.AddProvider(logs));
        await app.StartAsync();
        return new RunningApi(folder, store, app, time, logs);
    }

    /// <summary>A browser that has not been here.</summary>
    public Browser NewBrowser() => new(Port);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The time, and some more.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _shift));

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _shift, time.Ticks);
}
