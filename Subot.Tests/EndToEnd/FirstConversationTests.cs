using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Slash;
using Subot.Demo.Sample;
using static Microsoft.Playwright.Assertions;

namespace Subot.Tests.EndToEnd;

/// <summary>The way of a first conversation, in a browser, through workspace, bot and store.</summary>
public sealed class FirstConversationTests
{
    private const string Question = "The staging database refuses my password. What changed?";
    private const string Answer = "It was rotated this morning: the new one is in the vault.";

    [Test]
    public async Task A_question_is_answered_solved_and_counted()
    {
        await using var browser = await Browser.StartAsync();
        await using var demo = await DemoRun.StartAsync(SampleWorkspace.Create(withPast: false, TimeProvider.System));
        var david = await ChatPage.OpenAsync(browser, demo.Simulator.Url, SampleWorkspace.David);
        var bruno = await ChatPage.OpenAsync(browser, demo.Simulator.Url, SampleWorkspace.Bruno);

        await david.WriteAsync(Question);
        await david.OpenThreadAsync(Question);
        await david.InThread("Thanks for your message!").WaitForAsync();

        await bruno.OpenThreadAsync(Question);
        await bruno.ReplyAsync(Answer);
        await david.InThread(Answer).WaitForAsync();
        await bruno.ReactAsync(Question, "heavy_check_mark");
        await demo.Simulator.Hub.WaitUntilAtMostAsync(0, demo.Limit);
        await david.WriteAsync("/subot stats");
        var numbers = david.ForMe("The last 7 days");
        await numbers.WaitForAsync();

        var response = (int)(await ChatPage.TsOfAsync(david.InThread(Answer)) - await ChatPage.TsOfAsync(david.InThread(Question)));
        await Expect(numbers).ToContainTextAsync("Requests: 1 · solved: 1 (100%) · open: 0");
        await Expect(numbers).ToContainTextAsync($"First response: median {StatsAnswer.Humane(response)}");
        await Expect(numbers).ToContainTextAsync("(1 answered, 0 waiting)");
        await Expect(bruno.ForMe("The last 7 days")).ToHaveCountAsync(0);
        Assert.That(await david.InThread("Thanks for your message!").CountAsync(), Is.EqualTo(1));
        await demo.StopAsync();
        await using var store = demo.OpenStore();
        Assert.That((await Check.RunAsync(store, demo.Limit)).Differences, Is.Empty);
    }
}
