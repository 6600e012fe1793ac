using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>A real server in processes of its own, which end with the tests, also when those are killed.</summary>
internal sealed class SearchServerProcess : IAsyncDisposable
{
    // The server and its launcher are one group. What is read here is a signal for it; when there is no more to read, the tests are gone,
    // and the folder ($0) is of no more use.
    private const string Watcher = """
        set -m
        command -v setpriv >/dev/null && set -- setpriv --pdeathsig TERM -- "$@"
        "$@" </dev/null &
        while read -r signal; do
            kill -"$signal" -- -$!
            [[ $signal == KILL ]] && wait && exit
        done
        kill -TERM -- -$! 2>/dev/null
        kill -CONT -- -$! 2>/dev/null
        wait
        [[ -z $0 ]] || rm -rf "$0"
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly string[] _command;
    private readonly string? _folder;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private SearchServerProcess(SearchServer server, string? folder, params string[] command) =>
        (Server, _folder, _command) = (server, folder, command);

    /// <summary>Where it keeps its data; null if it shares that with others.</summary>
    public string? Folder => _folder;

    /// <summary>The server.</summary>
    public SearchServer Server { get; }

    /// <summary>Starts one and waits until it works.</summary>
    /// <exception cref="InvalidOperationException">It does not start; the message has what it said.</exception>
    public static async Task<SearchServerProcess> StartAsync(string script, ServerKind kind, SearchServerStart how)
    {
        var port = FreePort();
        var url = new Uri($"http://127.0.0.1:{port}");
        var folder = how.IsOwn ? Directory.CreateTempSubdirectory("subot-search-").FullName : null;
        var process = new SearchServerProcess(how.IsSecure ? new(url, "subot", "subot-secret") : new(url), folder,
        [
            script, kind.ToString().ToLowerInvariant(), "--port", $"{port}", "--heap", "512m",
            .. folder is null ? (string[])[] : ["--dir", folder],
            .. how.IsSecure ? (string[])["--secure"] : [],
        ]);
        try
        {
            await process.StartAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, for the first time or again on the same port and folder, and waits until it works.</summary>
    public async Task StartAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-c", Watcher, _folder ?? "", .. _command])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Heard(line.Data, started);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data, started);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var ended = _process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(started.Task, ended) == ended)
            throw new InvalidOperationException($"The search server does not start:\n{string.Join('\n', _output.TakeLast(30))}");
        await WaitForHealthAsync(patience.Token);
    }

    /// <summary>Kills it as a power cut does.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await _process!.WaitForExitAsync();
    }

    /// <summary>Makes it stand still: it takes connections, and answers nothing.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(s_patience);
            await _process.WaitForExitAsync(patience.Token);
            _process.Dispose();
        }

        // One that was killed had to leave its folder.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private Task SignalAsync(string signal) => _process!.StandardInput.WriteAsync(signal + "\n").ContinueWith(
        _ => _process.StandardInput.FlushAsync(), TaskScheduler.Default).Unwrap();

    private void Heard(string? line, TaskCompletionSource started)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        // "[2026-01-01T00:00:00,000][INFO ][o.e.n.Node ] [node-1] started": by then it listens.
        if (line.Contains(".Node ", StringComparison.Ordinal) && line.Contains("] started", StringComparison.Ordinal))
            started.TrySetResult();
    }

    private async Task WaitForHealthAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Server.Url };
        if (Server.Username is { } user)
        {
            http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Server.Password}")));
        }

        using var answer = await http.GetAsync(new Uri("_cluster/health?wait_for_status=yellow&timeout=60s", UriKind.Relative), ct);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The search server started, and its health is {answer.StatusCode}.");
    }

    // Below those that the system gives out by itself: other tests run meanwhile, and a server that was killed comes back to the same.
    // It takes a second port, 100 higher, to talk to other nodes.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            if (IsFree(port) && IsFree(port + 100))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
