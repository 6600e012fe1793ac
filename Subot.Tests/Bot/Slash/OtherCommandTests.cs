using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Values;

namespace Subot.Tests.Bot.Slash;

/// <summary>What is open, the team, and reports.</summary>
public sealed class OtherCommandTests
{
    [Test]
    public async Task Twenty_requests_are_listed_the_longest_silent_first_and_the_rest_is_counted()
    {
        await using var desk = await SlashDesk.OpenAsync();
        for (var i = 1; i <= 23; i++)
            await desk.WriteAsync(SlashDesk.Ann, i, $"Request {i:00}.");

        var lines = (await desk.TypeAsync(SlashDesk.Bob, "open")).Split('\n');

        Assert.That(lines[0], Does.StartWith("*23* requests wait for the team"));
        Assert.That(lines.Skip(1).Take(20).Select(l => l[(l.IndexOf('|', StringComparison.Ordinal) + 1)..l.IndexOf('>', StringComparison.Ordinal)]),
            Is.EqualTo(Enumerable.Range(4, 20).Reverse().Select(i => $"Request {i:00}.")));
        Assert.That(lines[21..], Is.EqualTo(["… and 3 more"]));
    }

    [Test]
    public async Task A_request_of_which_Slack_has_no_address_any_more_is_listed_without_a_link()
    {
        await using var desk = await SlashDesk.OpenAsync();
        desk.Forgotten.Add(await desk.WriteAsync(SlashDesk.Ann, 2, "The older one."));
        var newer = await desk.WriteAsync(SlashDesk.Ann, 1, "The newer one.");

        var lines = (await desk.TypeAsync(SlashDesk.Bob, "open")).Split('\n');

        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[1], Does.Contain("The older one.").And.Not.Contain("|"));
        Assert.That(lines[2], Does.Contain($"<{SlashDesk.LinkTo(newer)}|The newer one.>"));
    }

    [Test]
    public async Task Who_is_in_the_team_by_a_group_stays_in_it()
    {
        await using var desk = await SlashDesk.OpenAsync(SlashDesk.Settings with { TeamGroups = [KeyValuePair.Create("S0SUPPORT", ValueSet.Create([SlashDesk.Tim]))] });
        Assert.That(await desk.TypeAsync(SlashDesk.Aida, "team remove <@U0TIM>"), Does.Contain("<!subteam^S0SUPPORT>"));
        Assert.That((await desk.SettingsAsync()).Settings.Team, Is.EqualTo([SlashDesk.Tina]));
        Assert.That((await desk.SettingsAsync()).Settings.IsInTeam(new UserId(SlashDesk.Tim)), Is.True);
    }

    [Test]
    public async Task Who_takes_the_last_of_the_team_out_is_told_that_nothing_is_posted()
    {
        await using var desk = await SlashDesk.OpenAsync();
        Assert.That(await desk.TypeAsync(SlashDesk.Aida, "team remove <@U0TIM> <@U0TINA>"), Does.Contain("The team is empty"));
        Assert.That(await desk.TypeAsync(SlashDesk.Aida, "team"), Does.Contain("The team is empty"));
    }

    [TestCase("report", "The week in")]
    [TestCase("report week", "The week in")]
    [TestCase("report month", "The month in")]
    public async Task A_report_is_shown_as_it_would_read_now(string typed, string shown)
    {
        await using var desk = await SlashDesk.OpenAsync();
        Assert.That(await desk.TypeAsync(SlashDesk.Tim, typed, channel: "D0DIRECT"), Does.Contain(shown));
    }
}
