using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Storage.Sqlite;

namespace Subot.Demo.Sample;

/// <summary>What the team of the sample workspace has set up, so that each feature can be tried within minutes.</summary>
internal static class SampleSettings
{
    /// <summary>Puts them into a new store, as if they had always been valid.</summary>
    /// <param name="team">User ids, in the order of the rota.</param>
    public static async Task WriteAsync(string dataFolder, IReadOnlyList<string> team, TimeProvider time, CancellationToken ct)
    {
        await using var store = SqliteStore.Open(dataFolder);
        if ((await store.SettingsAsync(ct)).IsEmpty)
            await store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, Create(team, time), "demo") { WrittenAt = time.GetUtcNow() }, ct);
    }

    private static TeamSettings Create(IReadOnlyList<string> team, TimeProvider time)
    {
        var zone = TimeZoneInfo.Local;
        return new TeamSettings
        {
            TimeZone = zone.Id,
            // Whoever tries it at night wants to see it work too.
            WorkingHours = WorkingHours.Parse("Mon-Sun 00:00-24:00"),
            Team = [.. team],
            Tools =
            [
                new Tag("pipeline", "Pipeline", [new Pattern(PatternKind.Regex, @"\b(pipelines?|builds?|ci)\b")]),
                new Tag("vault", "Vault", [new Pattern(PatternKind.Word, "vault|secrets?")]),
            ],
            Labels =
            [
                new Tag("access", "Access", [new Pattern(PatternKind.Regex, @"\b(access|permissions?|denied|rights?)\b")]),
                new Tag("failure", "Failure", [new Pattern(PatternKind.Regex, @"\b(fail(s|ed|ing)?|red|broken|exit code \d+)\b")]),
            ],
            Answers =
            [
                new Answer("vault-access", "vault", "access", "Access to Vault is given by your lead: <https://example.org/vault|this form> takes a minute.")
                {
                    Feedback = true,
                    MustMatch = ["How do I get access to Vault?"],
                    MustNotMatch = ["Vault is slow"],
                },
                new Answer("pipeline-failure", "pipeline", "failure", "Most red builds are green when they are run again: <https://example.org/rerun|here is how>.") { Feedback = true },
                new Answer("pipeline", "pipeline", null, "What the pipelines do is told <https://example.org/pipelines|on this page>.") { State = AnswerState.Silent },
            ],
            OnCall = OnCallPlan.Empty with { Rota = Rota.Weekly(DayOfWeek.Monday, 10 * 60, team, Ts.From(time.GetUtcNow()), zone) },
            Reminders = new ReminderSettings { AfterSeconds = 120 },
        };
    }
}
