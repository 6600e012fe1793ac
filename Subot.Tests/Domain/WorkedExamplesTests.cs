using NUnit.Framework;
using Subot.Domain.Projection;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>The worked examples of the definitions, in minutes after the root.</summary>
public sealed class WorkedExamplesTests
{
    [Test]
    public void Team_reply_after_the_requester_solved_is_still_the_first_response()
    {
        var numbers = Asked().Adds(Q, 10).Says(T, 60).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(60)));
        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(Ended(10)));
    }

    [Test]
    public void First_response_counts_from_the_reopening_when_no_team_reply_came_before_the_solving()
    {
        var story = Asked().BotAnswers(1).Votes(Q, 5, useful: true).Says(Q, 20).Says(T, 30);
        var numbers = story.Numbers();

        Assert.That(story.Open(), Is.EqualTo("0-5 20-"));
        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(10)));
        Assert.That(numbers.Reopenings, Is.EqualTo(1));
    }

    [Test]
    public void First_response_counts_from_the_root_when_a_team_reply_came_before_the_solving()
    {
        var numbers = Asked().BotAnswers(1).Says(T, 3).Votes(Q, 5, useful: true).Says(Q, 20).Says(T, 30).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(3)));
        Assert.That(Wall(numbers.NextResponse), Is.EqualTo(Ended(10)));
    }

    [Test]
    public void Solving_that_was_undone_never_was()
    {
        var numbers = Asked().Adds(Q, 5).Removes(Q, 6).Says(T, 30).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(30)));
        Assert.That(numbers.EverSolved, Is.False);
        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(WaitingSince(0)));
    }

    [Test]
    public void Emoji_added_anew_after_a_reopening_solves_again()
    {
        var story = Asked().Adds(T, 5).Says(Q, 10).Removes(T, 12).Adds(T, 13);
        var numbers = story.Numbers();

        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(Ended(5)));
        Assert.That(numbers.Reopenings, Is.EqualTo(1));
        Assert.That(Wall(numbers.LastSolved), Is.EqualTo(Ended(13)));
        Assert.That(story.Open(), Is.EqualTo("0-5 10-13"));
    }

    [Test]
    public void First_response_waits_while_the_team_only_reacted()
    {
        var story = Asked().Adds(T, 5).Says(Q, 10).Removes(T, 12);

        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(WaitingSince(10)));
    }

    [Test]
    public void Emoji_of_an_ended_solving_holds_nothing()
    {
        var story = Asked().Adds(T, 5).Says(Q, 10).Adds(T2, 15, OtherCheck).Removes(T2, 16, OtherCheck);

        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(WaitingSince(10)));
        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Unresponded));
        Assert.That(story.Open(), Is.EqualTo("0-5 10-"));
    }

    [Test]
    public void Third_person_is_no_responder()
    {
        var story = Asked().Says(X, 4).Adds(Q, 9);

        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(AtLeast(9)));
        Assert.That(story.State().Course!.Responder, Is.Null);
    }

    [Test]
    public void Team_reply_that_was_deleted_stays_the_first_response() =>
        Assert.That(Wall(Asked().Says(T, 4).Deletes(4, 5).Numbers().FirstResponse), Is.EqualTo(Ended(4)));

    [Test]
    public void Reopening_message_that_was_deleted_was_not_said()
    {
        var story = Asked().Adds(T, 10).Says(Q, 20).Deletes(20, 21);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(Wall(story.Numbers().LastSolved), Is.EqualTo(Ended(10)));
        Assert.That(story.Numbers().Reopenings, Is.Zero);
    }

    [Test]
    public void Courtesy_that_is_edited_into_a_question_reopens_at_its_own_time()
    {
        var story = Asked().Adds(T, 10).Thanks(Q, 20);
        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Fixed));

        story.Edits(20, 40);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Unresponded));
        Assert.That(story.WasOpenAt(20), Is.True);
    }

    [Test]
    public void Second_message_before_any_answer_asks_for_no_next_response()
    {
        var numbers = Asked().Says(Q, 2).Says(T, 30).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Ended(30)));
        Assert.That(Wall(numbers.NextResponse), Is.EqualTo(Nothing));
    }
}
