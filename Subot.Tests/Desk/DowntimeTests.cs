using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Slack;

namespace Subot.Tests.Desk;

/// <summary>What was due while the bot was down, and what was said while it fell.</summary>
public sealed class DowntimeTests
{
    private const string Ann = "U0ANN";
    private const string Tim = "U0TIM";
    private static readonly DateTime s_monday = new(2026, 3, 2);
    private SupportDesk _desk = null!;

    [SetUp]
    public async Task StartDeskAsync()
    {
        _desk = new SupportDesk("Europe/Paris", s_monday.AddHours(9));
        (_desk.Slack.Names[Ann], _desk.Slack.Names[Tim]) = ("Ann", "Tim");
        _desk.Parameters["SUBOT_TEAM"] = Tim;
        await _desk.StartAsync();
    }

    [TearDown]
    public async Task StopDeskAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Of_the_reminders_that_were_due_meanwhile_one_is_sent_at_the_start()
    {
        await _desk.SayAsync(Ann, "ASKED", "It is broken");
        await DownAsync("10:30", "13:30");
        await UntilAsync("13:59");
        Assert.That(Said(ActionKind.Reminder), Is.EqualTo(1), _desk.Transcript);
        await UntilAsync("14:00");
        Assert.That(Said(ActionKind.Reminder), Is.EqualTo(2), _desk.Transcript);
    }

    [Test]
    public async Task Daily_list_that_was_due_meanwhile_is_sent_once_at_the_start()
    {
        await _desk.SayAsync(Ann, "ASKED", "It is broken");
        await UntilAsync("18:00");
        await DownAsync("18:30", "35:00");
        await UntilAsync("40:00");
        Assert.That(Said(ActionKind.Waiting), Is.EqualTo(1), _desk.Transcript);
    }

    [Test]
    public async Task Who_was_answered_meanwhile_is_not_reminded_of()
    {
        var asked = await _desk.SayAsync(Ann, "ASKED", "It is broken");
        await DownAsync("10:30", "13:30");
        await _desk.SayAsync(Tim, "answer", "Mended", asked);
        await UntilAsync("18:00");
        Assert.That(Said(ActionKind.Reminder), Is.Zero, _desk.Transcript);
    }

    [Test]
    public async Task Nothing_is_said_twice_though_the_bot_falls_after_each_post_before_it_writes_that_down()
    {
        _desk.Slack.AfterPost = post =>
        {
            // Once for each action: the next bot gets further.
            if (_fallen.Add(IdOf(post.Metadata)))
                throw new FallenException();
        };
        await FallAsync(() => _desk.SayAsync(Ann, "ASKED", "It is broken"));
        for (var minute = 1; minute < 26 * 60; minute++)
            await FallAsync(() => _desk.UntilAsync(s_monday.AddHours(9).AddMinutes(minute)));

        var posts = _desk.Posts.Select(p => IdOf(p.Metadata)).ToList();
        Assert.That(posts, Is.Unique, _desk.Transcript);
        Assert.That(posts.Select(BotAction.KindOf), Is.EqualTo(new ActionKind?[] { ActionKind.Reply, ActionKind.Reminder, ActionKind.Reminder, ActionKind.Reminder, ActionKind.Waiting }));
        Assert.That(_fallen, Is.EquivalentTo(posts), "each of them was the last word of a bot");
    }

    [Test]
    public async Task Reminder_whose_reason_went_away_before_it_was_sent_is_sent_when_the_request_waits_again([Values(1, 5)] int requests)
    {
        List<Ts> asked = [];
        for (var i = 0; i < requests; i++)
            asked.Add(await _desk.SayAsync(Ann, $"ASKED{i}", "It is broken"));
        // Slack does not tell names for a while: the reminder has to wait.
        _desk.Slack.Names.Remove(Ann);
        await UntilAsync("11:01");
        _desk.Slack.Names[Ann] = "Ann";
        await _desk.ReactAsync(Tim, asked[0], "white_check_mark");
        await UntilAsync("11:15");
        Assert.That((Said(ActionKind.Reminder), Said(ActionKind.Reminders)), Is.EqualTo((0, requests == 1 ? 0 : 1)), _desk.Transcript);

        await _desk.ReactAsync(Tim, asked[0], "white_check_mark", added: false);
        await UntilAsync("11:30");
        var reminders = _desk.Posts.Select(p => IdOf(p.Metadata)).Where(id => BotAction.KindOf(id) == ActionKind.Reminder);
        Assert.That(reminders, Is.EqualTo(new[] { $"reminder:{SupportDesk.Help}:{asked[0]}:{asked[0]}:1" }), _desk.Transcript);
    }

    private readonly HashSet<string> _fallen = [];

    [SetUp]
    public void ForgetFalls() => _fallen.Clear();

    private static string IdOf(MessageMetadata? metadata) => metadata!.Find("id")!;

    private int Said(ActionKind kind) => _desk.Posts.Count(p => BotAction.KindOf(IdOf(p.Metadata)) == kind);

    private Task UntilAsync(string time) => _desk.UntilAsync(At(time));

    private async Task DownAsync(string from, string until)
    {
        await UntilAsync(from);
        await _desk.StopAsync();
        await UntilAsync(until);
        await _desk.StartAsync();
    }

    private async Task FallAsync(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (FallenException)
        {
            await _desk.StopAsync();
            await _desk.StartAsync();
        }
    }

    /// <summary>A time of that Monday; from 24:00 on of the days after it.</summary>
    private static DateTime At(string time) => s_monday.AddHours(int.Parse(time[..2])).AddMinutes(int.Parse(time[3..]));

    private sealed class FallenException : Exception;
}
