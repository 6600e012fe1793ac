using NUnit.Framework;
using Subot.Bot.Words;

namespace Subot.Tests.Bot;

/// <summary>Addresses of messages, as people paste them.</summary>
public sealed class PermalinkTests
{
    [TestCase("https://acme.slack.com/archives/C0HELP/p1763884800123459", "C0HELP", "1763884800.123459", null)]
    [TestCase("<https://acme.slack.com/archives/C0HELP/p1763884800123459|a message>", "C0HELP", "1763884800.123459", null)]
    [TestCase("https://acme.slack.com/archives/C0HELP/p1763884900123459?thread_ts=1763884800.123459&cid=C0HELP", "C0HELP", "1763884900.123459", "1763884800.123459")]
    [TestCase("https://acme.slack.com/archives/C0HELP/p1763884900123459?cid=C0HELP&amp;thread_ts=1763884800.123459", "C0HELP", "1763884900.123459", "1763884800.123459")]
    [TestCase("<https://acme.slack.com/archives/C0HELP/p1763884900000200?thread_ts=1763884800.123459&cid=C0HELP>", "C0HELP", "1763884900.000200", "1763884800.123459")]
    [TestCase("http://127.0.0.1:4300/archives/C1/p1763884900000200?cid=C1&amp;thread_ts=1763884800.123459", "C1", "1763884900.000200", "1763884800.123459")]
    public void A_link_names_a_message_and_perhaps_its_thread(string text, string channel, string message, string? thread)
    {
        var link = Permalink.Parse(text)!;
        Assert.That((link.Message.Channel.Value, link.Message.Ts.ToString(), link.Root?.ToString()), Is.EqualTo((channel, message, thread)));
    }

    [TestCase("https://acme.slack.com/archives/C0HELP")]
    [TestCase("https://acme.slack.com/archives/C0HELP/p176388480012345")]
    [TestCase("C0HELP/p1763884800123459")]
    [TestCase("the printer")]
    [TestCase("")]
    public void What_is_no_link_of_a_message_tells_nothing(string text) => Assert.That(Permalink.Parse(text), Is.Null);

    [TestCase("<https://acme.slack.com/archives/C0HELP/p1763884800123459?cid=C0HELP|a message>", "https://acme.slack.com/archives/C0HELP/p1763884800123459?cid=C0HELP")]
    [TestCase("acme.slack.com/archives/C0HELP/p1763884800123459", null)]
    public void Its_address_is_what_can_be_linked_to(string text, string? address) =>
        Assert.That(Permalink.Parse(text)!.Address, Is.EqualTo(address));
}
