using System.ComponentModel;
using System.Diagnostics;

namespace Subot.Tests.Api.SignIn;

/// <summary>A real issuer: the npm package oidc-provider, on loopback.</summary>
internal sealed class IssuerServer : IAsyncDisposable
{
    public const string ClientId = "subot";
    public const string Secret = "a secret of the client";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static Task<IssuerServer>? s_shared;

    private readonly Process _process;

    private IssuerServer(Process process, string url) => (_process, Url) = (process, url);

    /// <summary>As it calls itself.</summary>
    public string Url { get; }

    /// <summary>The one that tests share; skips the test, or fails it in CI, where there is no Node.js.</summary>
    public static Task<IssuerServer> SharedAsync() => s_shared ??= StartAsync();

    /// <summary>Ends the shared one.</summary>
    public static async Task EndAsync()
    {
        if (s_shared is { IsCompletedSuccessfully: true })
            await (await s_shared).DisposeAsync();
    }

    /// <summary>What the API has to know of it.</summary>
    public Dictionary<string, string> Parameters() => new()
    {
        ["DEX_ISSUER_URL"] = Url,
        ["DEX_CLIENT_ID"] = ClientId,
        ["DEX_SECRET"] = Secret,
        ["DEX_ADMIN_GROUP"] = "support-admins",
        ["DEX_AGENT_GROUP"] = "support-agents",
    };

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<IssuerServer> StartAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        var folder = await InstallAsync(patience.Token);
        var process = Start("node", folder, "issuer.mjs");
        // What it warns of must not fill its pipe.
        var warnings = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var line = await process.StandardOutput.ReadLineAsync(patience.Token);
        if (line?.Split(' ') is ["ready", var url])
            return new IssuerServer(process, url);
        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException("oidc-provider: " + await warnings);
    }

    /// <summary>The folder of the script with its packages.</summary>
    private static async Task<string> InstallAsync(CancellationToken ct)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Api", "SignIn", "issuer");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
            return folder;
        try
        {
            using var npm = Start("npm", folder, "ci --no-audit --no-fund");
            var problems = npm.StandardError.ReadToEndAsync(ct);
            await npm.StandardOutput.ReadToEndAsync(ct);
            await npm.WaitForExitAsync(ct);
            if (npm.ExitCode != 0)
                TestData.SkipUnlessCi("npm could not install oidc-provider: " + await problems);
        }
        catch (Win32Exception)
        {
            TestData.SkipUnlessCi("needs Node.js, which is not installed");
        }

        return folder;
    }

    private static Process Start(string program, string folder, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CLIENT_ID"] = ClientId;
        start.Environment["CLIENT_SECRET"] = Secret;
        start.Environment["REDIRECT_URI"] = RunningApi.PublicUrl + "auth/callback";
        return Process.Start(start)!;
    }
}
