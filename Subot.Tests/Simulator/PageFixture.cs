using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NUnit.Framework;
using Subot.Simulator;
using Subot.Simulator.Model;
using Subot.Simulator.WorkspaceFiles;
using Subot.Tests.EndToEnd;

namespace Subot.Tests.Simulator;

/// <summary>The workspace's page in a browser, on the real clock, with an app at the other end.</summary>
public abstract class PageFixture : SimulatorFixture
{
    private Browser browser = null!;

    protected AppSocket App { get; private set; } = null!;

    protected override TimeSpan Longest => TimeSpan.FromMinutes(3);

    [SetUp]
    public async Task ConnectAppAsync()
    {
        browser = await Browser.StartAsync();
        App = await ConnectAsync();
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        await browser.DisposeAsync();
        App.Dispose();
    }

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with
    {
        Time = TimeProvider.System,
        Workspace = WorkspaceFile.Sample(new AppIdentity { Shortcuts = [new("Mark as solved", "solve"), new("Ask the team", "ask", IsGlobal: true)] }, TimeProvider.System),
    };

    /// <summary>Opens the page as a person, at an address such as "#C0HELP0001".</summary>
    protected async Task<IPage> OpenAsync(string person, string address = "#" + Help)
    {
        var page = await browser.OpenAsync($"{Simulator.Url}?as={person}{address}");
        await page.Locator($"#me[data-user='{person}']").WaitForAsync();
        await page.Locator("#composer-place > *").WaitForAsync();
        return page;
    }

    /// <summary>The next thing a person did with the app, which stays unanswered; events before it are acknowledged.</summary>
    protected async Task<JsonObject> NextAsync(string type)
    {
        while (true)
        {
            var envelope = await App.ReceiveAsync(Limit) ?? throw new InvalidOperationException("The socket closed.");
            var payload = envelope["payload"]!.AsObject();
            if ((payload["type"]?.GetValue<string>() == type) || payload["event"]?["type"]?.GetValue<string>() == type)
                return envelope;
            await App.AckAsync(envelope, Limit);
        }
    }

    /// <summary>The same, acknowledged; its payload.</summary>
    protected async Task<JsonObject> TakeAsync(string type, string? answer = null)
    {
        var envelope = await NextAsync(type);
        await App.AckAsync(envelope, Limit, answer is null ? null : Parse(answer));
        return envelope["payload"]!.AsObject();
    }

    /// <summary>Opens the modal <paramref name="view"/> before the person who used the global shortcut on the page.</summary>
    protected async Task OpenModalAsync(IPage page, string view)
    {
        await page.Locator("[data-action=shortcuts]").ClickAsync();
        await page.Locator("[data-action=global-shortcut]").ClickAsync();
        var payload = await TakeAsync("shortcut");
        var opened = await CallAsync("views.open", Parse($$"""{"trigger_id":"{{payload["trigger_id"]}}","view":{{view}}}"""));
        Assert.That(opened["ok"]!.GetValue<bool>(), Is.True, opened.ToJsonString());
        await page.Locator("#modal[open]").WaitForAsync();
    }

    /// <summary>Opens the menu of a message.</summary>
    protected static async Task OpenMenuAsync(ILocator message)
    {
        await message.HoverAsync();
        await message.Locator("[data-action=message-menu]").ClickAsync();
    }

    protected static ILocator Message(IPage page, string text) => page.Locator("#messages article.message", new() { HasText = text });
}
