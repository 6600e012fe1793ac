using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Slack;

namespace Subot.Tests.Desk;

/// <summary>A request that is edited before the bot gets to reply.</summary>
public sealed class EditedRequestTests
{
    private const string Ann = "U0ANN";

    [TestCase("git is slow", "the printer is slow", true)]
    [TestCase("the printer is slow", "git is slow", false)]
    public async Task Reply_answers_what_the_request_said_when_it_was_recorded(string text, string edited, bool isAnswered)
    {
        await using var desk = new SupportDesk("Europe/Paris", new DateTime(2026, 3, 2, 10, 0, 0));
        (desk.Slack.Names[Ann], desk.Parameters["SUBOT_TEAM"]) = ("Ann", "U0TIM");
        await desk.StartAsync();
        await desk.ChangeAsync(s => s with
        {
            Tools = [new Tag("git", "Git", [new Pattern(PatternKind.Word, "git")])],
            Answers = [new Answer("slow", "git", null, "Git is slow on Mondays.")],
        });

        // The next second: settings count from the moment after they were written.
        await desk.UntilAsync(new DateTime(2026, 3, 2, 10, 1, 0));
        desk.Slack.BeforePost = _ => throw new SlackException("chat.postMessage", "ratelimited", SlackErrorKind.RateLimited) { RetryAfter = TimeSpan.FromSeconds(20) };
        var asked = await desk.SayAsync(Ann, "ASKED", text);
        await desk.HearAsync(Edited(asked, text, edited, desk.Slack.NextTs()));
        desk.Slack.BeforePost = _ => { };
        await desk.UntilAsync(new DateTime(2026, 3, 2, 10, 5, 0));

        Assert.That(desk.Posts.Single().Text!.Contains("on Mondays"), Is.EqualTo(isAnswered), desk.Transcript);
    }

    private static MessageChanged Edited(Ts message, string before, string after, Ts at)
    {
        SlackMessage Reading(string text) => new() { Ts = message.ToString(), User = Ann, Text = text };
        return new MessageChanged(SupportDesk.Help, "channel", at.ToString(), Reading(after), Reading(before), at.ToString());
    }
}
