using Subot.Benchmarks.Load;

namespace Subot.Benchmarks.Processes;

/// <summary>The processes that are put under load, each connecting to the fake Slack.</summary>
internal static class Peers
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_loadTimeout = TimeSpan.FromMinutes(5);

    private static string BoltFolder => Path.Combine(Repository.Root, "Subot.Benchmarks", "bolt");

    /// <summary>The published bot.</summary>
    public static MeasuredProcess Bot(PublishedProgram bot, FakeSlack slack, string data) =>
        MeasuredProcess.Start(bot.Executable, ["run"], Environment(slack, ("SUBOT_DATA", data)));

    /// <summary>The published bot with its store on Elasticsearch.</summary>
    public static MeasuredProcess BotOnElasticsearch(PublishedProgram bot, FakeSlack slack, string url, string prefix) =>
        MeasuredProcess.Start(bot.Executable, ["run"], Environment(slack, ("ELASTICSEARCH_URL", url), ("SUBOT_INDEX_PREFIX", prefix)));

    /// <summary>A client that acknowledges and does nothing else.</summary>
    public static MeasuredProcess AckOnly(FakeSlack slack) =>
        MeasuredProcess.Start(System.Environment.ProcessPath!, ["peer", "ack-only", slack.ApiUrl], Environment(slack));

    /// <summary>Bolt for JavaScript, with a database if one is named.</summary>
    public static MeasuredProcess Bolt(FakeSlack slack, string? database) => MeasuredProcess.Start(
        "node",
        [Path.Combine(BoltFolder, "peer.mjs")],
        database is null ? Environment(slack) : Environment(slack, ("SUBOT_PEER_DATABASE", database)));

    /// <summary>Installs what the Bolt peer needs, unless it is there.</summary>
    public static async Task InstallBoltAsync(CancellationToken ct)
    {
        if (!Directory.Exists(Path.Combine(BoltFolder, "node_modules")))
            await MeasuredProcess.RunAsync("npm", ["ci", "--prefix", BoltFolder], new Dictionary<string, string>(), ct);
    }

    /// <summary>The connection of a process that was just started.</summary>
    public static Task<SocketSession> ConnectionAsync(this MeasuredProcess process, FakeSlack slack, CancellationToken ct) =>
        process.WithinAsync(slack.NextClientAsync, s_connectTimeout, ct);

    /// <summary>Sends events to a process and awaits all acknowledgements.</summary>
    public static Task<LoadResult> LoadAsync(
        this MeasuredProcess process, SocketSession connection, IEventSource source, int events, CancellationToken ct, int window = 64) =>
        process.WithinAsync(_ => new ValueTask<LoadResult>(connection.RunAsync(source, events, window)), s_loadTimeout, ct);

    private static Dictionary<string, string> Environment(FakeSlack slack, params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>
        {
            ["SLACK_API_URL"] = slack.ApiUrl,
            ["SLACK_APP_TOKEN"] = Workspace.AppToken,
            ["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = Workspace.BotToken,
            ["SLACK_ID"] = string.Join(',', Workspace.Channels),
            ["SUBOT_TEAM"] = string.Join(',', Workspace.Team),
        };
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }
}

/// <summary>A program as it is delivered: a Release build, compiled ahead and published into a folder.</summary>
internal sealed record PublishedProgram(string Executable)
{
    /// <summary>Publishes the bot from its sources.</summary>
    public static Task<PublishedProgram> BotAsync(string folder, CancellationToken ct) => PublishAsync("Subot.Bot", "subot", folder, ct);

    /// <summary>Publishes the API from its sources.</summary>
    public static Task<PublishedProgram> ApiAsync(string folder, CancellationToken ct) =>
        PublishAsync("Subot.Api", "subot-api", folder, ct);

    /// <summary>Publishes this program in the same way, for peers that stand for the bot.</summary>
    public static Task<PublishedProgram> PeersAsync(string folder, CancellationToken ct) =>
        PublishAsync("Subot.Benchmarks", "Subot.Benchmarks", folder, ct);

    private static async Task<PublishedProgram> PublishAsync(string project, string name, string folder, CancellationToken ct)
    {
        string[] arguments = ["publish", Path.Combine(Repository.Root, project), "-c", "Release", "--use-current-runtime", "-o", folder, "--nologo", "-v", "q"];
        await MeasuredProcess.RunAsync("dotnet", arguments, new Dictionary<string, string>(), ct);
        return new PublishedProgram(Path.Combine(folder, name));
    }
}
