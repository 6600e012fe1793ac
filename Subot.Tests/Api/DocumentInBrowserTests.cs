using Microsoft.Playwright;
using NUnit.Framework;
using Subot.Tests.EndToEnd;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>The page of the API as people see it: in a browser that keeps to what the page's policy says.</summary>
internal sealed class DocumentInBrowserTests
{
    [Test]
    public async Task The_page_shows_what_the_API_answers_and_asks_for_nothing_from_elsewhere()
    {
        await using var store = new MemoryStore();
        await using var api = await RunningApi.StartAsync(store);
        await using var browser = await Browser.StartAsync();
        List<string> wrong = [], asked = [];
        var page = await browser.OpenAsync(new Uri(api.Client.BaseAddress!, "/docs").AbsoluteUri, Watch);

        // The first group is open, the others are when they are asked for.
        await page.GetByText("Requests, page by page").First.WaitForAsync();
        await page.GetByText("For viewers.").First.WaitForAsync();

        Assert.That(wrong, Is.Empty);
        Assert.That(asked.Where(a => !a.StartsWith(api.Client.BaseAddress!.AbsoluteUri, StringComparison.Ordinal)), Is.Empty);

        // What the policy or an error stops is told to the console.
        void Watch(IPage opened)
        {
            opened.Console += (_, said) => wrong.AddRange(said.Type is "error" ? [said.Text] : Array.Empty<string>());
            opened.PageError += (_, error) => wrong.Add(error);
            opened.Request += (_, request) => asked.AddRange(request.Url.StartsWith("http", StringComparison.Ordinal) ? [request.Url] : Array.Empty<string>());
        }
    }
}
