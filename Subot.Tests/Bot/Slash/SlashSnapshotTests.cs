using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;

namespace Subot.Tests.Bot.Slash;

/// <summary>What every command answers, in both languages: reviewed files beside this one.</summary>
public sealed class SlashSnapshotTests
{
    private readonly List<string> _lines = [];

    [TestCase("en")]
    [TestCase("fr")]
    public async Task Every_command_answers_as_reviewed(string language)
    {
        _lines.Clear();
        await using var desk = await SlashDesk.OpenAsync(SettingsIn(language));
        var old = await desk.WriteAsync(SlashDesk.Ann, 75, "Jenkins is <https://ci.example.org|down> &amp; nobody knows why");
        var answered = await desk.WriteAsync(SlashDesk.Bob, 50, "How do I get access?");
        await desk.WriteAsync(SlashDesk.Tim, 49.5, "To what?", answered);
        var fresh = await desk.WriteAsync(SlashDesk.Ann, 2, "The build fails");
        var note = await desk.WriteAsync(SlashDesk.Tim, 1, "For information: an update tonight");

        await TypeAsync(desk, SlashDesk.Ann, "", "help oncall", "help stats", "help solve", "help answers", "help team", "help open", "help report", "health help", "help stast", "oncall help", "hlep", "sing", "team add <@U0ANN|ann>");
        await TypeAsync(desk, SlashDesk.Ann, "stats", "stats yesterday", "stats 2026-10", "stats 2026-09-28..2026-10-04", "stats lastweak", "stats jenkins month", "stats access last month", "stats this week", "stats last 3 days jenkins", "stats last wek", "open");
        await TypeAsync(desk, SlashDesk.Tim, "report", "report moth");
        await TypeAsync(desk, SlashDesk.Tim, "answers", "answers test", "answers test Jenkins is down", "answers test  how do I get   access?", "answers test hello");
        await TypeAsync(desk, SlashDesk.Tim,
            $"solve {SlashDesk.LinkTo(old)}", $"solve {SlashDesk.LinkTo(old)}", $"reopen {SlashDesk.LinkTo(old)}", $"reopen {SlashDesk.LinkTo(old)}",
            $"dismiss <{SlashDesk.LinkTo(fresh)}>", $"dismiss {SlashDesk.LinkTo(fresh)}", $"solve {SlashDesk.LinkTo(fresh)}", $"reopen {SlashDesk.LinkTo(fresh)}",
            $"solve {SlashDesk.LinkTo(note)}", $"solve {SlashDesk.LinkTo(new Ts(note.Micros + 7))}", $"solve {SlashDesk.LinkTo(old).Replace("C0HELP", "C0OTHER", StringComparison.Ordinal)}",
            "solve it", "solve");
        await desk.PutAsync(old, new DeletionFact(desk.Now, old));
        await TypeAsync(desk, SlashDesk.Tim, $"reopen {SlashDesk.LinkTo(old)}");
        await TypeAsync(desk, SlashDesk.Tim, "oncall", "oncall set <@U0TIM|tim>", "oncall set <@U0ANN|ann>", "oncall set @tina", "oncall set tina", "oncall st", "oncall swap",
            "oncall swap <@U0TIM> <@U0TINA>", "oncall rota week lun 10:00 <@U0TIM|tim> <@U0TINA|tina>", "oncall", "oncall swap U0TIM U0TINA", "oncall away <@U0TINA> 2026-10-12..2026-10-14",
            "oncall away <@U0TIM> 2026-10-07..2026-10-08", "oncall away <@U0TINA> soon", "oncall back <@U0TINA>", "oncall back <@U0TINA>", "oncall rota week someday 10:00 <@U0TIM>", "oncall rota week fri 25:00 <@U0TIM>",
            "oncall rota month 30 9:00 <@U0TIM>", "oncall rota month 1 9:00 <@U0TIM> <@U0ANN>", "oncall rota month 1 9:00 <@U0TIM>", "oncall rota off");
        await TypeAsync(desk, SlashDesk.Aida, "team", "team add <@U0BOB|bob>", "team add <@U0BOB|bob>", "team remove <@U0BOB> <@U0GINA>", "team remove <@U0ANN>", "team ad <@U0BOB>", "team add",
            "team remove <@U0TIM>");
        await TypeAsync(desk, SlashDesk.Boss, "health");

        Snapshot.Matches($"answers.{language}.txt", string.Join('\n', _lines));
    }

    private static TeamSettings SettingsIn(string language) => SlashDesk.Settings with
    {
        Language = language,
        TeamGroups = [KeyValuePair.Create("S0SUPPORT", Subot.Domain.Values.ValueSet.Create(["U0GINA"]))],
        Tools = [new Tag("jenkins", "Jenkins", [new Pattern(PatternKind.Regex, "jenkins|\\bCI\\b")])],
        Labels = [new Tag("access", "Access", [new Pattern(PatternKind.Word, "access(es)?"), new Pattern(PatternKind.Regex, "log ?in")])],
        Answers =
        [
            new Answer("jenkins", "jenkins", null, "Jenkins restarts each night.") { Feedback = true, MustMatch = ["jenkins?"], MustNotMatch = ["access to jenkins", "hello"] },
            new Answer("access", null, "access", "Ask your *lead*.") { State = AnswerState.Silent },
            new Answer("jenkins-access", "jenkins", "access", "Take the form.") { State = AnswerState.Off },
            new Answer("general", null, null, "Somebody will look."),
        ],
    };

    private async Task TypeAsync(SlashDesk desk, string user, params string[] commands)
    {
        foreach (var command in commands)
        {
            _lines.Add($"> {user}: /subot {command}".TrimEnd());
            _lines.Add(await desk.TypeAsync(user, command));
            _lines.Add("");
        }
    }
}
