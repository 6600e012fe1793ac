using NUnit.Framework;
using Subot.Bot.Slash;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Slack;

namespace Subot.Tests.Bot.Slash;

/// <summary>Who may do what.</summary>
public sealed class SlashRightsTests
{
    private const string Refused = "Only the team and admins can do that.";

    [TestCase("", false)]
    [TestCase("help", false)]
    [TestCase("stats 7d", false)]
    [TestCase("open", false)]
    [TestCase("oncall", false)]
    [TestCase("oncall set <@U0ANN>", true)]
    [TestCase("report", true)]
    [TestCase("answers", true)]
    [TestCase("solve https://x", true)]
    [TestCase("reopen https://x", true)]
    [TestCase("dismiss https://x", true)]
    [TestCase("team", true)]
    [TestCase("health", true)]
    public void What_changes_something_is_for_the_team(string typed, bool forTheTeam) =>
        Assert.That(SlashRights.IsForTheTeam(new SlashQuestion("/subot", new UserId("U0ANN"), "C0HELP", typed, Ts.Zero, SettingsHistory.Always(new TeamSettings()).Latest)), Is.EqualTo(forTheTeam));

    [TestCase(SlashDesk.Tim, true)]
    [TestCase(SlashDesk.Aida, true)]
    [TestCase(SlashDesk.Boss, true)]
    [TestCase(SlashDesk.Ann, false)]
    public async Task The_team_and_admins_of_both_kinds_may_change_things(string user, bool may)
    {
        await using var desk = await SlashDesk.OpenAsync();
        Assert.That(await desk.TypeAsync(user, "team add <@U0BOB|bob>"), may ? Does.Contain("<@U0BOB>") : Does.StartWith(Refused));
        Assert.That((await desk.SettingsAsync()).Settings.Team.Contains(SlashDesk.Bob), Is.EqualTo(may));
    }

    [Test]
    public async Task A_person_is_looked_up_once_in_some_minutes()
    {
        await using var desk = await SlashDesk.OpenAsync();
        await desk.TypeAsync(SlashDesk.Ann, "team");
        await desk.TypeAsync(SlashDesk.Ann, "health");
        Assert.That(desk.LookUps, Is.EqualTo(1));

        desk.Time.Advance(TimeSpan.FromMinutes(6));
        await desk.TypeAsync(SlashDesk.Ann, "team");
        Assert.That(desk.LookUps, Is.EqualTo(2));
    }

    [Test]
    public async Task Who_cannot_be_looked_up_is_no_admin_until_that_works()
    {
        await using var desk = await SlashDesk.OpenAsync();
        desk.Trouble = new SlackException("users.info", "missing_scope", SlackErrorKind.Scope);
        Assert.That(await desk.TypeAsync(SlashDesk.Boss, "team"), Does.StartWith(Refused));

        desk.Trouble = null;
        Assert.That(await desk.TypeAsync(SlashDesk.Boss, "team"), Does.Contain("<@U0TIM>"));
    }
}
