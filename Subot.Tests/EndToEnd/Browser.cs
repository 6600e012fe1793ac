using Microsoft.Playwright;

namespace Subot.Tests.EndToEnd;

/// <summary>
/// A Chromium that is installed on this machine, without a window. All tests share the one that runs; each has pages of its own, which go
/// with it.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // What is waited for takes a second; a busy machine may take much longer.
    private const float LongestMilliseconds = 30_000;

    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> s_running = new(LaunchAsync);

    private readonly IBrowser _browser;
    private readonly List<IBrowserContext> _contexts = [];

    private Browser(IBrowser browser) => _browser = browser;

    /// <summary>Starts it, if none runs yet; skips the test where there is none.</summary>
    public static async Task<Browser> StartAsync() => new((await s_running.Value).Browser);

    /// <summary>A page of its own: what one person's browser knows, another's does not.</summary>
    /// <param name="watch">Sees the page before it goes anywhere.</param>
    public async Task<IPage> OpenAsync(string address, Action<IPage>? watch = null)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        _contexts.Add(context);
        context.SetDefaultTimeout(LongestMilliseconds);
        var page = await context.NewPageAsync();
        watch?.Invoke(page);
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>Ends the one that runs.</summary>
    public static async Task EndAsync()
    {
        if (!s_running.IsValueCreated || !s_running.Value.IsCompletedSuccessfully)
            return;
        var (playwright, browser) = await s_running.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.DisposeAsync();
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        var program = Environment.GetEnvironmentVariable("SUBOT_TEST_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        if (!File.Exists(program))
            TestData.SkipUnlessCi($"needs Chromium, and {program} is not there (SUBOT_TEST_CHROMIUM names it)");
        Assertions.SetDefaultExpectTimeout(LongestMilliseconds);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = s_arguments }));
    }
}
