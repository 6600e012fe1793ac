using NUnit.Framework;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Tests.Desk;

namespace Subot.Tests.Reports;

/// <summary>
/// Reports of a bot on a clock of its own: what they say, and what comes between them and their hour. They are due on Fridays at 19:00.
/// </summary>
public sealed class ReportDeskTests
{
    private const string Ann = "U0ANN";
    private const string Dan = "U0DAN";
    private const string Tim = "U0TIM";
    private const string Una = "U0UNA";
    private const string Check = "white_check_mark";

    // A Thursday.
    private static readonly DateTime s_start = new(2026, 3, 5, 8, 0, 0);
    private readonly List<PostMessage> _reports = [];
    private SupportDesk _desk = null!;

    [SetUp]
    public void MakeDesk()
    {
        _reports.Clear();
        _desk = new SupportDesk("Europe/Paris", s_start);
        (_desk.Slack.Names[Ann], _desk.Slack.Names[Dan], _desk.Slack.Names[Tim], _desk.Slack.Names[Una]) = ("Ann", "Dan", "Tim", "Una");
        _desk.Parameters["SUBOT_TEAM"] = $"{Tim},{Una}";
        _desk.Slack.AfterPost = Keep;
    }

    [TearDown]
    public async Task StopDeskAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Report_reads_as_reviewed([Values("en", "fr")] string language)
    {
        _desk.Parameters["SUBOT_LANGUAGE"] = language;
        _desk.Parameters["FRONT_URL"] = "https://subot.example.org/";
        await _desk.StartAsync();
        await TwoWeeksAsync();
        Assert.That(_reports, Has.Count.EqualTo(2));
        Snapshot.Matches($"report-{language}.txt", string.Join("\n\n", _reports.Select(Shown)));
    }

    [Test]
    public async Task Words_of_a_report_are_its_blocks()
    {
        await AskAndWaitAsync("19:01");
        var report = _reports.Single();
        Assert.That(string.Concat(report.Blocks!.OfType<SectionBlock>().Select(s => s.Text!.Text)), Is.EqualTo(report.Text));
        Assert.That(report.Blocks!.OfType<ImageBlock>().Single().SlackFile, Is.EqualTo(new SlackFile("F0CHART1")));
    }

    [TestCase("18:30", "19:45", false, TestName = "Report_that_was_due_while_the_bot_was_down_is_sent_at_its_start")]
    [TestCase("18:30", "33:00", true, TestName = "Report_that_is_more_than_an_hour_late_says_so")]
    public async Task Late(string down, string up, bool saysSo)
    {
        await AskAndWaitAsync(down);
        await _desk.StopAsync();
        await UntilAsync(up);
        await _desk.StartAsync();
        await UntilAsync("38:00");
        Assert.That(_reports, Has.Count.EqualTo(1));
        Assert.That(_reports[0].Text.Contains("comes late: it was due Fri 6 Mar 19:00"), Is.EqualTo(saysSo), _reports[0].Text);
    }

    [Test]
    public async Task Of_two_reports_that_were_due_meanwhile_the_newer_one_is_sent()
    {
        await AskAndWaitAsync("18:30");
        await _desk.StopAsync();
        await UntilAsync("200:00");
        await _desk.StartAsync();
        await UntilAsync("201:00");
        Assert.That(_reports.Single().Text, Does.Contain("Fri 6 Mar 19:00 – Fri 13 Mar 19:00"));
    }

    [Test]
    public async Task Report_waits_for_its_picture_while_slack_processes_it()
    {
        var refusals = 0;
        _desk.Slack.BeforePost = post => RefuseIf(HasPicture(post) && refusals++ == 0);
        await AskAndWaitAsync("19:30");
        Assert.That(HasPicture(_reports.Single()));
        Assert.That(refusals, Is.EqualTo(2));
    }

    [Test]
    public async Task Report_goes_without_its_picture_when_slack_does_not_take_it_within_a_minute()
    {
        _desk.Slack.BeforePost = post => RefuseIf(HasPicture(post));
        await AskAndWaitAsync("19:01");
        Assert.That(HasPicture(_reports.Single()), Is.False);
        Assert.That(_desk.Slack.Uploads, Is.EqualTo(1));
    }

    [TestCase("missing_scope", SlackErrorKind.Scope, 1, TestName = "Report_goes_without_its_picture_when_the_scope_is_missing")]
    [TestCase("file_uploads_disabled", SlackErrorKind.Unknown, 1, TestName = "Report_goes_without_its_picture_when_uploads_are_disabled")]
    [TestCase("service_unavailable", SlackErrorKind.SlackTrouble, 3, TestName = "Report_goes_without_its_picture_when_three_uploads_failed")]
    public async Task Without_picture(string error, SlackErrorKind kind, int uploads)
    {
        var tried = 0;
        _desk.Slack.BeforeUpload = () =>
        {
            tried++;
            throw new SlackException("files.getUploadURLExternal", error, kind);
        };
        await AskAndWaitAsync("19:30");
        Assert.That(HasPicture(_reports.Single()), Is.False);
        Assert.That(tried, Is.EqualTo(uploads));
    }

    [Test]
    public async Task Week_without_requests_has_a_report_without_a_picture()
    {
        await _desk.StartAsync();
        await UntilAsync("19:01");
        Assert.That(HasPicture(_reports.Single()), Is.False);
        Assert.That(_reports[0].Text, Does.Contain("*Requests*: 0 (=)").And.Contain("*First response*: median – (–)"));
    }

    [Test]
    public async Task Bot_that_falls_as_it_posts_says_the_same_words_once([Values] bool after)
    {
        var texts = new List<string>();
        void Fall(PostMessage post)
        {
            if (!IsReport(post))
                return;
            texts.Add(post.Text);
            if (texts.Count == 1)
                throw new FallenException();
        }

        if (after)
            _desk.Slack.AfterPost = Fall;
        else
            _desk.Slack.BeforePost = Fall;
        await AskAndWaitAsync("18:59");
        Assert.That(async () => await UntilAsync("19:00"), Throws.InstanceOf<FallenException>());
        await _desk.StopAsync();
        await _desk.StartAsync();
        await _desk.SayAsync(Ann, "LATE", "Something that the words do not know of");
        await UntilAsync("19:30");
        Assert.That(_desk.Posts.Count(p => p.Text!.Contains("The week in")), Is.EqualTo(1));
        Assert.That(texts, Has.Count.EqualTo(after ? 1 : 2).And.All.EqualTo(texts[0]));
        Assert.That(_desk.Slack.Uploads, Is.EqualTo(1));
    }

    private async Task TwoWeeksAsync()
    {
        await _desk.ChangeAsync(s => s with
        {
            OnCall = OnCallPlan.Empty with { Rota = new Rota { Period = RotaPeriod.Week, People = [Tim, Una], First = new DateOnly(2026, 3, 4), HandOverMinute = 600 } },
            Tools = [new Tag("vault", "Vault & Co", [new Pattern(PatternKind.Word, "vault")])],
            Labels = [new Tag("access", "Access", [new Pattern(PatternKind.Word, "access")])],
            Reminders = s.Reminders with { Limit = 0 },
            Answers = [new Answer("vault", "vault", null, "See the guide.") { Feedback = true }],
        });
        await UntilAsync("09:30", 0);
        var first = await _desk.SayAsync(Ann, "FIRST", "Vault is <b>down</b> &amp; I need access");
        await UntilAsync("10:10", 0);
        await _desk.SayAsync(Tim, "reply", "Looking", first);
        await _desk.ReactAsync(Tim, first, Check);
        await UntilAsync("09:00", 4);
        var second = await _desk.SayAsync(Dan, "SECOND", "How do I get into the vault?");
        await UntilAsync("09:05", 4);
        await _desk.PutAsync(second, new Subot.Domain.Facts.VoteFact(_desk.Slack.NextTs(), new(Dan), true));
        await UntilAsync("10:00", 5);
        var third = await _desk.SayAsync(Ann, "THIRD", "The build is red");
        await UntilAsync("10:45", 5);
        await _desk.SayAsync(Una, "reply", "Why?", third);
        await UntilAsync("11:30", 5);
        await _desk.SayAsync(Ann, "reply", "Nobody knows", third);
        await UntilAsync("15:00", 8);
        await _desk.SayAsync(Dan, "FOURTH", "The printer is on fire");
        await UntilAsync("19:00", 8);
    }

    private async Task AskAndWaitAsync(string until)
    {
        await _desk.StartAsync();
        await _desk.ChangeAsync(s => s with { Reminders = s.Reminders with { Limit = 0 } });
        await _desk.SayAsync(Ann, "ASKED", "The printer is on fire");
        await UntilAsync(until);
    }

    /// <summary>A time of the Friday; from 24:00 on of the days after it.</summary>
    private Task UntilAsync(string time) => UntilAsync(time, 1);

    private Task UntilAsync(string time, int day) =>
        _desk.UntilAsync(s_start.Date.AddDays(day).AddHours(int.Parse(time.Split(':')[0])).AddMinutes(int.Parse(time.Split(':')[1])));

    private void Keep(PostMessage post)
    {
        if (IsReport(post))
            _reports.Add(post);
    }

    private string Shown(PostMessage post)
    {
        var picture = post.Blocks!.OfType<ImageBlock>().SingleOrDefault();
        return post.Text.Replace(SupportDesk.Help, "help") + (picture is null ? "" : $"\n[picture: {picture.AltText}]");
    }

    private static bool IsReport(PostMessage post) => post.Metadata!.Find("id")!.StartsWith("report:", StringComparison.Ordinal);

    private static bool HasPicture(PostMessage post) => IsReport(post) && post.Blocks!.OfType<ImageBlock>().Any();

    private static void RefuseIf(bool refused)
    {
        if (refused)
            throw new SlackException("chat.postMessage", "invalid_blocks", SlackErrorKind.OurBug);
    }

    private sealed class FallenException : Exception;
}
