using NUnit.Framework;
using Subot.Bot.Commands;
using Subot.Hosting;

namespace Subot.Tests.Bot;

/// <summary>Instants as people write them behind --from, --to and --as-of.</summary>
public sealed class InstantTests
{
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [TestCase("1763884800", "1763884800.000000")]
    [TestCase("1763884800.123459", "1763884800.123459")]
    [TestCase("2025-11-23", "1763852400.000000")]
    [TestCase("2025-11-23T08:00Z", "1763884800.000000")]
    [TestCase("2025-11-23T09:00:00+01:00", "1763884800.000000")]
    [TestCase("2025-11-23T08:00:00", "1763884800.000000")]
    [TestCase("2025-11-23T08:00:00.5Z", "1763884800.500000")]
    public void Instant_is_read(string text, string ts) => Assert.That(ChannelQuestion.Instant(text, s_paris)?.ToString(), Is.EqualTo(ts));

    [TestCase("2026")]
    [TestCase("20261123")]
    [TestCase("2026-11")]
    [TestCase("23/11/2026")]
    [TestCase("10:00")]
    [TestCase("176388480.5")]
    [TestCase("99999999999")]
    [TestCase("yesterday")]
    public void What_is_no_instant_is_refused_with_examples_of_some(string text) => Assert.That(
        () => ChannelQuestion.Instant(text, s_paris),
        Throws.TypeOf<StartRefusedException>().With.Message.Contains($"'{text}'").And.Message.Contains("2026-11-23").And.Message.Contains("1763884800"));
}
