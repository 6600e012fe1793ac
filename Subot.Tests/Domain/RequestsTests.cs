using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>What is a request, and what is none.</summary>
public sealed class RequestsTests
{
    private static Story Rooted(UserId? author, AuthorKind kind, params IReadOnlyList<UserId> mentions) =>
        Empty().Fact(new MessageFact(Root, author, kind, Verdicts.None with { Mentions = [.. mentions] }));

    [Test]
    public void Person_outside_the_team_asks() => Assert.That(Asked().State().Kind, Is.EqualTo(RootKind.Request));

    [Test]
    public void Message_of_the_team_is_no_request() => Assert.That(Empty().Says(T, 0).State().Kind, Is.EqualTo(RootKind.Team));

    [TestCase(AuthorKind.Bot, RootKind.Bot)]
    [TestCase(AuthorKind.Self, RootKind.Bot)]
    [TestCase(AuthorKind.Notice, RootKind.Other)]
    [TestCase(AuthorKind.Tombstone, RootKind.Deleted)]
    public void Bots_notices_and_tombstones_are_no_requests(AuthorKind author, RootKind kind) =>
        Assert.That(Rooted(X, author).State().Kind, Is.EqualTo(kind));

    [Test]
    public void Replies_without_their_root_are_no_request()
    {
        var numbers = Empty().Says(Q, 5).Says(T, 6).Adds(T, 7).Tally(10);

        Assert.That((numbers.Requests, numbers.RepliesWithoutRoot, numbers.Messages), Is.EqualTo((0L, 2L, 2L)));
    }

    [Test]
    public void Workflow_post_asks_for_the_first_person_it_mentions()
    {
        var story = Rooted(null, AuthorKind.Workflow, Q, X).Says(T, 5).Says(Q, 10);

        Assert.That(story.State().Requester, Is.EqualTo(Q));
        Assert.That(Wall(story.Numbers().NextResponse), Is.EqualTo(WaitingSince(10)));
    }

    [Test]
    public void Workflow_post_without_a_mention_is_a_request_of_nobody()
    {
        var story = Rooted(null, AuthorKind.Workflow).Says(T, 5);

        Assert.That(story.State().Requester, Is.Null);
        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(Ended(5)));
    }

    [Test]
    public void Tracked_message_of_the_team_is_a_request_of_the_person_from_the_root_on()
    {
        var story = Empty().Says(T, 0).Says(T, 5).Says(X, 8).Corrects(CorrectionKind.Track, 20, X);

        Assert.That(story.State().Requester, Is.EqualTo(X));
        Assert.That(Wall(story.Numbers().FirstResponse), Is.EqualTo(Ended(5)));
        Assert.That(Wall(story.Numbers().NextResponse), Is.EqualTo(WaitingSince(8)));
    }

    [Test]
    public void Deleted_request_is_in_no_number_at_no_instant()
    {
        var story = Asked().Says(T, 5).Deletes(0, 10);
        var numbers = story.Tally(20);

        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Deleted));
        Assert.That((numbers.Requests, numbers.Open, numbers.FirstResponse.N), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(numbers.Roots[RootKind.Deleted], Is.EqualTo(1));
        Assert.That(story.WasOpenAt(3), Is.False);
    }

    [Test]
    public void Deletion_without_a_known_time_counts_like_one_with() =>
        Assert.That(Asked().Says(T, 5).Deletes(0, 0).State().Status, Is.EqualTo(ThreadStatus.Deleted));

    [Test]
    public void Not_a_request_emoji_of_the_team_dismisses_while_it_stands()
    {
        var story = Asked().Says(T, 2).Adds(T, 5, NotARequest);
        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Dismissed));
        Assert.That(story.State().Turn, Is.EqualTo(Turn.Nobody));
        Assert.That(story.WasOpenAt(3), Is.False);

        story.Removes(T, 6, NotARequest);
        Assert.That(story.State().Status, Is.EqualTo(ThreadStatus.Responded));
        Assert.That(story.WasOpenAt(3), Is.True);
    }

    [Test]
    public void Not_a_request_emoji_of_others_dismisses_nothing() =>
        Assert.That(Asked().Adds(Q, 5, NotARequest).Adds(X, 6, NotARequest).State().Kind, Is.EqualTo(RootKind.Request));

    [Test]
    public void Request_stays_dismissed_until_the_last_emoji_goes()
    {
        var story = Asked().Adds(T, 5, NotARequest).Adds(T2, 6, NotARequest).Removes(T, 7, NotARequest);
        Assert.That(story.State().Kind, Is.EqualTo(RootKind.Dismissed));
        Assert.That(story.Removes(T2, 8, NotARequest).State().Kind, Is.EqualTo(RootKind.Request));
    }

    [Test]
    public void Correction_dismisses_and_restores()
    {
        var story = Asked().Corrects(CorrectionKind.Dismiss, 5);
        Assert.That(story.State().Kind, Is.EqualTo(RootKind.Dismissed));
        Assert.That(story.Corrects(CorrectionKind.Restore, 6).State().Kind, Is.EqualTo(RootKind.Request));
    }

    [Test]
    public void What_a_person_says_it_is_about_wins_over_patterns_also_after_an_edit()
    {
        var (said, found) = (new Findings(["git"], [], false), new Findings(["ci"], ["access"], false));
        var story = Asked().Fact(new CorrectionFact(At(5), CorrectionKind.Retag, T) { Tags = said });
        Assert.That((story.State().Tools, story.State().Labels), Is.EqualTo((said.Tools, said.Labels)));
        story.Fact(new EditFact(At(9), At(0), Verdicts.None with { Findings = found }));
        Assert.That((story.State().Tools, story.State().Labels), Is.EqualTo((said.Tools, said.Labels)));
        story.Fact(new CorrectionFact(At(10), CorrectionKind.Retag, T2) { Tags = Findings.None });
        Assert.That(story.State().Tools, Is.Empty, "the last word counts");
        Assert.That(story.State(until: 4).Tools, Is.Empty);
        Assert.That(story.State(until: 8).Tools, Is.EqualTo(said.Tools));
    }

    [Test]
    public void Reactions_on_a_reply_say_nothing_of_the_request() =>
        Assert.That(Asked().Says(T, 5).Fact(new ReactionFact(At(6), true, At(5), Check, Q, false)).State().Status, Is.EqualTo(ThreadStatus.Responded));

    [Test]
    public void Deleted_replies_are_not_counted() =>
        Assert.That(Asked().Says(T, 5).Says(X, 6).BotAnswers(7).Deletes(6, 8).Numbers().Replies, Is.EqualTo(2));
}
