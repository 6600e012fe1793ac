using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;

namespace Subot.Tests.Desk;

/// <summary>
/// A fortnight of a support channel, minute by minute, across a change of the clock: what the bot says, once each and in order. The same is
/// said where the bot is stopped and started at awkward minutes.
/// </summary>
public sealed class FortnightTests
{
    private const string Ann = "U0ANN";
    private const string Dan = "U0DAN";
    private const string Tim = "U0TIM";
    private const string Una = "U0UNA";

    [TestCase("Europe/Paris", "2026-03-16", "en", TestName = "Fortnight_in_Paris_when_the_clock_is_put_forward")]
    [TestCase("Europe/Paris", "2026-10-12", "fr", TestName = "Fortnight_in_Paris_when_the_clock_is_put_back")]
    [TestCase("America/New_York", "2026-02-23", "en", TestName = "Fortnight_in_New_York_when_the_clock_is_put_forward")]
    [TestCase("America/New_York", "2026-10-19", "fr", TestName = "Fortnight_in_New_York_when_the_clock_is_put_back")]
    public async Task Fortnight(string zone, string monday, string language)
    {
        var first = DateOnly.Parse(monday);
        await using var desk = Desk(zone, first, language);
        await PlayAsync(desk, first, restarts: false);
        Snapshot.Matches($"fortnight-{zone.Replace('/', '-')}-{monday}.txt", desk.Transcript);

        await using var restarted = Desk(zone, first, language);
        await PlayAsync(restarted, first, restarts: true);
        Assert.That(restarted.Transcript, Is.EqualTo(desk.Transcript), "with restarts");
    }

    private static SupportDesk Desk(string zone, DateOnly monday, string language)
    {
        var desk = new SupportDesk(zone, At(monday, 0, "08:00"));
        desk.Slack.Names[Ann] = "Ann";
        desk.Slack.Names[Dan] = "Dan";
        desk.Slack.Names[Tim] = "Tim";
        desk.Slack.Names[Una] = "Una";
        desk.Parameters["SUBOT_TEAM"] = $"{Tim},{Una}";
        desk.Parameters["SUBOT_LANGUAGE"] = language;
        desk.Parameters["SUBOT_EXPIRE_AFTER"] = "8d";
        // The second Wednesday.
        desk.Parameters["SUBOT_HOLIDAYS"] = $"{monday.AddDays(9):yyyy-MM-dd}";
        return desk;
    }

    private static async Task PlayAsync(SupportDesk desk, DateOnly monday, bool restarts)
    {
        Task Until(int day, string time) => desk.UntilAsync(At(monday, day, time));
        async Task Restart()
        {
            if (!restarts)
                return;
            await desk.StopAsync();
            await desk.StartAsync();
        }

        await desk.StartAsync();
        // Hand-overs on Sundays at 02:30, which the clock jumps over, or shows twice.
        await desk.ChangeAsync(s => s with
        {
            OnCall = OnCallPlan.Empty with { Rota = new Rota { Period = RotaPeriod.Week, People = [Tim, Una], First = monday.AddDays(-1), HandOverMinute = 150 } },
            Tools = [new Tag("vault", "Vault", [new Pattern(PatternKind.Word, "vault")])],
            Labels = [new Tag("access", "Access", [new Pattern(PatternKind.Regex, @"\b(access|denied)\b")])],
            Answers =
            [
                new Answer("vault-access", "vault", "access", "See <https://docs.example.org/vault|how to get access>.") { Feedback = true },
                new Answer("vault-quiet", "vault", null, "Never said.") { State = AnswerState.Silent },
            ],
        });

        await Until(0, "09:10");
        var early = await desk.SayAsync(Ann, "EARLY", "The build is red &amp; nobody knows why <https://ci.example.org|here>");
        await Until(0, "10:05");
        await desk.JoinAsync(Dan);
        var printer = await desk.SayAsync(Dan, "PRINTER", "The printer is on fire");
        await Until(0, "10:20");
        await desk.SayAsync(Tim, "reply", "Which one?", printer);
        await Until(0, "10:59");
        await Restart();
        await Until(0, "11:00");
        await Restart();
        await Until(0, "11:15");
        await desk.SayAsync(Dan, "reply", "The one in the hall", printer);
        await desk.SayAsync(Dan, "reply", "thanks!", printer);
        await Until(0, "12:30");
        await desk.ReactAsync(Tim, printer, "heavy_check_mark");
        await Until(0, "13:00");
        await Restart();

        // Automatic answers: one helps, one does not.
        await Until(0, "16:00");
        var helped = await desk.SayAsync(Ann, "HELPED", "vault says access denied");
        await Until(0, "16:03");
        await desk.PutAsync(helped, new VoteFact(desk.Slack.NextTs(), new UserId(Ann), true));
        var useless = await desk.SayAsync(Dan, "USELESS", "No access to Vault");
        await Until(0, "16:10");
        await desk.PutAsync(useless, new VoteFact(desk.Slack.NextTs(), new UserId(Dan), false));
        await Until(0, "16:20");
        await desk.SayAsync(Una, "reply", "Try again now", useless);
        await Until(0, "16:21");
        await desk.SayAsync(Dan, "quick", "And where is the vault?");

        // A night's requests are due at once the next day, in one message.
        await Until(1, "20:00");
        foreach (var label in (string[])["NIGHT1", "NIGHT2", "NIGHT3", "NIGHT4"])
        {
            await desk.SayAsync(label[^1] % 2 == 0 ? Ann : Dan, label, $"{label} does not start");
            await Until(1, $"20:{int.Parse(label[^1..]) * 5:00}");
        }

        await Until(2, "10:59");
        await Restart();
        await Until(2, "11:00");
        await Restart();
        await Until(2, "11:30");
        // Put off until tomorrow by an emoji, and not any more.
        await desk.ReactAsync(Tim, early, "zzz");

        await Until(4, "18:59");
        await Restart();
        await Until(4, "19:00");
        await Restart();
        var friday = await desk.SayAsync(Ann, "FRIDAY", "Something for the weekend");
        await Until(4, "19:10");
        await desk.ReactAsync(Una, friday, "zzz");
        await Until(6, "02:29");
        await Restart();
        await Until(6, "02:31");
        await Restart();
        await Until(7, "11:30");
        await desk.SayAsync(Una, "reply", "Looking into it", friday);
        await Until(8, "17:00");
        await desk.SayAsync(Ann, "HOLIDAY", "Before the day off");
        await Until(9, "12:00");
        await Restart();
        await Until(10, "10:00");
        await desk.ChangeAsync(s => s with { OnCall = s.OnCall.Set(Tim, Ts.From(desk.Time.GetUtcNow()), TimeZoneInfo.FindSystemTimeZoneById(s.TimeZone)) });
        await Until(13, "23:00");
    }

    private static DateTime At(DateOnly monday, int day, string time) => monday.AddDays(day).ToDateTime(TimeOnly.Parse(time));
}
