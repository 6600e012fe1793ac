using Microsoft.Playwright;

namespace Subot.Tests.EndToEnd;

/// <summary>What a person does and sees on the workspace's page.</summary>
internal sealed class ChatPage(IPage page)
{
    /// <summary>Opens the page as a person.</summary>
    public static async Task<ChatPage> OpenAsync(Browser browser, Uri workspace, string person)
    {
        var page = await browser.OpenAsync($"{workspace}?as={person}");
        await page.Locator($"#me[data-user='{person}']").WaitForAsync();
        return new ChatPage(page);
    }

    /// <summary>A message in the channel.</summary>
    public ILocator InChannel(string text) => page.Locator("#messages article.message", new() { HasText = text });

    /// <summary>A message in the open thread.</summary>
    public ILocator InThread(string text) => page.Locator("#thread-messages article.message", new() { HasText = text });

    /// <summary>What only this person sees.</summary>
    public ILocator ForMe(string text) => page.Locator("#messages article.ephemeral", new() { HasText = text });

    /// <summary>What only this person sees, in the channel or the open thread.</summary>
    public ILocator ForMeAnywhere(string text) => page.Locator("article.ephemeral", new() { HasText = text });

    /// <summary>Messages with a picture.</summary>
    public ILocator WithPicture() => page.Locator("#messages article.message", new() { Has = page.Locator("img") });

    /// <summary>The app's home tab.</summary>
    public ILocator Home => page.Locator("#home");

    /// <summary>Presses a button of the app in a message.</summary>
    public static Task PressAsync(ILocator message, string button) => message.Locator($"[data-action='press'][data-action-id='{button}']").First.ClickAsync();

    /// <summary>Opens the app's home tab.</summary>
    public async Task OpenHomeAsync()
    {
        await page.Locator("[data-action='open-app']").ClickAsync();
        await page.Locator("[data-action='open-tab'][data-tab='home']").ClickAsync();
        await Home.WaitForAsync();
    }

    public Task OpenChannelAsync(string channel) => page.Locator($"[data-action='open-channel'][data-channel='{channel}']").ClickAsync();

    /// <summary>Uses a shortcut from a message's menu.</summary>
    public async Task UseShortcutAsync(ILocator message, string callbackId)
    {
        await message.HoverAsync();
        await message.Locator("[data-action='message-menu']").ClickAsync();
        await page.Locator($"[data-action='shortcut'][data-callback-id='{callbackId}']").ClickAsync();
    }

    /// <summary>Takes a picture of the page.</summary>
    public Task SaveAsync(string path) => page.ScreenshotAsync(new() { Path = path });

    public Task WriteAsync(string text) => TypeAsync("#composer", text);

    public Task ReplyAsync(string text) => TypeAsync("#thread-composer", text);

    /// <summary>Opens the thread of a message.</summary>
    public async Task OpenThreadAsync(string text)
    {
        await InChannel(text).HoverAsync();
        await InChannel(text).Locator(".toolbar [data-action='reply']").ClickAsync();
        await InThread(text).WaitForAsync();
    }

    /// <summary>Puts one of the emoji at hand on a message.</summary>
    public async Task ReactAsync(string text, string emoji)
    {
        await InChannel(text).HoverAsync();
        await InChannel(text).Locator($".toolbar [data-reaction='{emoji}']").ClickAsync();
        await InChannel(text).Locator($".reaction[data-reaction='{emoji}']").WaitForAsync();
    }

    /// <summary>The ts of a message.</summary>
    public static async Task<decimal> TsOfAsync(ILocator message) =>
        decimal.Parse((await message.GetAttributeAsync("data-ts"))!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task TypeAsync(string composer, string text)
    {
        await page.Locator(composer).FillAsync(text);
        await page.Locator(composer).PressAsync("Enter");
    }
}
