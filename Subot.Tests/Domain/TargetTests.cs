using NUnit.Framework;
using Subot.Domain.Numbers;
using static Subot.Tests.Domain.Story;

namespace Subot.Tests.Domain;

/// <summary>The response target: an hour of working time. Work begins an hour after the root, so it is due at minute 120.</summary>
public sealed class TargetTests
{
    private static TargetNumbers Judged(Story story, double asOf) => story.Tally(asOf).Target;

    [TestCase(119)]
    [TestCase(120)]
    public void Reply_until_it_is_due_meets_the_target(double minute) =>
        Assert.That(Judged(Asked().Says(T, minute), 500), Is.EqualTo(new TargetNumbers(1, 0, 0, 0, 1.0)));

    [Test]
    public void Reply_after_it_was_due_breaches_the_target() =>
        Assert.That(Judged(Asked().Says(T, 121), 500), Is.EqualTo(new TargetNumbers(0, 1, 0, 0, 0.0)));

    [TestCase(60)]
    [TestCase(120)]
    public void Open_request_without_a_reply_runs_until_it_is_due(double asOf) =>
        Assert.That(Judged(Asked(), asOf), Is.EqualTo(new TargetNumbers(0, 0, 1, 0, null)));

    [Test]
    public void Open_request_without_a_reply_breaches_when_it_was_due() =>
        Assert.That(Judged(Asked(), 120 + 1.0 / 60), Is.EqualTo(new TargetNumbers(0, 1, 0, 0, 0.0)));

    [Test]
    public void Request_that_was_closed_in_time_without_a_reply_is_not_judged() =>
        Assert.That(Judged(Asked().Adds(Q, 100), 500), Is.EqualTo(new TargetNumbers(0, 0, 0, 1, null)));

    [Test]
    public void Late_reply_to_a_request_that_was_closed_in_time_is_not_judged() =>
        Assert.That(Judged(Asked().Adds(Q, 100).Says(T, 200), 500), Is.EqualTo(new TargetNumbers(0, 0, 0, 1, null)));

    [Test]
    public void Request_that_was_closed_too_late_without_a_reply_breached() =>
        Assert.That(Judged(Asked().Adds(Q, 130), 500), Is.EqualTo(new TargetNumbers(0, 1, 0, 0, 0.0)));

    [Test]
    public void Target_counts_from_the_reopening_when_nobody_had_answered()
    {
        Assert.That(Judged(Asked().Adds(Q, 70).Says(Q, 110).Says(T, 169), 500).Met, Is.EqualTo(1));
        Assert.That(Judged(Asked().Adds(Q, 70).Says(Q, 110).Says(T, 171), 500).Breached, Is.EqualTo(1));
    }

    [Test]
    public void Target_is_the_one_that_was_valid_at_the_root()
    {
        var strict = Settings with { ResponseTargetSeconds = 60 };

        Assert.That(Judged(Asked().Says(T, 100).With(strict), 500).Breached, Is.EqualTo(1));
    }
}
