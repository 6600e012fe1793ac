using Microsoft.Playwright;

namespace Subot.Tests.EndToEnd;

/// <summary>What a person does and sees on the workspace's page.</summary>
internal sealed class ChatPage(IPage page)
{
    private const float OneTry = 3000;
    private const int MostTries = 10;

    /// <summary>Opens the page as a person.</summary>
    public static async Task<ChatPage> OpenAsync(Browser browser, Uri workspace, string person)
    {
        var page = await browser.OpenAsync($"{workspace}?as={person}");
        await page.Locator($"#me[data-user='{person}']").WaitForAsync();
        return new ChatPage(page);
    }

    /// <summary>A message that everybody in the channel sees.</summary>
    public ILocator InChannel(string text) => page.Locator("#messages article.message:not(.ephemeral)", new() { HasText = text });

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
    public static Task PressAsync(ILocator message, string button) =>
        message.Locator($"[data-action='press'][data-action-id='{button}']").First.ClickAsync();

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
        await PressToolAsync(message, "[data-action='message-menu']");
        await page.Locator($"[data-action='shortcut'][data-callback-id='{callbackId}']").ClickAsync();
    }

    /// <summary>The form that the app has opened.</summary>
    public ILocator Form => page.Locator("#modal");

    /// <summary>Chooses an entry of a list of the form by a part of its words.</summary>
    public async Task ChooseAsync(string actionId, string words)
    {
        var list = Form.Locator($"select[data-action-id='{actionId}']");
        await list.SelectOptionAsync((await list.Locator("option", new() { HasText = words }).GetAttributeAsync("value"))!);
    }

    /// <summary>Fills in a field of the form.</summary>
    public Task FillAsync(string actionId, string text) => Form.Locator($"input[data-action-id='{actionId}']").FillAsync(text);

    /// <summary>Sends the form.</summary>
    public Task SubmitAsync() => Form.Locator("[data-action='submit-view']").ClickAsync();

    /// <summary>The address of a message, as it can be copied.</summary>
    public async Task<string> LinkToAsync(string text) =>
        new Uri(new Uri(page.Url), await InChannel(text).Locator("a.when").GetAttributeAsync("href")).ToString();

    /// <summary>A request on the app's home tab.</summary>
    public ILocator OnHome(string text) => Home.Locator(".block.section", new() { HasText = text });

    /// <summary>
    /// Opens the app's home tab and presses its refresh until it shows something: what an event tells comes a moment later.
    /// </summary>
    public async Task RefreshHomeUntilAsync(ILocator shows, CancellationToken limit)
    {
        await OpenHomeAsync();
        while (await shows.CountAsync() == 0)
        {
            limit.ThrowIfCancellationRequested();
            var before = await Home.ElementHandleAsync();
            await Home.Locator("[data-action-id='home_refresh']").ClickAsync();
            await before.WaitForElementStateAsync(ElementState.Hidden);
            await Home.WaitForAsync();
        }
    }

    /// <summary>Takes a picture of the page.</summary>
    public Task SaveAsync(string path) => page.ScreenshotAsync(new() { Path = path });

    public Task WriteAsync(string text) => TypeAsync("#composer", text);

    public Task ReplyAsync(string text) => TypeAsync("#thread-composer", text);

    /// <summary>Opens the thread of a message.</summary>
    public async Task OpenThreadAsync(string text)
    {
        await PressToolAsync(InChannel(text), "[data-action='reply']");
        await InThread(text).WaitForAsync();
    }

    /// <summary>Puts one of the emoji at hand on a message.</summary>
    public async Task ReactAsync(string text, string emoji)
    {
        await PressToolAsync(InChannel(text), $"[data-reaction='{emoji}']");
        await InChannel(text).Locator($".reaction[data-reaction='{emoji}']").WaitForAsync();
    }

    /// <summary>Puts any emoji on a message, by its name.</summary>
    public async Task PickEmojiAsync(string text, string emoji)
    {
        await PressToolAsync(InChannel(text), "[data-action='react']");
        await page.Locator("#emoji-search").FillAsync(emoji);
        await page.Locator("#emoji-search").PressAsync("Enter");
        await InChannel(text).Locator($".reaction[data-reaction='{emoji}']").WaitForAsync();
    }

    /// <summary>The ts of a message.</summary>
    public static async Task<decimal> TsOfAsync(ILocator message) =>
        decimal.Parse((await message.GetAttributeAsync("data-ts"))!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Presses what shows while the pointer is on a message. Others that come meanwhile may move it away from under the pointer.
    /// </summary>
    private static async Task PressToolAsync(ILocator message, string tool)
    {
        for (var tries = 1; ; tries++)
        {
            await message.HoverAsync();
            try
            {
                await message.Locator($".toolbar {tool}").ClickAsync(new() { Timeout = OneTry });
                return;
            }
            catch (TimeoutException) when (tries < MostTries)
            {
            }
        }
    }

    private async Task TypeAsync(string composer, string text)
    {
        await page.Locator(composer).FillAsync(text);
        await page.Locator(composer).PressAsync("Enter");
    }
}
