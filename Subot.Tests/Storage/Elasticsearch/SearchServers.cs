namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>
/// Finds real servers for tests: at the URL that a variable names, or started from the folder of servers beside the test data, once per
/// run.
/// </summary>
internal static class SearchServers
{
    private static readonly Lock s_gate = new();

    // One at a time: a start takes as much of the processors as it gets, and a limit is set to it.
    private static readonly SemaphoreSlim s_starting = new(1);
    private static readonly Dictionary<ServerKind, Task<SearchServerProcess>> s_shared = [];

    /// <summary>
    /// A server that the tests share, started when the first one asks; skips the test, or fails it in CI, when there is none.
    /// </summary>
    public static async Task<SearchServer> SharedAsync(ServerKind kind)
    {
        if (Environment.GetEnvironmentVariable(Variable(kind)) is { Length: > 0 } url)
            return SearchServer.At(url);
        Task<SearchServerProcess>? shared;
        lock (s_gate)
        {
            if (!s_shared.TryGetValue(kind, out shared))
                s_shared[kind] = shared = StartAsync(kind, new());
        }

        return (await shared).Server;
    }

    /// <summary>
    /// A server of the test's own, to be killed and started again; skips the test, or fails it in CI, when there is none.
    /// </summary>
    /// <param name="isSecure">Whether it wants a user and a password (Elasticsearch).</param>
    public static Task<SearchServerProcess> OwnAsync(ServerKind kind, bool isSecure = false) =>
        StartAsync(kind, new(IsOwn: true, isSecure));

    /// <summary>Ends the shared servers that run.</summary>
    public static Task EndAsync() =>
        Task.WhenAll(s_shared.Values.Where(s => s.IsCompletedSuccessfully).Select(async s => await (await s).DisposeAsync()));

    private static async Task<SearchServerProcess> StartAsync(ServerKind kind, SearchServerStart how)
    {
        if (Folder() is not { } folder)
        {
            TestData.SkipUnlessCi(how.IsOwn
                ? "needs a search server of its own: set SUBOT_TEST_SEARCH_SERVERS to the script 'start' that runs one"
                : $"needs a search server: set {Variable(kind)} to the URL of one whose indices may be written, "
                    + "or SUBOT_TEST_SEARCH_SERVERS to the script 'start' that runs one");
            throw new InvalidOperationException("unreachable");
        }

        await s_starting.WaitAsync();
        try
        {
            return await SearchServerProcess.StartAsync(Path.Combine(folder, "start"), kind, how);
        }
        catch (InvalidOperationException e)
        {
            TestData.SkipUnlessCi(e.Message);
            throw;
        }
        finally
        {
            s_starting.Release();
        }
    }

    private static string? Folder() => Environment.GetEnvironmentVariable("SUBOT_TEST_SEARCH_SERVERS") is { Length: > 0 } named
        ? File.Exists(named) ? Path.GetDirectoryName(Path.GetFullPath(named)) : named
        : TestData.Shared is { } shared && File.Exists(Path.Combine(shared, "search-servers", "start")) ? Path.Combine(shared, "search-servers") : null;

    private static string Variable(ServerKind kind) => $"SUBOT_TEST_{kind.ToString().ToUpperInvariant()}_URL";
}

/// <summary>How a server is started.</summary>
internal sealed record SearchServerStart(bool IsOwn = false, bool IsSecure = false);
