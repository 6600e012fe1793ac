using NUnit.Framework;
using Subot.Demo.Sample;
using static Microsoft.Playwright.Assertions;

namespace Subot.Tests.EndToEnd;

/// <summary>What the support desk does, tried by hand: in the demo, in a browser.</summary>
public sealed class DeskTests : SampleInBrowser
{
    private const string Vault = "How do I get access to Vault?";

    [Test]
    public async Task Answer_is_chosen_by_the_words_and_the_requester_says_that_it_helped()
    {
        var (emma, bruno) = (await OpenAsync(Emma), await OpenAsync(SampleWorkspace.Bruno));
        await emma.WriteAsync(Vault);
        await emma.OpenThreadAsync(Vault);
        await emma.InThread("Access to Vault is given by your lead").WaitForAsync();

        await bruno.OpenThreadAsync(Vault);
        await ChatPage.PressAsync(bruno.InThread("Access to Vault"), "feedback_useful");
        await bruno.ForMeAnywhere("can say whether the answer helped").WaitForAsync();
        await ChatPage.PressAsync(emma.InThread("Access to Vault"), "feedback_useful");
        await emma.InThread("Glad that it helped").WaitForAsync();
        await emma.InChannel(Vault).Locator(".reaction[data-reaction='heavy_check_mark']").WaitForAsync();
        await Expect(emma.InThread("Access to Vault").Locator("[data-action='press']")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Answer_of_no_use_calls_who_is_on_call()
    {
        var emma = await OpenAsync(Emma);
        await emma.WriteAsync("The build fails with exit code 137");
        await emma.OpenThreadAsync("The build fails");
        await ChatPage.PressAsync(emma.InThread("Most red builds"), "feedback_useless");
        await emma.InThread("the automatic answer did not help here").WaitForAsync();
        await emma.InThread("Sorry that it did not help").WaitForAsync();
    }

    [Test]
    public async Task Who_is_on_call_is_reminded_and_puts_it_off()
    {
        var (emma, bruno) = (await OpenAsync(Emma), await OpenAsync(SampleWorkspace.Bruno));
        await emma.WriteAsync("Where is the printer?");
        await bruno.OpenThreadAsync("Where is the printer?");
        var reminder = bruno.InThread("anything new here?").First;
        await reminder.WaitForAsync();
        await ChatPage.PressAsync(reminder, "snooze");
        await bruno.InThread("Reminders wait until tomorrow").First.WaitForAsync();
    }

    [Test]
    public async Task Emoji_puts_the_reminders_off_and_taking_it_away_takes_that_back()
    {
        const string Printer = "Where is the printer?";
        var (emma, bruno) = (await OpenAsync(Emma), await OpenAsync(SampleWorkspace.Bruno));
        await emma.WriteAsync(Printer);
        await bruno.PickEmojiAsync(Printer, "zzz");
        var request = bruno.OnHome(Printer);
        await bruno.RefreshHomeUntilAsync(request.Filter(new() { HasText = "reminders wait until tomorrow" }), Demo.Limit);

        await bruno.OpenChannelAsync(SampleWorkspace.Help);
        await bruno.InChannel(Printer).Locator(".reaction[data-reaction='zzz']").ClickAsync();
        await bruno.RefreshHomeUntilAsync(request.Filter(new() { HasNotText = "reminders wait until tomorrow" }), Demo.Limit);
    }

    [Test]
    public async Task What_waits_after_all_its_reminders_is_listed_when_work_begins()
    {
        var bruno = await OpenAsync(SampleWorkspace.Bruno);
        // David has been waiting since before midnight, when work begins here: he is on today's list.
        var list = bruno.InChannel("waiting for an answer for long").First;
        await Expect(list).ToContainTextAsync("rotate the key of the payments sandbox");
        await Expect(list).Not.ToContainTextAsync("the nightly import of the warehouse");
        await Expect(list.Locator("a", new() { HasText = "rotate the key" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("/archives/"));
    }

    [Test]
    public async Task Somebody_else_goes_on_call_and_the_channel_is_told()
    {
        var bruno = await OpenAsync(SampleWorkspace.Bruno);
        await bruno.WriteAsync("/subot oncall set @chloe");
        await bruno.InChannel("is on call from now on").First.WaitForAsync();
        await bruno.WriteAsync("/subot oncall");
        await bruno.ForMe("chloe").First.WaitForAsync();
    }

    [Test]
    public async Task Commands_answer_the_person_alone([Values("help", "open", "health", "team", "answers", "stats vault", "stats lastweek", "report", "answers test The build is red")] string command)
    {
        var bruno = await OpenAsync(SampleWorkspace.Bruno);
        await bruno.WriteAsync($"/subot {command}");
        await bruno.ForMe("").First.WaitForAsync();
        await Expect(bruno.ForMe("").First).Not.ToContainTextAsync("There is no command");
    }

    [Test]
    public async Task Shortcut_solves_a_request_and_the_home_shows_the_queue()
    {
        var (emma, bruno) = (await OpenAsync(Emma), await OpenAsync(SampleWorkspace.Bruno));
        await emma.WriteAsync("My badge does not open the door");
        await bruno.InChannel("My badge").WaitForAsync();
        await bruno.OpenHomeAsync();
        await Expect(bruno.Home).ToContainTextAsync("My badge does not open the door");
        await bruno.OpenChannelAsync(SampleWorkspace.Help);
        await bruno.UseShortcutAsync(bruno.InChannel("My badge"), "solve");
        await bruno.ForMe("solved").First.WaitForAsync();
        await bruno.OpenHomeAsync();
        await bruno.Home.Locator("[data-action-id='home_refresh']").ClickAsync();
        await Expect(bruno.Home).Not.ToContainTextAsync("My badge does not open the door");
        await SaveAsync(bruno, "home.png");
    }

    [Test]
    public async Task Who_joins_is_welcomed()
    {
        var greta = await OpenAsync("U0GRETA001");
        Demo.Simulator.Workspace.Leave("U0GRETA001", SampleWorkspace.Help);
        Demo.Simulator.Workspace.Join("U0GRETA001", SampleWorkspace.Help);
        await greta.ForMe("Welcome to the support channel").WaitForAsync();
    }
}
