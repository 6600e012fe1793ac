using Microsoft.Playwright;
using NUnit.Framework;
using Subot.Demo.Sample;

namespace Subot.Tests.EndToEnd;

/// <summary>The weekly report, which is due each minute here.</summary>
public sealed class ReportInBrowserTests : SampleInBrowser
{
    private const string Vault = "How do I get access to Vault?";

    protected override string ReportCron => "* * * * *";

    [Test]
    public async Task Report_comes_with_its_picture()
    {
        var (emma, bruno) = (await OpenAsync(Emma), await OpenAsync(SampleWorkspace.Bruno));
        await emma.WriteAsync(Vault);
        await emma.OpenThreadAsync(Vault);
        await ChatPage.PressAsync(emma.InThread("Access to Vault"), "feedback_useful");
        await SaveAsync(emma, "chat.png");
        var report = bruno.WithPicture().First;
        await report.WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
        if (UpdatesPictures)
            await report.ScreenshotAsync(new() { Path = PictureOf("report.png") });
        Assert.That(await report.Locator("img").First.EvaluateAsync<int>("image => image.naturalWidth"), Is.GreaterThan(300));
    }
}
