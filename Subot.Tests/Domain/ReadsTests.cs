using NUnit.Framework;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>Reads of history show the present, not the past.</summary>
public sealed class ReadsTests
{
    [Test]
    public void Emoji_removed_within_the_second_of_the_read_ends_at_its_removal()
    {
        // The time of a read is cut to a second: this one came after the removal.
        var story = Asked().Adds(Q, 10).Read(100).Says(Q, 100 + 0.2 / 60).Removes(Q, 100 + 0.5 / 60);
        Assert.That(story.Numbers().Reopenings, Is.EqualTo(1));
    }

    [Test]
    public void Emoji_without_a_time_solves_at_an_unknown_time()
    {
        var story = Asked().Says(T, 5).Says(Q, 8).Read(100, (Q, Check));
        var numbers = story.Numbers();

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(Nothing));
        Assert.That(Wall(numbers.LastSolved), Is.EqualTo(Nothing));
        Assert.That(Wall(numbers.WaitingOnTeam), Is.EqualTo(Nothing));
        Assert.That(story.Open(), Is.EqualTo("0-8"));
        Assert.That((numbers.CloseEstimated, numbers.EverSolved), Is.EqualTo((true, true)));
        Assert.That(story.Tally(200).ResolutionRate, Is.EqualTo(1.0));
    }

    [Test]
    public void Thread_closed_at_an_unknown_time_without_an_answer_is_in_no_duration()
    {
        var numbers = Asked().Read(100, (Q, Check)).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(Nothing));
        Assert.That(Wall(numbers.Acknowledged), Is.EqualTo(Nothing));
    }

    [Test]
    public void Message_after_the_read_reopens_and_one_before_it_does_not()
    {
        Assert.That(Asked().Says(Q, 50).Read(100, (Q, Check)).Numbers().Reopenings, Is.Zero);
        Assert.That(Asked().Read(100, (Q, Check)).Says(Q, 150).Open(), Is.EqualTo("0-0 150-"));
    }

    [Test]
    public void Addition_known_with_its_own_time_gives_the_solving_its_time() =>
        Assert.That(Wall(Asked().Adds(Q, 10).Read(100, (Q, Check)).Numbers().LastSolved), Is.EqualTo(Ended(10)));

    [Test]
    public void Addition_within_the_second_of_the_read_is_what_the_read_showed()
    {
        var story = Asked().Read(100, (Q, Check)).Adds(Q, 100 + 0.5 / 60);

        Assert.That(Wall(story.Numbers().LastSolved).Item1, Is.EqualTo(Subot.Domain.Numbers.MeasureKind.Done));
    }

    [Test]
    public void Addition_within_the_second_of_a_read_is_no_mere_step()
    {
        var settings = SettingsHistory.Always(Settings);
        var state = Asked().Read(100, (Q, Check)).State();
        var addition = new ReactionFact(At(100 + 0.5 / 60), true, Root, Check, Q, false);

        Assert.That(ThreadProjection.TryStep(state, addition, settings), Is.False);
        Assert.That(ThreadProjection.TryStep(state, addition with { Time = At(101) }, settings), Is.True);
    }

    [Test]
    public void Addition_within_two_seconds_of_the_time_of_a_read_is_what_it_showed()
    {
        // A server may tell a time that is a second old, and cuts it.
        var story = Asked().Read(100, (Q, Check)).Adds(Q, 100 + 1.9 / 60);
        Assert.That(Wall(story.Numbers().LastSolved).Item1, Is.EqualTo(Subot.Domain.Numbers.MeasureKind.Done));
    }

    [Test]
    public void What_a_read_showed_before_an_instant_had_happened_at_it_also_after_a_later_read()
    {
        var (first, later) = (new SnapshotFact(At(50), [new(Check, Q, false, At(50), true)], []), new SnapshotFact(At(100), [], []));
        var story = Asked().Says(T, 5).Fact(SnapshotFact.Merge(first, later)).Says(Q, 120);

        Assert.That(Asked().Says(T, 5).Fact(first).State(60).Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(story.State(60).Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(story.State(50).Status, Is.EqualTo(ThreadStatus.Responded));
        Assert.That(story.State(110).Status, Is.EqualTo(ThreadStatus.Responded));
    }

    [Test]
    public void Emoji_that_a_read_no_longer_shows_was_taken_away()
    {
        Assert.That(Asked().Adds(Q, 10).Read(100).State().Status, Is.EqualTo(ThreadStatus.Unresponded));
        Assert.That(Asked().Read(50, (Q, Check)).Read(100).State().Status, Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public void Absence_from_a_cut_list_says_nothing()
    {
        var cut = new SnapshotFact(At(100), [], [Check]);

        Assert.That(Asked().Adds(Q, 10).Fact(cut).State().Status, Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public void Emoji_put_back_unseen_stands_again()
    {
        var story = Asked().Read(50, (Q, Check)).Removes(Q, 60).Read(100, (Q, Check));

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public void Emoji_put_back_within_the_second_of_a_later_read_has_its_own_time()
    {
        var story = Asked().Read(50, (Q, Check)).Removes(Q, 60).Read(100, (Q, Check)).Adds(Q, 100 + 0.5 / 60);

        Assert.That(Wall(story.Numbers().LastSolved).Item1, Is.EqualTo(Subot.Domain.Numbers.MeasureKind.Done));
    }

    [Test]
    public void Emoji_of_the_bot_solves_only_when_a_read_finds_it()
    {
        Assert.That(Asked().Adds(Self, 5).State().Status, Is.EqualTo(ThreadStatus.Unresponded));
        Assert.That(Asked().Read(5, (Self, Check)).State().Status, Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public void Acknowledgement_found_by_a_read_has_no_duration()
    {
        Assert.That(Wall(Asked().Read(5, (T, Eyes)).Says(T, 10).Numbers().Acknowledged), Is.EqualTo(Nothing));
        Assert.That(Wall(Asked().Says(T, 3).Read(5, (T, Eyes)).Numbers().Acknowledged), Is.EqualTo(Ended(3)));
    }

    [Test]
    public void Dismissal_found_by_a_read_counts() =>
        Assert.That(Asked().Read(5, (T, NotARequest)).State().Status, Is.EqualTo(ThreadStatus.Dismissed));
}
