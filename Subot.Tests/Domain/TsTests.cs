using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Tests.Domain;

/// <summary>Slack's timestamps.</summary>
public sealed class TsTests
{
    [TestCase("1763884800.123459", 1_763_884_800_123_459)]
    [TestCase("1763884800", 1_763_884_800_000_000)]
    [TestCase("1763884800.5", 1_763_884_800_500_000)]
    public void Timestamp_is_read_in_microseconds(string text, long micros) => Assert.That(Ts.Parse(text).Micros, Is.EqualTo(micros));

    [TestCase("")]
    [TestCase(".5")]
    [TestCase("1763884800.1234567")]
    [TestCase("-1")]
    [TestCase("10000000000.000000")]
    [TestCase("999999999999.000000")]
    public void What_Slack_never_writes_is_none(string text) => Assert.That(Ts.TryParse(text, out _), Is.False);

    [Test]
    public void Every_timestamp_that_can_be_read_is_within_the_reach_of_a_calendar()
    {
        var clock = new WorkingClock(new TeamSettings().WorkingHours, TimeZoneInfo.Utc);
        Assert.That(() => clock.At(Ts.Parse("9999999999.999999")), Throws.Nothing);
    }
}
