using Microsoft.Playwright;

namespace Subot.Tests.EndToEnd;

/// <summary>A Chromium that is installed on this machine, without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // What is waited for takes a second; a busy machine may take much longer.
    private const float LongestMilliseconds = 30_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it; skips the test where there is none.</summary>
    public static async Task<Browser> StartAsync()
    {
        var program = Environment.GetEnvironmentVariable("SUBOT_TEST_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        if (!File.Exists(program))
            TestData.SkipUnlessCi($"needs Chromium, and {program} is not there (SUBOT_TEST_CHROMIUM names it)");
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = s_arguments }));
    }

    /// <summary>A page of its own: what one person's browser knows, another's does not.</summary>
    public async Task<IPage> OpenAsync(string address)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout(LongestMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
