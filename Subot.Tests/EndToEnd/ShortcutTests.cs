using NUnit.Framework;
using Subot.Demo.Sample;
using static Microsoft.Playwright.Assertions;

namespace Subot.Tests.EndToEnd;

/// <summary>The shortcuts in the menu of a message, tried by hand: in the demo, in a browser.</summary>
public sealed class ShortcutTests : SampleInBrowser
{
    private const string Badge = "My badge does not open the door";
    private const string Door = "The door of the second floor stays shut";

    [Test]
    public async Task Solved_and_opened_again()
    {
        var bruno = await AskedAsync(Badge);
        await bruno.UseShortcutAsync(bruno.InChannel(Badge), "solve");
        await bruno.ForMe("Solved: “My badge").WaitForAsync();
        await bruno.UseShortcutAsync(bruno.InChannel(Badge), "reopen");
        await bruno.ForMe("Open again: “My badge").WaitForAsync();
        await bruno.RefreshHomeUntilAsync(bruno.OnHome(Badge), Demo.Limit);
    }

    [Test]
    public async Task Requester_says_alone_that_it_is_solved()
    {
        await AskedAsync(Badge);
        var emma = await OpenAsync(Emma);
        await emma.UseShortcutAsync(emma.InChannel(Badge), "solve");
        await emma.ForMe("Solved: “My badge").WaitForAsync();
        await emma.UseShortcutAsync(emma.InChannel(Badge), "dismiss");
        await emma.ForMe("Only the team can do that").WaitForAsync();
    }

    [Test]
    public async Task No_request_and_one_after_all()
    {
        var bruno = await AskedAsync(Badge);
        await bruno.UseShortcutAsync(bruno.InChannel(Badge), "dismiss");
        await bruno.ForMe("Not a request: “My badge").WaitForAsync();
        await bruno.OpenHomeAsync();
        await Expect(bruno.Home).ToContainTextAsync("preview links");
        await Expect(bruno.OnHome(Badge)).ToHaveCountAsync(0);

        await bruno.OpenChannelAsync(SampleWorkspace.Help);
        await bruno.UseShortcutAsync(bruno.InChannel(Badge), "dismiss");
        await bruno.ForMe("A request again: “My badge").WaitForAsync();
        await bruno.RefreshHomeUntilAsync(bruno.OnHome(Badge), Demo.Limit);
    }

    [Test]
    public async Task Message_of_the_team_is_tracked_for_a_person()
    {
        const string Phoned = "Somebody phoned: the beamer of the big room is dark";
        var bruno = await OpenAsync(SampleWorkspace.Bruno);
        await bruno.WriteAsync(Phoned);
        await bruno.UseShortcutAsync(bruno.InChannel(Phoned), "track");
        await bruno.ChooseAsync("person", "Subot");
        await bruno.SubmitAsync();
        await Expect(bruno.Form).ToContainTextAsync("I ask nothing myself.");
        await bruno.ChooseAsync("person", "Emma");
        await SentAsync(bruno, "Tracked as a request of");
        await bruno.RefreshHomeUntilAsync(bruno.OnHome(Phoned).Filter(new() { HasText = "emma" }), Demo.Limit);
    }

    [Test]
    public async Task Second_request_for_the_same_is_none_of_its_own([Values] bool byLink)
    {
        var bruno = await AskedAsync(Badge, Door);
        await bruno.UseShortcutAsync(bruno.InChannel(Door), "same_as");
        if (byLink)
            await bruno.FillAsync("permalink", await bruno.LinkToAsync(Badge));
        else
            await bruno.ChooseAsync("request", Badge);
        await SentAsync(bruno, "is the same request as “My badge");
        await bruno.OpenHomeAsync();
        await Expect(bruno.OnHome(Badge)).ToHaveCountAsync(1);
        await Expect(bruno.OnHome(Door)).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Message_of_the_team_outside_the_thread_answers_a_request()
    {
        const string Answer = "All doors are open again since five minutes ago";
        var bruno = await AskedAsync(Badge, Door);
        await bruno.WriteAsync(Answer);
        await bruno.UseShortcutAsync(bruno.InChannel(Answer), "answer_to");
        await bruno.ChooseAsync("request", Badge);
        await SentAsync(bruno, "Counted as an answer to “My badge");
        await bruno.OpenHomeAsync();
        await Expect(bruno.OnHome(Door)).ToHaveCountAsync(1);
        await Expect(bruno.OnHome(Badge)).ToHaveCountAsync(0);
        await Expect(bruno.Home).ToContainTextAsync("1 open request waits for an answer of its requester.");
    }

    /// <summary>Emma asks; Bruno's page, when the bot has recorded it: its reply tells.</summary>
    private async Task<ChatPage> AskedAsync(params string[] requests)
    {
        var (emma, bruno) = (await OpenAsync(Emma), await OpenAsync(SampleWorkspace.Bruno));
        foreach (var request in requests)
        {
            await emma.WriteAsync(request);
            await bruno.InChannel(request).Locator(".thread-line").WaitForAsync();
        }

        return bruno;
    }

    private static async Task SentAsync(ChatPage page, string told)
    {
        await page.SubmitAsync();
        await Expect(page.Form).ToBeHiddenAsync();
        await page.ForMe(told).WaitForAsync();
    }
}
