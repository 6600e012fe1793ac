using NUnit.Framework;

namespace Subot.Tests.EndToEnd;

/// <summary>Tests by hand: the sample workspace as the demo starts it, and a browser in which people use it.</summary>
public abstract class SampleInBrowser
{
    /// <summary>Somebody who asks.</summary>
    protected const string Emma = "U0EMMA0001";

    private Browser _browser = null!;
    private DemoRun _demo = null!;

    private protected DemoRun Demo => _demo;

    [SetUp]
    public async Task StartDemoAsync()
    {
        _browser = await Browser.StartAsync();
        _demo = await DemoRun.StartSampleAsync(("SUBOT_REMIND_AFTER", "2s"), ("SUBOT_REPORT_CRON", "* * * * *"), ("SUBOT_POST_RATE", "0"));
    }

    [TearDown]
    public async Task StopDemoAsync()
    {
        await _demo.DisposeAsync();
        await _browser.DisposeAsync();
    }

    private protected Task<ChatPage> OpenAsync(string person) => ChatPage.OpenAsync(_browser, _demo.Simulator.Url, person);
}
