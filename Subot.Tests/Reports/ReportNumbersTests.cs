using NUnit.Framework;
using Subot.Bot.Reports;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Reports;

/// <summary>
/// The week from Friday 6 March 19:00 to Friday 13 March 19:00 and the one before, each with requests to which something happens after
/// its end.
/// </summary>
public sealed class ReportNumbersTests
{
    private const string Check = "white_check_mark";
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly UserId s_tim = new("U0TIM");
    private static readonly ChannelId s_help = new("C0HELP");
    private static readonly SettingsHistory s_settings = SettingsHistory.Always(new TeamSettings { Team = ["U0TIM"] });

    private MemoryStore _store = null!;

    [SetUp]
    public void MakeStore() => _store = new MemoryStore();

    [TearDown]
    public async Task ForgetStore() => await _store.DisposeAsync();

    [Test]
    public async Task Each_week_is_judged_by_what_had_happened_by_its_end()
    {
        var report = await TwoWeeksAsync();
        var (now, before) = (report.Now.Team, report.Before.Team);
        Assert.Multiple(() =>
        {
            Assert.That((now.Requests, now.Solved, now.Open, now.ReopenedThreads), Is.EqualTo((3, 1, 2, 0)));
            Assert.That((before.Requests, before.Solved, before.Open, before.ReopenedThreads), Is.EqualTo((2, 1, 1, 0)), "what came in the second week is not in the first");
            Assert.That((now.FirstResponse.N, now.FirstResponse.Waiting, now.FirstResponse.Median), Is.EqualTo((2, 1, 3600)));
            Assert.That((before.FirstResponse.N, before.FirstResponse.Waiting, before.FirstResponse.Median), Is.EqualTo((1, 1, 1800)));
            Assert.That((now.Target.Met, now.Target.Breached, now.Target.Running), Is.EqualTo((2, 0, 1)));
        });
    }

    [Test]
    public async Task Evolution_is_told_by_an_arrow_and_the_difference()
    {
        var report = await TwoWeeksAsync();
        var (now, before, say) = (report.Now.Team, report.Before.Team, new Evolution(Wording.Of(new TeamSettings())));
        Assert.Multiple(() =>
        {
            Assert.That(say.Change(now.Requests, before.Requests), Is.EqualTo("▲ 1"));
            Assert.That(say.Change(now.Solved, before.Solved), Is.EqualTo("="));
            Assert.That(say.Change(now.ResolutionRate, before.ResolutionRate), Is.EqualTo("▼ 17 points"));
            Assert.That(say.Change(now.FirstResponse, before.FirstResponse), Is.EqualTo("▲ 30 min"));
            Assert.That(say.Change(now.Usefulness, before.Usefulness), Is.EqualTo("–"));
        });
    }

    [Test]
    public async Task Days_are_local_and_each_that_the_week_touches_is_there()
    {
        var days = (await TwoWeeksAsync()).Now.Days;
        Assert.That(days.Select(d => (d.Day.Day, d.Solved, d.Open, d.Expired)), Is.EqualTo(new[]
        {
            (6, 0, 0, 0), (7, 0, 0, 0), (8, 0, 0, 0), (9, 1, 0, 0), (10, 0, 1, 0), (11, 0, 0, 0), (12, 0, 0, 0), (13, 0, 1, 0),
        }));
    }

    [Test]
    public async Task Tools_and_labels_are_counted_by_request()
    {
        await AskAsync("03-09 09:00", Tagged("vault", "access"));
        await AskAsync("03-10 09:00", Tagged("vault", null));
        await AskAsync("03-14 09:00", Tagged("vault", "access"));
        var now = (await ReadAsync()).Now;
        Assert.That(now.Tools, Is.EquivalentTo(new Dictionary<string, long> { ["vault"] = 2 }));
        Assert.That(now.Labels, Is.EquivalentTo(new Dictionary<string, long> { ["access"] = 1 }));
    }

    [Test]
    public async Task Median_is_not_reached_while_over_half_wait_and_a_dash_over_nothing()
    {
        var say = new Evolution(Wording.Of(new TeamSettings()));
        var nothing = (await ReadAsync()).Now.Team.FirstResponse;
        await AskAsync("03-09 09:00");
        var waiting = (await ReadAsync()).Now.Team.FirstResponse;
        Assert.That((say.Median(nothing), say.Median(waiting), say.Change(waiting, nothing)), Is.EqualTo(("–", "not reached", "–")));
    }

    [Test]
    public async Task Numbers_as_they_stood_are_those_of_the_store_as_long_as_nothing_came_after()
    {
        await TwoWeeksAsync();
        var query = new NumbersQuery([s_help], At("02-27 19:00"), At("03-13 19:00"), At("03-20 00:00"), NumbersFilter.None);
        var stood = await AsItStood.NumbersAsync(_store, query, s_settings, default);
        var stored = await _store.NumbersAsync(query, s_settings, default);
        Assert.That((stood.Requests, stood.Solved, stood.FirstResponse, stood.FirstResponseWorking, stood.Reopenings, stood.Messages), Is.EqualTo(
            (stored.Requests, stored.Solved, stored.FirstResponse, stored.FirstResponseWorking, stored.Reopenings, stored.Messages)));
        Assert.That(stood.Reopenings, Is.EqualTo(1));
    }

    private async Task<ReportNumbers> TwoWeeksAsync()
    {
        // Solved in its week, and opened again in the next.
        await AskAsync("03-02 10:00", Says(s_tim, "03-02 10:30"), Solves("03-02 10:00", "03-02 11:00"), Says(s_ann, "03-09 10:00"));
        // Answered and solved in the next week.
        await AskAsync("03-05 10:00", Says(s_tim, "03-07 09:00"), Solves("03-05 10:00", "03-07 10:00"));
        await AskAsync("03-09 09:00", Says(s_tim, "03-09 09:20"), Solves("03-09 09:00", "03-09 10:00"));
        await AskAsync("03-10 09:00", Says(s_tim, "03-10 10:00"));
        // Answered after the report: half an hour old at its end.
        await AskAsync("03-13 18:30", Says(s_tim, "03-13 19:30"));
        // As the week ends, the next one begins.
        await AskAsync("03-13 19:00");
        return await ReadAsync();
    }

    private Task<ReportNumbers> ReadAsync() =>
        new ReportReader(_store, new CurrentSettings(s_settings)).ReadAsync(s_help, ReportJob.Weekly.PeriodUntil(At("03-13 19:00"), TimeZoneInfo.Utc), default);

    private Task AskAsync(string at, params Fact[] then) => AskAsync(at, Verdicts.None, then);

    private async Task AskAsync(string at, Verdicts verdicts, params Fact[] then)
    {
        var key = new ThreadKey(s_help, At(at));
        Fact[] facts = [new MessageFact(At(at), s_ann, AuthorKind.Person, verdicts), .. then];
        var state = ThreadProjection.Fold(key, facts, s_settings);
        var change = new ThreadChange { State = state, ExpectedVersion = 0, Contribution = Contribution.Of(state, s_settings), Dimensions = Dimensions.Of(state, s_settings), NewFacts = facts };
        await _store.CommitAsync(new ChangeSet { Threads = [change], Now = At(at) }, default);
    }

    private static Verdicts Tagged(string tool, string? label) =>
        Verdicts.None with { Findings = new Findings([tool], label is null ? [] : [label], false) };

    private static MessageFact Says(UserId who, string at) => new(At(at), who, AuthorKind.Person, Verdicts.None);

    private static ReactionFact Solves(string root, string at) => new(At(at), true, At(root), Check, s_tim, false);

    private static Ts At(string text) => Ts.From(DateTimeOffset.Parse($"2026-{text}Z"));
}
