using NUnit.Framework;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>What the bot's answers came to.</summary>
[TestFixture]
public sealed class DeflectionTests
{
    private const double Week = 7 * 24 * 60;
    private static readonly Answer s_answer = new("a", null, null, "Have you tried turning it off and on again?") { Feedback = true };

    [Test]
    public void A_request_that_its_requester_solves_after_the_answer_alone_is_deflected() =>
        Assert.That(Judged(Answered().Adds(Q, 10)), Is.EqualTo((true, true, true)));

    [Test]
    public void A_request_without_a_reaction_is_answered_and_not_deflected() =>
        Assert.That(Judged(Answered()), Is.EqualTo((true, true, false)));

    [Test]
    public void A_team_reply_or_a_solving_of_the_team_before_means_that_the_answer_alone_did_not_do()
    {
        Assert.That(Judged(Answered().Says(T, 5).Adds(Q, 10)), Is.EqualTo((true, true, false)));
        Assert.That(Judged(Answered().Adds(T, 10)), Is.EqualTo((true, true, false)));
        Assert.That(Judged(Answered().Adds(Q, 10).Says(T, 15)), Is.EqualTo((true, true, true)), "the team wrote afterwards");
    }

    [Test]
    public void A_reopening_counts_within_a_week()
    {
        Assert.That(Judged(Answered().Adds(Q, 10).Says(Q, 10 + Week)), Is.EqualTo((true, true, false)));
        Assert.That(Judged(Answered().Adds(Q, 10).Says(Q, 11 + Week)), Is.EqualTo((true, true, true)));
    }

    [Test]
    public void A_solving_at_an_unknown_time_counts_when_nothing_came_that_it_may_have_come_after()
    {
        Assert.That(Judged(Answered().Read(10, (Q, Check))), Is.EqualTo((true, true, true)));
        Assert.That(Judged(Answered().Read(10, (Q, Check)).Says(T, 15)), Is.EqualTo((true, true, false)));
        Assert.That(Judged(Answered().Read(10, (Q, Check)).Says(Q, 15)), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void Only_answers_that_are_active_and_fit_are_posted([Values] AnswerState state) =>
        Assert.That(Judged(Answered(s_answer with { State = state }).Adds(Q, 10)), Is.EqualTo(state == AnswerState.Active ? (true, true, true) : default));

    [Test]
    public void A_reply_that_thanks_alone_is_no_answer() =>
        Assert.That(Judged(Answered(s_answer with { Tool = "git" }).Adds(Q, 10)), Is.EqualTo((false, false, false)));

    [Test]
    public void An_answer_that_does_not_ask_is_answered_all_the_same() =>
        Assert.That(Judged(Answered(s_answer with { Feedback = false }).Adds(Q, 10)), Is.EqualTo((true, false, true)));

    [Test]
    public void Rates_are_of_those_that_were_asked_and_answered_and_null_over_nothing()
    {
        var numbers = Tally(Answered().Adds(Q, 10), Answered().Votes(Q, 5, useful: false), Answered(s_answer with { Feedback = false }), Asked());

        Assert.That((numbers.Answered, numbers.AskedFeedback, numbers.Deflected), Is.EqualTo((3, 2, 1)));
        Assert.That((numbers.FeedbackRate, numbers.DeflectionRate), Is.EqualTo(((double?)1 / 2, (double?)1 / 3)));
        Assert.That((Tally(Asked()).FeedbackRate, Tally(Asked()).DeflectionRate), Is.EqualTo(((double?)null, (double?)null)));
    }

    [Test]
    public void An_edit_after_the_reply_does_not_change_what_was_answered_though_it_changes_what_the_request_is_about()
    {
        var edited = Answered().Fact(new EditFact(At(5), Root, Verdicts.None with { Findings = new Findings(["git"], [], false) })).Adds(Q, 10);
        Assert.That(Judged(edited), Is.EqualTo((true, true, true)));
        var dimensions = Dimensions.Of(edited.State(), SettingsHistory.Always(Settings with { Answers = [s_answer] }));
        Assert.That((dimensions.Answers.Single(), dimensions.Tools.Single()), Is.EqualTo(("a", "git")));

        var other = Answered(s_answer with { Tool = "git" }).Fact(new EditFact(At(5), Root, Verdicts.None with { Findings = new Findings(["git"], [], false) }));
        Assert.That(Judged(other), Is.EqualTo((false, false, false)), "thanks alone were posted");
    }

    [Test]
    public void Feedback_that_was_not_asked_for_is_in_no_response_rate()
    {
        var numbers = Tally(Answered().Votes(Q, 5, useful: true), Answered(s_answer with { Feedback = false }).Votes(Q, 5, useful: true), Asked().Votes(Q, 5, useful: false));
        Assert.That((numbers.Useful, numbers.Useless, numbers.AskedFeedback), Is.EqualTo((2, 1, 1)));
        Assert.That(numbers.FeedbackRate, Is.EqualTo(1));
    }

    private static Story Answered(Answer? answer = null) => Asked()
        .With(Settings with { Answers = [answer ?? s_answer] })
        .Fact(new MessageFact(At(1), null, AuthorKind.Self, Verdicts.None) { Action = ActionKind.Reply });

    private static (bool, bool, bool) Judged(Story story)
    {
        var numbers = story.Numbers();
        return (numbers.Answered, numbers.AskedFeedback, numbers.Deflected);
    }

    private static TeamNumbers Tally(params Story[] stories)
    {
        var tally = new NumbersTally(new AsOf(At(60), SettingsHistory.Always(Settings)));
        foreach (var story in stories)
            tally.Add(story.Numbers());
        return tally.Numbers();
    }
}
