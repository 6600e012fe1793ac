using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Tests.Bot.SettingsFiles;

/// <summary>Makes settings of every sort, with texts that a file format can stumble over.</summary>
internal sealed class RandomSettings(int seed)
{
    private static readonly string[] s_zones = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata"];

    private static readonly string[] s_texts =
    [
        "Hello", "null", "~", "off", "yes", "true", "12", "1e3", "0x1F", "2026-12-24", "10:00", "", " ", "- a", "# no comment", "a: b", "a #b", "'", "\"", "\\n", "\\d+(?:x|y)$", "{a}", "[b]", "&c", "*d", "!e", "%f",
        "@g", "`h`", "|", ">", "two\nlines", "two\n\nlines", "ends\n", "\nbegins", "  indented\nlines", "tab\there", "\ttab", "trailing ", "Windows\r\nlines", "old Mac\rlines", "nbsp\u00a0 here", "next\u0085line",
        "sep\u2028arated", "déjà vu", "👍🏽 ok", "مرحبا", "---", "...", "--- x\n... y", "<@U0ANN> & <https://x|y>", "? k", ": v", "a\n# b\n- c", "=", "<<", "very " + "long " + "long long long long long long long long long long long long long long long long text",
    ];

    private readonly Random _random = new(seed);

    public TeamSettings Next()
    {
        var (tools, labels) = (Tags("tool"), Tags("label"));
        return new TeamSettings
        {
            TimeZone = Any(s_zones),
            WorkingHours = Hours(),
            ChannelCalendars = [.. Some(3, i => KeyValuePair.Create($"C{i}", new Calendar(Any(s_zones), Hours())))],
            ResponseTargetSeconds = Seconds(),
            ExpireAfterSeconds = Chance() ? null : Seconds(),
            SolvedEmoji = Names("emoji"),
            AcknowledgingEmoji = Names("eyes"),
            NotARequestEmoji = Names("no"),
            Team = Names("U0T"),
            TeamGroups = [.. Some(3, i => KeyValuePair.Create($"S{i}", Names("U0G")))],
            Admins = Names("U0A"),
            Tools = tools,
            Labels = labels,
            Answers = [.. Some(4, i => AnswerOf(i, tools, labels))],
            OnCall = Plan(),
            OnCallGroup = Chance() ? null : "S0ONCALL",
            Reminders = new ReminderSettings { AfterSeconds = Seconds(), Limit = _random.Next(21), Place = Any(Enum.GetValues<ReminderPlace>()), SnoozeEmoji = "zzz" },
            Reports = new ReportSettings { Weekly = Chance() ? null : "0 19 * * 5", Monthly = Chance() ? null : "0 9 1 * *", Dashboard = Chance() ? null : "https://subot.example.org/" },
            Language = Any(["en", "fr"]),
            Templates = [.. Some(3, i => KeyValuePair.Create(Any(["thanks", "welcome", "reminder"]), Any(s_texts))).DistinctBy(e => e.Key)],
        };
    }

    private ValueList<Tag> Tags(string kind) => [.. Some(4, i => new Tag(
        $"{kind}-{i}",
        $"{kind} {i}{(Chance() ? $" {Any(s_texts)}".TrimEnd() : "")}",
        [.. Some(3, _ => new Pattern(PatternKind.Regex, Any(s_texts))), .. Some(3, _ => new Pattern(PatternKind.Word, Any(s_texts)))],
        Archived: Chance()))];

    private Answer AnswerOf(int number, ValueList<Tag> tools, ValueList<Tag> labels) => new(
        $"answer-{number}",
        Chance() || tools.Count == 0 ? null : Any([.. tools]).Id,
        Chance() || labels.Count == 0 ? null : Any([.. labels]).Id,
        "A" + Any(s_texts))
    {
        Feedback = Chance(),
        State = Any(Enum.GetValues<AnswerState>()),
        MustMatch = [.. Some(3, _ => Any(s_texts))],
        MustNotMatch = [.. Some(3, _ => Any(s_texts))],
        Archived = Chance(),
    };

    private OnCallPlan Plan() => Chance() ? OnCallPlan.Empty : new OnCallPlan
    {
        Rota = Chance() ? null : new Rota { Period = Any(Enum.GetValues<RotaPeriod>()), First = Day(), HandOverMinute = _random.Next(1440), People = [.. Names("U0R")] },
        Absences = [.. Some(3, i => new Absence($"U0R{i}", Day(), Day()))],
        Duties = [.. Some(3, i => new Duty(Instant(), Chance() ? Ts.Max : Instant(), $"U0R{i}"))],
        Topics = Some(2, i => i).ToDictionary(i => $"C{i}", i => $"U0R{i}"),
    };

    private WorkingHours Hours()
    {
        var hours = WorkingHours.Parse(Any(["Mon-Fri 10:00-13:00 14:00-19:00", "Sun 00:00-24:00", "Mon 9:05-9:10; Sat-Sun 20:00-24:00"]));
        return hours with { Exceptions = Some(3, _ => Day()).Distinct().ToDictionary(d => d, _ => (IReadOnlyList<Slot>)(Chance() ? [] : [new Slot(540, 600), new Slot(700, 1440)])) };
    }

    private ValueSet Names(string prefix) => [.. Some(4, i => $"{prefix}{i}")];

    private long Seconds() => Any([1L, 60, 90, 3600, 86_400, 604_800, 100_000]);

    private DateOnly Day() => new(_random.Next(2020, 2030), _random.Next(1, 13), _random.Next(1, 29));

    private Ts Instant() => new(_random.NextInt64(1_700_000_000L, 1_800_000_000L) * Ts.Second + (Chance() ? _random.Next(1_000_000) : 0));

    private bool Chance() => _random.Next(2) == 0;

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private List<T> Some<T>(int most, Func<int, T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(make)];
}
