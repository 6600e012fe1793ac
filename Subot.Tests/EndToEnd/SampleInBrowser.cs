using NUnit.Framework;

namespace Subot.Tests.EndToEnd;

/// <summary>Tests by hand: the sample workspace as the demo starts it, and a browser in which people use it.</summary>
public abstract class SampleInBrowser
{
    /// <summary>Somebody who asks.</summary>
    protected const string Emma = "U0EMMA0001";

    /// <summary>When a report is due. It tells of the week's requests: a test that looks for one would find both.</summary>
    protected virtual string ReportCron => "off";

    private Browser _browser = null!;
    private DemoRun _demo = null!;

    private protected DemoRun Demo => _demo;

    [SetUp]
    public async Task StartDemoAsync()
    {
        _browser = await Browser.StartAsync();
        _demo = await DemoRun.StartSampleAsync(("SUBOT_REMIND_AFTER", "2s"), ("SUBOT_REPORT_CRON", ReportCron), ("SUBOT_POST_RATE", "0"));
    }

    [TearDown]
    public async Task StopDemoAsync()
    {
        await _browser.DisposeAsync();
        await _demo.DisposeAsync();
    }

    private protected Task<ChatPage> OpenAsync(string person) => ChatPage.OpenAsync(_browser, _demo.Simulator.Url, person);

    /// <summary>With SUBOT_UPDATE_SNAPSHOTS=1 the pictures of the documentation are taken anew.</summary>
    private protected static bool UpdatesPictures => Environment.GetEnvironmentVariable("SUBOT_UPDATE_SNAPSHOTS") == "1";

    private protected static string PictureOf(string name) => Path.Combine(TestData.RepositoryFolder, "docs", "images", name);

    private protected static async Task SaveAsync(ChatPage page, string name)
    {
        if (UpdatesPictures)
            await page.SaveAsync(PictureOf(name));
    }
}
