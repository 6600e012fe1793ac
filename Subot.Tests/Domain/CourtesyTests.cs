using NUnit.Framework;
using Subot.Domain.Facts;

namespace Subot.Tests.Domain;

public sealed class CourtesyTests
{
    [TestCase("thanks")]
    [TestCase("Thank you so much!")]
    [TestCase("ok, merci <@U0ANN> :tada:")]
    [TestCase(":+1::skin-tone-3:")]
    [TestCase("d’accord")]
    [TestCase("thanks <@U0AAAAAAAAA|somebody> <@U0BBBBBBBBB|somebody> <@U0CCCCCCCCC|somebody> <@U0DDDDDDDDD|somebody> <@U0EEEEEEEEE|somebody>")]
    public void Words_of_thanks_are_a_courtesy(string text) => Assert.That(Courtesy.Is(text, hasFiles: false), Is.True);

    [TestCase("thanks, but no")]
    [TestCase("ok?? still broken")]
    [TestCase("thanks <https://status.acme.test|status>")]
    [TestCase("thanks-for-nothing-whatsoever")]
    [TestCase("thankyouthankyouthankyou")]
    [TestCase("")]
    [TestCase("   ")]
    public void Anything_else_is_none(string text) => Assert.That(Courtesy.Is(text, hasFiles: false), Is.False);

    [Test]
    public void Thanks_with_a_file_is_none() => Assert.That(Courtesy.Is("thanks", hasFiles: true), Is.False);
}
