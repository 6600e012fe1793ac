using NUnit.Framework;
using Subot.Domain.Projection;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>Requests expire after an hour of silence here.</summary>
public sealed class ExpiryTests
{
    private static Story Asked() => Story.Asked().With(Settings with { ExpireAfterSeconds = 3600 });

    [Test]
    public void Silent_request_expires_unsolved()
    {
        var story = Asked().Says(T, 5).Expires(65, 5);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Expired));
        Assert.That(story.State().Turn, Is.EqualTo(Turn.Nobody));
        Assert.That(story.Open(), Is.EqualTo("0-65"));
        Assert.That(story.Tally(100).Solved, Is.Zero);
        Assert.That(story.Tally(100).EverSolved, Is.Zero);
    }

    [Test]
    public void Request_without_an_answer_waited_at_least_until_it_expired()
    {
        var numbers = Asked().Expires(60).Numbers();

        Assert.That(Wall(numbers.FirstResponse), Is.EqualTo(AtLeast(60)));
        Assert.That(Wall(numbers.FirstSolved), Is.EqualTo(AtLeast(60)));
    }

    [Test]
    public void Expiry_is_void_when_a_message_in_between_turns_up()
    {
        var story = Asked().Expires(60);
        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Expired));

        story.Says(Q, 30);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Unresponded));
        Assert.That(story.Open(), Is.EqualTo("0-"));
    }

    [Test]
    public void Third_persons_and_courtesies_and_the_bot_do_not_break_the_silence() =>
        Assert.That(Asked().Says(X, 30).Thanks(Q, 40).Thanks(T, 41).BotAnswers(50).Expires(60).Open(), Is.EqualTo("0-60"));

    [Test]
    public void Message_of_the_requester_opens_an_expired_request_without_reopening_it()
    {
        var story = Asked().Expires(60).Says(Q, 100).Says(T, 110);

        Assert.That(story.Open(), Is.EqualTo("0-60 100-"));
        Assert.That(story.Numbers().Reopenings, Is.Zero);
        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(Ended(10)));
    }

    [Test]
    public void Team_reply_only_answers_an_expired_request()
    {
        var story = Asked().Expires(60).Says(T, 100);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Expired));
        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(Ended(100)));
    }

    [Test]
    public void Emoji_solves_an_expired_request()
    {
        var story = Asked().Expires(60).Adds(Q, 100);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(Wall(story.Numbers().LastSolved), Is.EqualTo(Ended(100)));
        Assert.That(story.Open(), Is.EqualTo("0-60"));
        Assert.That(story.Removes(Q, 101).State().Status, Is.EqualTo(ThreadStatus.Expired));
    }

    [Test]
    public void Silence_ends_what_an_undone_solving_left_open() =>
        Assert.That(Asked().Adds(Q, 10).Removes(Q, 100).Open(), Is.EqualTo("0-60"));

    [Test]
    public void Expiry_that_time_implies_needs_no_fact()
    {
        Assert.That(Asked().Says(Q, 100).Open(), Is.EqualTo("0-60 100-"));
        Assert.That(Asked().State(60).Status, Is.EqualTo(ThreadStatus.Expired));
        Assert.That(Asked().State(59).Status, Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public void Emoji_found_by_a_read_closes_at_the_last_message_whether_or_not_the_expiry_was_recorded()
    {
        var unrecorded = Asked().Says(T, 5).Read(100, (Q, Check));
        var recorded = Asked().Says(T, 5).Expires(65, 5).Read(100, (Q, Check));

        Assert.That(unrecorded.Open(), Is.EqualTo("0-5"));
        Assert.That(recorded.Open(), Is.EqualTo("0-5"));
        Assert.That(recorded.Numbers(), Is.EqualTo(unrecorded.Numbers()));
    }

    [Test]
    public void Nothing_expires_when_nothing_is_set() =>
        Assert.That(Story.Asked().With(Settings with { ExpireAfterSeconds = null }).State(1_000_000).Status, Is.EqualTo(ThreadStatus.Unresponded));
}
