using NUnit.Framework;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>Open spans, reopenings and rates.</summary>
public sealed class BacklogTests
{
    private const double Day = 24 * 60;

    [Test]
    public void Request_is_open_from_its_root_until_just_before_its_closing()
    {
        var story = Asked().Says(T, 5).Adds(Q, 10);

        Assert.That(story.Open(), Is.EqualTo("0-10"));
        Assert.That(story.WasOpenAt(-1), Is.False);
        Assert.That(story.WasOpenAt(0), Is.True);
        Assert.That(story.WasOpenAt(10), Is.False);
    }

    [Test]
    public void Each_reopening_begins_another_span() =>
        Assert.That(Asked().Adds(T, 5).Says(Q, 10).Adds(T, 15).Says(Q, 20).Open(), Is.EqualTo("0-5 10-15 20-"));

    [Test]
    public void Taking_the_emoji_away_is_no_reopening()
    {
        var story = Asked().Adds(T, 5).Removes(T, 8);

        Assert.That(story.Open(), Is.EqualTo("0-"));
        Assert.That(story.Numbers().Reopenings, Is.Zero);
    }

    [Test]
    public void Emoji_of_another_keeps_the_solving_and_its_moment()
    {
        var story = Asked().Adds(Q, 5).Adds(T, 7).Removes(Q, 8);

        Assert.That(story.Open(), Is.EqualTo("0-5"));
        Assert.That(Wall(story.Numbers().LastSolved), Is.EqualTo(Ended(5)));
        Assert.That(story.Removes(T, 9).Open(), Is.EqualTo("0-"));
    }

    [Test]
    public void Vote_holds_the_solving_when_the_emoji_goes()
    {
        Assert.That(Asked().Adds(Q, 5).Votes(Q, 6, useful: true).Removes(Q, 7).Open(), Is.EqualTo("0-5"));
        Assert.That(Asked().Votes(Q, 5, useful: true).Adds(Q, 6).Removes(Q, 7).Open(), Is.EqualTo("0-5"));
    }

    [Test]
    public void Emoji_of_a_third_person_or_the_bot_or_of_another_kind_solves_nothing() =>
        Assert.That(Asked().Adds(X, 5).Adds(Self, 6).Adds(Q, 7, "tada").Adds(T, 8, Eyes).Open(), Is.EqualTo("0-"));

    [Test]
    public void Vote_of_somebody_else_says_nothing()
    {
        var numbers = Asked().Votes(T, 5, useful: true).Tally(10);

        Assert.That(numbers.Solved, Is.Zero);
        Assert.That(numbers.Usefulness, Is.Null);
    }

    [Test]
    public void Last_vote_counts()
    {
        var numbers = Asked().Votes(Q, 5, useful: true).Votes(Q, 6, useful: false).Tally(10);

        Assert.That((numbers.Useful, numbers.Useless, numbers.Usefulness), Is.EqualTo((0L, 1L, 0.0)));
    }

    [Test]
    public void Reopening_within_seven_days_counts_in_the_rate()
    {
        Assert.That(Asked().Adds(T, 5).Says(Q, 5 + 7 * Day).Tally(20 * Day).ReopenRate, Is.EqualTo(1.0));
        Assert.That(Asked().Adds(T, 5).Says(Q, 5.1 + 7 * Day).Tally(20 * Day).ReopenRate, Is.EqualTo(0.0));
        Assert.That(Asked().Adds(T, 5).Says(Q, 5.1 + 7 * Day).Tally(20 * Day).ReopenedThreads, Is.EqualTo(1));
    }

    [Test]
    public void Rates_over_nothing_are_unknown()
    {
        var numbers = Empty().Says(T, 0).Tally(10);

        Assert.That(numbers.Requests, Is.Zero);
        Assert.That((numbers.ResolutionRate, numbers.ReopenRate, numbers.Usefulness, numbers.Target.MetRate), Is.EqualTo(((double?)null, (double?)null, (double?)null, (double?)null)));
    }

    [Test]
    public void Responder_is_the_author_of_the_last_team_message_before_it_was_solved()
    {
        Assert.That(Asked().Says(T, 1).Says(T2, 2).Adds(Q, 3).Says(T, 4).State().Course!.Responder, Is.EqualTo(T2));
        Assert.That(Asked().Says(T, 1).Adds(Q, 3).Says(T2, 4).Removes(Q, 5).State().Course!.Responder, Is.EqualTo(T2));
    }

    [Test]
    public void Reply_to_a_solved_request_answers_it_when_it_is_reopened_and_solved_again() =>
        Assert.That(Asked().Says(T, 1).Adds(Q, 3).Says(T2, 4).Says(Q, 5).Adds(Q, 6).State().Course!.Responder, Is.EqualTo(T2));

    [Test]
    public void Busiest_hour_is_local()
    {
        var newYork = Settings with { TimeZone = "America/New_York" };

        Assert.That(Asked().Numbers().HourOfWeek, Is.EqualTo(9));
        Assert.That(Asked().With(newYork).Numbers().HourOfWeek, Is.EqualTo(4));
    }

    [Test]
    public void Corrections_solve_and_reopen()
    {
        var story = Asked().Corrects(Subot.Domain.Facts.CorrectionKind.Solve, 5).Adds(Q, 6).Removes(Q, 7);
        Assert.That(story.Open(), Is.EqualTo("0-5"));

        story.Corrects(Subot.Domain.Facts.CorrectionKind.Reopen, 10);
        Assert.That(story.Open(), Is.EqualTo("0-5 10-"));
    }
}
