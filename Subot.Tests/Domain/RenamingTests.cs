using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;

namespace Subot.Tests.Domain;

/// <summary>People under other ids.</summary>
public sealed class RenamingTests
{
    private static readonly UserId s_old = new("U0OLD");
    private static readonly UserId s_new = new("UERASED00112233445566778899");
    private static readonly Renaming s_renaming = new(u => u == s_old ? s_new : u);

    [TestCase("<@U0OLD> knows", ExpectedResult = "<@UERASED00112233445566778899> knows")]
    [TestCase("<@U0OLD|Ann Old> knows", ExpectedResult = "<@UERASED00112233445566778899> knows")]
    [TestCase("<@U0OTHER|Bob>, <@U0OLD>", ExpectedResult = "<@U0OTHER|Bob>, <@UERASED00112233445566778899>")]
    [TestCase("welcome:C0HELP:U0OLD:2026-11-02", ExpectedResult = "welcome:C0HELP:UERASED00112233445566778899:2026-11-02")]
    [TestCase("""{"team":["U0OLD","U0OLDER"]}""", ExpectedResult = """{"team":["UERASED00112233445566778899","U0OLDER"]}""")]
    [TestCase("XU0OLD U0OLD_ u0old", ExpectedResult = "XU0OLD U0OLD_ u0old")]
    [TestCase("https://example.slack.com/team/U0OLD", ExpectedResult = "https://example.slack.com/team/UERASED00112233445566778899")]
    public string Ids_are_renamed_wherever_they_stand_by_themselves(string text) => s_renaming.Of(text);

    [Test]
    public void Two_who_are_one_now_have_one_reaction()
    {
        var snapshot = new SnapshotFact(new Ts(90), [new("eyes", s_new, false, new Ts(20), true), new("eyes", s_old, false, new Ts(10), false), new("tada", new UserId("U1"), false, new Ts(5), true)], []);

        Assert.That(s_renaming.Of(snapshot), Is.EqualTo(new SnapshotFact(new Ts(90), [new("eyes", s_new, false, new Ts(10), true), new("tada", new UserId("U1"), false, new Ts(5), true)], [])));
    }

    [Test]
    public void Facts_about_others_stay_as_they_are()
    {
        List<Fact> facts =
        [
            new MessageFact(new Ts(1), new UserId("U1"), AuthorKind.Person, new Verdicts(false, 3, [new UserId("U2")])),
            new SnapshotFact(new Ts(2), [new("eyes", new UserId("U1"), true, new Ts(1), true)], ["eyes"]),
            new ExpiryFact(new Ts(3), new Ts(1)),
        ];

        Assert.That(facts.Select(s_renaming.Of), Is.EqualTo(facts));
    }
}
