using NUnit.Framework;
using Subot.Bot.Slash;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;

namespace Subot.Tests.Bot.Slash;

/// <summary>Commands that change who is on call: what they store, and from when on it counts.</summary>
public sealed class OnCallCommandTests
{
    private SlashDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync() => _desk = await SlashDesk.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Who_is_set_is_on_call_at_once_and_the_log_names_who_did_it()
    {
        Assert.That(await _desk.TypeAsync(SlashDesk.Tina, "oncall set <@U0TIM|tim>"), Does.Contain("On call now: <@U0TIM>"));
        var version = await _desk.SettingsAsync();
        Assert.That((version.Author, version.ValidFrom, On(version, _desk.Now)), Is.EqualTo((SlashDesk.Tina, _desk.Now, SlashDesk.Tim)));
    }

    [Test]
    public async Task Who_was_set_by_hand_and_is_away_is_told_to_stay_on_call()
    {
        await _desk.TypeAsync(SlashDesk.Tim, "oncall set <@U0TIM>");
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TINA> 2026-10-05..2026-10-07"), Does.Not.Contain("by hand"));
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TIM> 2026-10-05..2026-10-07"), Does.Contain("<@U0TIM> was set by hand and stays on call, though away, until somebody else is named"));

        await _desk.TypeAsync(SlashDesk.Tim, "oncall rota week mon 10:00 <@U0TINA> <@U0TIM>");
        await _desk.TypeAsync(SlashDesk.Tim, "oncall set <@U0TIM>");
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TIM> 2026-10-06..2026-10-08"), Does.Contain("<@U0TIM> was given a turn by hand and stays on call, though away, from"));
        await _desk.TypeAsync(SlashDesk.Tim, "oncall set <@U0TINA>");
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TIM> 2026-10-06..2026-10-09"), Does.Not.Contain("by hand"), "somebody else was set since");
    }

    [Test]
    public async Task Topic_that_a_rota_overrules_is_told_of()
    {
        await _desk.ChangeAsync(s => s with { OnCall = s.OnCall.WithTopic(new ChannelId("C0HELP"), SlashDesk.Tim, _desk.Now) });
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "oncall"), Does.Contain("On call now: <@U0TIM>").And.Not.Contain("topic"));
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "oncall rota week mon 10:00 <@U0TINA> <@U0TIM>"), Does.Contain("The topic of <#C0HELP> names <@U0TIM>: that counts for nothing"));
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, "health"), Does.Contain("The topic of <#C0HELP> names <@U0TIM>"));
    }

    [Test]
    public async Task A_change_leaves_the_past_as_it_was()
    {
        await _desk.TypeAsync(SlashDesk.Tim, "oncall set <@U0TIM>");
        var before = _desk.Now;
        _desk.Time.Advance(TimeSpan.FromHours(3));
        await _desk.TypeAsync(SlashDesk.Tim, "oncall set <@U0TINA>");
        var history = await _desk.Store.SettingsAsync(default);
        Assert.That((On(history.At(before), before), On(history.At(_desk.Now), _desk.Now)), Is.EqualTo((SlashDesk.Tim, SlashDesk.Tina)));
    }

    [Test]
    public async Task A_change_counts_in_what_is_to_become_valid_later_too()
    {
        var later = _desk.Now.AddSeconds(86_400);
        await _desk.Store.AppendSettingsAsync(new SettingsVersion(2, later, SlashDesk.Settings with { Language = "fr" }, "test"), default);
        await _desk.TypeAsync(SlashDesk.Tim, "oncall set <@U0TIM>");
        var version = (await _desk.Store.SettingsAsync(default)).At(later);
        Assert.That((On(version, later), version.Settings.Language), Is.EqualTo((SlashDesk.Tim, "fr")));
    }

    [Test]
    public async Task A_rota_begins_with_the_first_named_and_goes_on_at_its_hand_over()
    {
        await _desk.TypeAsync(SlashDesk.Tim, "oncall rota week mon 10:00 <@U0TINA|tina> <@U0TIM|tim>");
        var version = await _desk.SettingsAsync();
        Assert.That((version.Settings.OnCall.Rota!.HandOverDay, version.Settings.OnCall.Rota.HandOverMinute), Is.EqualTo((1, 600)));
        Assert.That((On(version, _desk.Now), On(version, _desk.Now.AddSeconds(7 * 86_400))), Is.EqualTo((SlashDesk.Tina, SlashDesk.Tim)));

        await _desk.TypeAsync(SlashDesk.Tim, "oncall swap <@U0TIM> <@U0TINA>");
        version = await _desk.SettingsAsync();
        Assert.That((On(version, _desk.Now), On(version, _desk.Now.AddSeconds(7 * 86_400))), Is.EqualTo((SlashDesk.Tim, SlashDesk.Tina)));

        await _desk.TypeAsync(SlashDesk.Tim, "oncall rota off");
        Assert.That((await _desk.SettingsAsync()).Settings.OnCall.Rota, Is.Null);
    }

    [Test]
    public async Task Who_comes_back_is_away_on_no_day_any_more_or_not_on_those_that_are_named()
    {
        await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TIM> 2026-12-24..2026-12-31");
        await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TIM> 2026-11-02");
        await _desk.TypeAsync(SlashDesk.Tim, "oncall away <@U0TINA> 2026-11-02");
        await _desk.TypeAsync(SlashDesk.Tim, "oncall back <@U0TIM> 2026-11-02");
        Assert.That((await _desk.SettingsAsync()).Settings.OnCall.Absences.Select(a => (a.User, a.From.Month)), Is.EqualTo(new[] { (SlashDesk.Tim, 12), (SlashDesk.Tina, 11) }));

        await _desk.TypeAsync(SlashDesk.Tim, "oncall back <@U0TIM>");
        Assert.That((await _desk.SettingsAsync()).Settings.OnCall.Absences.Select(a => a.User), Is.EqualTo([SlashDesk.Tina]));
    }

    [TestCase("oncall set @tim", "Copy member ID")]
    [TestCase("oncall set <@U0ANN>", "is not in the team")]
    [TestCase("oncall swap <@U0TIM> <@U0TINA>", "There is no rota")]
    [TestCase("oncall rota week mon 10:00 <@U0TIM> <@U0TIM>", "is in the rota twice")]
    [TestCase("oncall rota week mon 10:00", "at least one person")]
    [TestCase("oncall rota month 29 10:00 <@U0TIM>", "1 to 28")]
    [TestCase("oncall away <@U0TIM> 2026-12-31..2026-12-24", "ends before it begins")]
    [TestCase("oncall back <@U0TIM>", "has no such absence")]
    [TestCase("oncall swp <@U0TIM> <@U0TINA>", "Did you mean `swap`?")]
    public async Task What_is_refused_says_why_and_changes_nothing(string typed, string says)
    {
        Assert.That(await _desk.TypeAsync(SlashDesk.Tim, typed), Does.Contain(says));
        Assert.That(await _desk.Store.NewestSettingsAsync(default), Is.EqualTo(1));
    }

    [TestCase("mon", DayOfWeek.Monday)]
    [TestCase("Tuesday", DayOfWeek.Tuesday)]
    [TestCase("mercredi", DayOfWeek.Wednesday)]
    [TestCase("dim", DayOfWeek.Sunday)]
    [TestCase("sa", null)]
    [TestCase("soon", null)]
    public void Weekdays_are_known_in_both_languages(string word, DayOfWeek? day) => Assert.That(HandOver.Weekday(word), Is.EqualTo(day));

    [TestCaseSource(nameof(Kinds))]
    public void Every_problem_of_a_plan_has_words_and_the_English_ones_are_those_of_the_plan(PlanProblemKind kind)
    {
        var problem = new PlanProblem(kind, SlashDesk.Tim);
        var said = Wording.Languages.Select(language => PlanWords.Say(
            new SlashQuestion("/subot", new UserId(SlashDesk.Tim), SlashDesk.Help, "", Ts.Zero, SettingsHistory.Always(new TeamSettings { Language = language }).Latest), problem)).ToList();
        Assert.That(said[0], Is.EqualTo(problem.ToString()));
        Assert.That(said[1], Is.Not.EqualTo(said[0]));
    }

    [Test]
    public void Everything_that_is_off_for_want_of_a_scope_has_words() =>
        Assert.That(Subot.Bot.Features.Of([], true, true, true).Off.Where(o => HealthAnswer.FeatureOf(o.Scope) is null), Is.Empty);

    [Test]
    public void Words_of_features_are_told_apart() =>
        Assert.That(Subot.Bot.Features.Of([], true, true, true).Off.Select(o => HealthAnswer.FeatureOf(o.Scope)), Is.Unique.And.Contain(TextId.FeatureJoin));

    private static PlanProblemKind[] Kinds => Enum.GetValues<PlanProblemKind>();

    private static string? On(SettingsVersion version, Ts instant) =>
        version.Settings.OnCall.UserAt(new ChannelId(SlashDesk.Help), instant, version.Zone);
}
