using NUnit.Framework;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Tests.Bot.Shortcuts;

/// <summary>What the shortcuts make of threads of every sort.</summary>
public sealed class DecisionTests
{
    private static readonly SettingsHistory s_settings = SettingsHistory.Always(new TeamSettings { Team = ["U0TIM"] });
    private static readonly ThreadKey s_key = new(new ChannelId("C0HELP"), At(0));
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly UserId s_tim = new("U0TIM");

    [TestCase("open", CorrectionKind.Solve, TextId.DoneSolve)]
    [TestCase("expired", CorrectionKind.Solve, TextId.DoneSolve)]
    [TestCase("solved", null, TextId.AlreadySolved)]
    [TestCase("dismissed", null, TextId.IsDismissed)]
    [TestCase("deleted", null, TextId.IsDeleted)]
    [TestCase("team", null, TextId.IsNoRequest)]
    [TestCase("missing", null, TextId.ShortcutNoRecord)]
    public void Solved_solves_what_is_not_solved(string thread, object? kind, object says) =>
        Assert.That(SolveShortcut.Decide(Thread(thread)), Is.EqualTo(new Decision((CorrectionKind?)kind, (TextId)says)));

    [TestCase("open", null, TextId.AlreadyOpen)]
    [TestCase("expired", CorrectionKind.Reopen, TextId.DoneReopen)]
    [TestCase("solved", CorrectionKind.Reopen, TextId.DoneReopen)]
    [TestCase("dismissed", null, TextId.IsDismissed)]
    [TestCase("team", null, TextId.IsNoRequest)]
    public void Open_again_opens_what_is_closed(string thread, object? kind, object says) =>
        Assert.That(ReopenShortcut.Decide(Thread(thread)), Is.EqualTo(new Decision((CorrectionKind?)kind, (TextId)says)));

    [TestCase("open", CorrectionKind.Dismiss, TextId.DoneDismiss)]
    [TestCase("solved", CorrectionKind.Dismiss, TextId.DoneDismiss)]
    [TestCase("dismissed", CorrectionKind.Restore, TextId.DoneRestore)]
    [TestCase("duplicate", CorrectionKind.Restore, TextId.DoneRestore)]
    [TestCase("team", null, TextId.IsNoRequest)]
    [TestCase("deleted", null, TextId.IsDeleted)]
    public void Not_a_request_is_said_and_taken_back(string thread, object? kind, object says) =>
        Assert.That(DismissShortcut.Decide(Thread(thread)), Is.EqualTo(new Decision((CorrectionKind?)kind, (TextId)says)));

    [TestCase("team", null)]
    [TestCase("app", null)]
    [TestCase("tracked", null)]
    [TestCase("open", TextId.IsRequest)]
    [TestCase("dismissed", TextId.IsDismissed)]
    [TestCase("notice", TextId.IsNotice)]
    [TestCase("missing", TextId.ShortcutNoRecord)]
    public void Messages_of_the_team_and_of_apps_can_be_tracked(string thread, object? refusal) =>
        Assert.That(TrackShortcut.Refusal(Thread(thread)), Is.EqualTo((TextId?)refusal));

    [Test]
    public void A_request_is_not_the_same_as_itself_or_its_duplicate_or_what_is_none()
    {
        var thread = Thread("open");
        Assert.That(SameAsShortcut.Refusal(thread, thread), Is.EqualTo(TextId.ChoiceIsItself));
        Assert.That(SameAsShortcut.Refusal(thread, Thread("duplicate", at: 5)), Is.EqualTo(TextId.ChoiceIsDuplicate));
        Assert.That(SameAsShortcut.Refusal(thread, Thread("dismissed", at: 5)), Is.EqualTo(TextId.ChoiceNoRequest));
        Assert.That(SameAsShortcut.Refusal(thread, Thread("team", at: 5)), Is.EqualTo(TextId.ChoiceNoRequest));
        Assert.That(SameAsShortcut.Refusal(thread, Thread("solved", at: 5)), Is.Null);
    }

    [Test]
    public void What_a_request_is_the_same_as_can_be_changed()
    {
        Assert.That(SameAsShortcut.Refusal(Thread("duplicate")), Is.Null);
        Assert.That(SameAsShortcut.Refusal(Thread("dismissed")), Is.EqualTo(TextId.IsDismissed));
    }

    [Test]
    public void An_answer_comes_after_the_request_outside_of_its_thread_and_not_from_its_requester()
    {
        var (request, message) = (Thread("open"), Thread("team", at: 50));
        Assert.That(AnswerToShortcut.Refusal(request, message, message.Key.Root, s_tim), Is.Null);
        Assert.That(AnswerToShortcut.Refusal(request, message, message.Key.Root, s_ann), Is.EqualTo(TextId.AnswerByRequester));
        Assert.That(AnswerToShortcut.Refusal(request, request, At(3), s_tim), Is.EqualTo(TextId.AnswerInThread));
        Assert.That(AnswerToShortcut.Refusal(Thread("open", at: 60), message, message.Key.Root, s_tim), Is.EqualTo(TextId.AnswerTooEarly));
        Assert.That(AnswerToShortcut.Refusal(Thread("dismissed"), message, message.Key.Root, s_tim), Is.EqualTo(TextId.ChoiceNoRequest));
    }

    [Test]
    public void A_correction_comes_after_everything_that_is_known()
    {
        var thread = Thread("solved");
        var late = Corrector.Of(thread, At(1), CorrectionKind.Reopen, s_tim).Fact;
        Assert.That(late.Time, Is.EqualTo(new Ts(thread.LastTime.Micros + 1)));
        Assert.That(Corrector.Of(thread, At(900), CorrectionKind.Reopen, s_tim).Fact.Time, Is.EqualTo(At(900)));
    }

    private static ProjectedThread Thread(string sort, int at = 0)
    {
        var key = new ThreadKey(s_key.Channel, At(at));
        IEnumerable<Fact> more = sort switch
        {
            "solved" => [new CorrectionFact(At(at + 10), CorrectionKind.Solve, s_tim)],
            "expired" => [new ExpiryFact(At(at).AddSeconds(15 * 86_400), At(at))],
            "dismissed" => [new CorrectionFact(At(at + 10), CorrectionKind.Dismiss, s_tim)],
            "duplicate" => [new CorrectionFact(At(at + 10), CorrectionKind.Duplicate, s_tim, Of: s_key.Root)],
            "deleted" => [new DeletionFact(At(at + 10), At(at))],
            "tracked" => [new CorrectionFact(At(at + 10), CorrectionKind.Track, s_tim, s_ann)],
            _ => [],
        };
        var root = new MessageFact(At(at), sort is "team" or "tracked" ? s_tim : s_ann, sort switch { "app" => AuthorKind.Bot, "notice" => AuthorKind.Notice, _ => AuthorKind.Person }, Verdicts.None);
        Fact[] facts = sort == "missing" ? [new MessageFact(At(at + 1), s_ann, AuthorKind.Person, Verdicts.None)] : [root, .. more];
        return ThreadProjection.Fold(key, facts, s_settings);
    }

    private static Ts At(int seconds) => new((1_763_884_800L + seconds) * Ts.Second);
}
