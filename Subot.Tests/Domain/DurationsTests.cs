using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>Every duration, on both clocks. The root is at 9:00 UTC; the team works from 10:00 to 13:00 and from 14:00 to 19:00.</summary>
public sealed class DurationsTests
{
    [Test]
    public void Working_seconds_count_only_inside_the_slots()
    {
        var numbers = Asked().Says(T, 90).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(90)));
        Assert.That(Working(numbers.FirstResponse), Is.EqualTo(30));
    }

    [Test]
    public void Working_clock_stands_still_over_the_break_and_the_night()
    {
        var numbers = Asked().Says(T, 24 * 60 + 120).Numbers();

        Assert.That(Working(numbers.FirstResponse), Is.EqualTo(8 * 60 + 60));
    }

    [Test]
    public void Answer_before_the_working_hours_took_no_working_time()
    {
        var numbers = Asked().Says(T, 30).Tally(60);

        Assert.That(numbers.FirstResponseWorking.MeanSeconds, Is.Zero);
        Assert.That(numbers.FirstResponseWorking.Zeros, Is.EqualTo(1));
        Assert.That(numbers.FirstResponse.Zeros, Is.Zero);
    }

    [Test]
    public void Seconds_are_rounded_down()
    {
        var story = Asked().Fact(new MessageFact(new Ts(Root.Micros + 59_999_999), T, AuthorKind.Person, Verdicts.None));

        Assert.That(story.Numbers().FirstResponse.Wall, Is.EqualTo(59));
    }

    [Test]
    public void Acknowledging_emoji_of_the_team_acknowledges()
    {
        var numbers = Asked().Adds(X, 1, Eyes).Adds(Q, 2, Eyes).Adds(T, 3, Eyes).Says(T, 10).Numbers();

        Assert.That(Wall(numbers.Acknowledged), Is.EqualTo(Ended(3)));
        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(10)));
    }

    [Test]
    public void Team_reply_acknowledges_too() =>
        Assert.That(Wall(Asked().Says(T, 3).Adds(T, 4, Eyes).Numbers().Acknowledged), Is.EqualTo(Ended(3)));

    [Test]
    public void Next_response_begins_with_the_first_message_after_the_first_reply()
    {
        var numbers = Asked().Says(T, 5).Thanks(Q, 6).Says(Q, 10).Says(Q, 12).Says(T2, 30).Says(Q, 40).Says(T, 41).Numbers();

        Assert.That(Wall(numbers.NextResponse), Is.EqualTo(Ended(20)));
    }

    [Test]
    public void Next_response_waits_while_nobody_answers() =>
        Assert.That(Wall(Asked().Says(T, 5).Says(Q, 10).Numbers().NextResponse), Is.EqualTo(WaitingSince(10)));

    [Test]
    public void Next_response_of_a_closed_thread_lasted_at_least_until_the_closing() =>
        Assert.That(Wall(Asked().Says(T, 5).Says(Q, 10).Adds(Q, 25).Numbers().NextResponse), Is.EqualTo(AtLeast(15)));

    [Test]
    public void First_and_last_solved_differ_after_a_reopening()
    {
        var numbers = Asked().Adds(T, 5).Says(Q, 10).Adds(Q, 20).Numbers();

        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(Ended(5)));
        Assert.That(Wall(numbers.LastSolved), Is.EqualTo(Ended(20)));
    }

    [Test]
    public void Reopened_thread_is_not_solved_last()
    {
        var numbers = Asked().Adds(T, 5).Says(Q, 10).Numbers();

        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(Ended(5)));
        Assert.That(Wall(numbers.LastSolved), Is.EqualTo(Nothing));
    }

    [Test]
    public void Turns_add_up_to_the_time_in_which_it_was_open()
    {
        var numbers = Asked().Says(T, 5).Says(T2, 6).Says(Q, 10).Says(Q, 11).Says(X, 12).Says(T, 30).Adds(Q, 70).Numbers();

        Assert.That(Wall(numbers.WaitingOnTeam), Is.EqualTo(Ended(25)));
        Assert.That(Wall(numbers.WaitingOnRequester), Is.EqualTo(Ended(45)));
        Assert.That(Working(numbers.WaitingOnRequester), Is.EqualTo(10));
    }

    [Test]
    public void Closed_time_is_nobodys_turn()
    {
        var numbers = Asked().Says(T, 5).Adds(T, 10).Says(Q, 40).Says(T, 42).Adds(Q, 43).Numbers();

        Assert.That(Wall(numbers.WaitingOnTeam), Is.EqualTo(Ended(7)));
        Assert.That(Wall(numbers.WaitingOnRequester), Is.EqualTo(Ended(6)));
    }

    [Test]
    public void Running_turn_keeps_a_virtual_start()
    {
        var story = Asked().Says(T, 5).Says(Q, 10);

        // Five minutes passed before the turn that began at minute 10.
        Assert.That(Wall(story.Numbers().WaitingOnTeam), Is.EqualTo(WaitingSince(5)));
        Assert.That(Wall(story.Numbers().WaitingOnRequester), Is.EqualTo(Ended(5)));
        Assert.That(story.Tally(30).WaitingOnTeam.Waiting, Is.EqualTo(1));
    }

    [Test]
    public void Requester_without_a_turn_waited_for_nothing() =>
        Assert.That(Wall(Asked().Adds(Q, 5).Numbers().WaitingOnRequester), Is.EqualTo(Nothing));

    [Test]
    public void Courtesies_and_third_persons_and_the_bot_change_no_turn()
    {
        var numbers = Asked().BotAnswers(1).Thanks(T, 2).Says(X, 3).Says(T, 5).Thanks(Q, 6).BotAnswers(7).Says(X, 8).Adds(Q, 9).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(5)));
        Assert.That(Wall(numbers.WaitingOnTeam), Is.EqualTo(Ended(5)));
        Assert.That(Wall(numbers.WaitingOnRequester), Is.EqualTo(Ended(4)));
    }

    [Test]
    public void Waiting_thread_is_as_old_as_the_moment_says_on_both_clocks()
    {
        var numbers = Asked().Tally(150);

        Assert.That(numbers.FirstResponse, Has.Property("Waiting").EqualTo(1).And.Property("N").Zero);
        Assert.That(Asked().Numbers(150).FirstResponse.Wall, Is.EqualTo(Root.CeilingSeconds));
        var clock = SettingsHistory.Always(Settings).Latest.Clock;
        Assert.That(Asked().Numbers(150).FirstResponse.Working, Is.EqualTo(clock.At(Root) / Ts.Second));
    }

    [Test]
    public void Thread_keeps_the_calendar_that_was_valid_at_its_root()
    {
        var roundTheClock = Settings with { WorkingHours = WorkingHours.Parse("Mon-Sun 00:00-24:00") };
        var changed = new SettingsHistory(new SettingsVersion(1, Ts.Zero, Settings, "a"), new SettingsVersion(2, At(10), roundTheClock, "b"));
        var before = new SettingsHistory(new SettingsVersion(1, Ts.Zero, Settings, "a"), new SettingsVersion(2, At(-10), roundTheClock, "b"));

        Assert.That(Working(Asked().Says(T, 90).With(changed).Numbers().FirstResponse), Is.EqualTo(30));
        Assert.That(Working(Asked().Says(T, 90).With(before).Numbers().FirstResponse), Is.EqualTo(90));
        Assert.That(Asked().With(before).Numbers().Calendar, Is.EqualTo(1), "the second of the calendars");
    }

    [Test]
    public void Membership_is_judged_at_each_message()
    {
        var later = Settings with { Team = [X.Value] };
        var changed = new SettingsHistory(new SettingsVersion(1, Ts.Zero, Settings, "a"), new SettingsVersion(2, At(10), later, "b"));

        Assert.That(Wall(Asked().Says(X, 5).Says(X, 15).With(changed).Numbers().FirstResponse), Is.EqualTo(Ended(15)));
        Assert.That(Wall(Asked().Says(T, 5).Says(T, 15).With(changed).Numbers().FirstResponse), Is.EqualTo(Ended(5)));
        Assert.That(Wall(Asked().Says(T, 15).With(changed).Numbers().FirstResponse), Is.EqualTo(WaitingSince(0)));
        Assert.That(Asked().Adds(T, 15).With(changed).Numbers().EverSolved, Is.False);
    }

    [Test]
    public void Requester_who_joined_the_team_is_still_the_requester()
    {
        var later = Settings with { Team = [Q.Value, T.Value] };
        var changed = new SettingsHistory(new SettingsVersion(1, Ts.Zero, Settings, "a"), new SettingsVersion(2, At(10), later, "b"));

        Assert.That(Wall(Asked().Says(Q, 15).With(changed).Numbers().FirstResponse), Is.EqualTo(WaitingSince(0)));
    }
}
