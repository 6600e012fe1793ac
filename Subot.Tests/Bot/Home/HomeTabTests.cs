using NUnit.Framework;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;
using ShownView = Subot.Simulator.Interactions.View;

namespace Subot.Tests.Bot.Home;

/// <summary>The app's home as people open it and press in it.</summary>
public sealed class HomeTabTests : BotFixture
{
    [Test]
    public async Task Team_sees_what_waits_and_solves_it_there()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await AcknowledgedAsync();
        var home = await OpenAsync(Tim, "1 request waits for the team");
        Assert.That(Shown(home), Does.Contain("The printer is on fire").And.Contain($"p{asked.Ts.Replace(".", "")}").And.Contain($"<@{Ann}>").And.Contain("Nobody is on call"));

        await ChooseAsync(home, $"solve:{Help}:{asked.Ts}");
        await Simulator.Views.FirstAsync(v => v.IsHome && v.User == Tim && Shown(v).Contains("Nothing waits for the team"), Limit);
        Assert.That((await ThreadAsync(asked))!.Thread.State.Status, Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public async Task Reminders_are_put_off_there()
    {
        await StartBotAsync();
        var asked = Ask(Ann);
        await AcknowledgedAsync();
        var home = await OpenAsync(Tim, "1 request waits");
        await ChooseAsync(home, $"snooze:{Help}:{asked.Ts}");
        await Simulator.Views.FirstAsync(v => v.IsHome && v.User == Tim && Shown(v).Contains("reminders wait until tomorrow"), Limit);
        Assert.That((await ThreadAsync(asked))!.Thread.State.Snoozes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Others_see_their_own_requests_and_how_to_ask()
    {
        await StartBotAsync();
        var mine = Ask(Ann);
        Ask(Bob, "Secret matter of Bob");
        await AcknowledgedAsync();
        var home = await OpenAsync(Ann, "Your open request");
        Assert.That(Shown(home), Does.Contain("The printer is on fire").And.Contain("waits for its first answer").And.Contain("Welcome to the support channel").And.Not.Contain("Secret"));
        Assert.That(Shown(home), Does.Not.Contain("home_request"), "nothing to solve there");

        Answer(mine, Tim);
        await AcknowledgedAsync();
        Assert.That((await Simulator.Interactions.PressViewButtonAsync(home.Id, "home_refresh", Limit)).Error, Is.Null);
        await Simulator.Views.FirstAsync(v => v.IsHome && v.User == Ann && Shown(v).Contains("your turn since"), Limit);
    }

    [Test]
    public async Task Trouble_of_the_store_is_told_in_the_tab()
    {
        var full = false;
        await StartBotAsync((store, slack) => (Between.Put(store, (method, _, next) =>
            full && method == nameof(IStore.CommitAsync) ? throw new StoreException("The disk is full.", mayPass: true) : next()), slack));
        var asked = Ask(Ann);
        await AcknowledgedAsync();
        var home = await OpenAsync(Tim, "1 request waits");
        full = true;
        await ChooseAsync(home, $"solve:{Help}:{asked.Ts}");
        await Simulator.Views.FirstAsync(v => v.IsHome && v.User == Tim && Shown(v).Contains("could not be stored just now: The disk is full."), Limit);
        full = false;
    }

    [Test]
    public async Task Home_that_is_not_switched_on_is_told_once_and_the_rest_goes_on()
    {
        var asked = 0;
        var third = new TaskCompletionSource();
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, _, next) =>
        {
            if (method != nameof(ISlackApi.PublishViewAsync))
                return next();
            if (++asked == 3)
                third.SetResult();
            throw new SlackException("views.publish", "not_enabled", SlackErrorKind.Unknown);
        })));
        for (var i = 0; i < 3; i++)
            Simulator.Interactions.OpenHome(Tim);
        await third.Task.WaitAsync(Limit);
        Assert.That(Logs.Count("Home tabs are off (not_enabled)"), Is.EqualTo(1));
        await RepliedAsync(Ask(Ann));
    }

    private async Task<ShownView> OpenAsync(string user, string shows)
    {
        Workspace.PersonOrNew(user);
        Simulator.Interactions.OpenHome(user);
        return await Simulator.Views.FirstAsync(v => v.IsHome && v.User == user && Shown(v).Contains(shows), Limit);
    }

    private async Task ChooseAsync(ShownView home, string value)
    {
        var outcome = await Simulator.Interactions.PressViewButtonAsync(home.Id, "home_request", Limit, chosen: [value]);
        Assert.That(outcome.Error, Is.Null);
    }

    private static string Shown(ShownView view) => System.Text.RegularExpressions.Regex.Unescape(view.Json["blocks"]!.ToJsonString());
}
