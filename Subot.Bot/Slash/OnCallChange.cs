using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage.Settings;

namespace Subot.Bot.Slash;

/// <summary>Changes who is on call, from now on.</summary>
internal sealed class OnCallChange(SlashEditor editor, CurrentSettings settings)
{
    private static readonly string[] s_verbs = ["set", "swap", "rota", "away", "back"];

    /// <summary>What a plan becomes, or why it does not.</summary>
    private delegate (OnCallPlan? Plan, IReadOnlyList<PlanProblem> Problems) Edit(TeamSettings settings);

    /// <summary>Whether it is done, and what is to be said.</summary>
    public Task<(bool Done, string Text)> ApplyAsync(SlashQuestion question, CancellationToken ct)
    {
        var verb = question.Arguments[0].ToLowerInvariant();
        IReadOnlyList<string> words = [.. question.Arguments.Skip(1)];
        return (verb, words) switch
        {
            ("set", [var who]) => SetAsync(question, who, ct),
            ("swap", [var one, var other]) => SwapAsync(question, one, other, ct),
            ("rota", ["off"]) => RunAsync(question, s => Of(s.OnCall.WithRota(null, s.Everyone, question.Now)), ct),
            ("rota", ["week" or "month", _, _, ..]) => RotaAsync(question, words, ct),
            ("away", [var who, var days]) => AwayAsync(question, who, days, ct),
            ("back", [var who]) => BackAsync(question, who, null, ct),
            ("back", [var who, var days]) => BackAsync(question, who, days, ct),
            _ when s_verbs.Contains(verb) => Refused(question.Say(TextId.HelpOncall)),
            _ => Refused(question.Say(TextId.OncallUnknown, ("word", SlackText.Escape(question.Arguments[0])), ("hint", SlashHint.Of(question, verb, s_verbs))) + "\n" + question.Say(TextId.HelpOncall)),
        };
    }

    private Task<(bool, string)> SetAsync(SlashQuestion question, string who, CancellationToken ct)
    {
        var (people, problem) = Mention.ParseAll(question, [who]);
        if (problem is not null)
            return Refused(problem);
        if (!question.Version.Settings.Everyone.Contains(people[0]))
            return Refused(question.Say(TextId.OncallNotInTeam, ("person", SlackText.User(people[0]))));
        return RunAsync(question, s => (s.OnCall.Set(people[0], question.Now, s.Calendar.Zone), []), ct);
    }

    private Task<(bool, string)> SwapAsync(SlashQuestion question, string one, string other, CancellationToken ct)
    {
        var (people, problem) = Mention.ParseAll(question, [one, other]);
        return problem is not null ? Refused(problem) : RunAsync(question, s => Of(s.OnCall.Swap(people[0], people[1], question.Now, s.Calendar.Zone)), ct);
    }

    private Task<(bool, string)> RotaAsync(SlashQuestion question, IReadOnlyList<string> words, CancellationToken ct)
    {
        var (people, problem) = Mention.ParseAll(question, words.Skip(3));
        if (problem is not null)
            return Refused(problem);
        if (TimeOfDay.Parse(words[2]) is not { } minute)
            return Refused(question.Say(TextId.OncallNoTime, ("word", SlackText.Escape(words[2]))));
        if (words[0] == "week")
        {
            return HandOver.Weekday(words[1]) is { } weekday
                ? RunAsync(question, s => Of(s.OnCall.WithRota(Rota.Weekly(weekday, minute, people, question.Now, s.Calendar.Zone), s.Everyone, question.Now)), ct)
                : Refused(question.Say(TextId.OncallNoWeekday, ("word", SlackText.Escape(words[1]))));
        }

        return int.TryParse(words[1], out var day)
            ? RunAsync(question, s => Of(s.OnCall.WithRota(Rota.Monthly(day, minute, people, question.Now, s.Calendar.Zone), s.Everyone, question.Now)), ct)
            : Refused(PlanWords.Say(question, new PlanProblem(PlanProblemKind.NoDayOfEveryMonth)));
    }

    private async Task<(bool, string)> AwayAsync(SlashQuestion question, string who, string days, CancellationToken ct)
    {
        var (people, problem) = Mention.ParseAll(question, [who]);
        if (problem is not null)
            return (false, problem);
        if (StatsPeriod.Range(days) is not { } range)
            return (false, question.Say(TextId.OncallNoDays, ("word", SlackText.Escape(days))));
        var absence = new Absence(people[0], range.First, range.Last);
        var (done, text) = await RunAsync(question, s => Of(s.OnCall.WithAbsence(absence)), ct);
        var now = settings.History.At(question.Now);
        // An absence is for the rota alone: who was put on call by hand is so all the same, and has to know.
        var kept = done ? now.Settings.OnCall.TurnsThoughAway(absence, question.Now, now.Zone) : [];
        return (done, string.Join('\n', kept.Select(t => Kept(question, t)).Prepend(text)));
    }

    private static string Kept(SlashQuestion question, Shift turn) => turn.To == Ts.Max
        ? question.Say(TextId.OncallSetThoughAwayOpen, ("person", SlackText.User(turn.User!)))
        : question.Say(TextId.OncallSetThoughAway, ("person", SlackText.User(turn.User!)), ("from", question.Moment(turn.From)), ("until", question.Moment(turn.To)));

    private Task<(bool, string)> BackAsync(SlashQuestion question, string who, string? days, CancellationToken ct)
    {
        var (people, problem) = Mention.ParseAll(question, [who]);
        if (problem is not null)
            return Refused(problem);
        var range = days is null ? null : StatsPeriod.Range(days);
        if (days is not null && range is null)
            return Refused(question.Say(TextId.OncallNoDays, ("word", SlackText.Escape(days))));
        return RunAsync(question, s => Back(s, people[0], range, question), ct);
    }

    /// <summary>All absences of somebody that are not over are called off, or the one that is named.</summary>
    private static (OnCallPlan?, IReadOnlyList<PlanProblem>) Back(TeamSettings settings, string who, (DateOnly First, DateOnly Last)? days, SlashQuestion question)
    {
        var plan = settings.OnCall;
        var off = plan.Absences.Where(a => a.User == who && (days is null ? a.End(settings.Calendar.Zone) > question.Now : (a.From, a.To) == days.Value)).ToList();
        return off.Count == 0
            ? (null, [new PlanProblem(PlanProblemKind.NoSuchAbsence, who)])
            : (off.Aggregate(plan, (p, absence) => p.WithoutAbsence(absence).Plan!), []);
    }

    /// <summary>Edits what is valid now and what is to become valid later, all or nothing.</summary>
    private async Task<(bool, string)> RunAsync(SlashQuestion question, Edit edit, CancellationToken ct)
    {
        var valid = SettingsEditor.Instants(settings.History, question.Now).Select(i => settings.History.At(i).Settings);
        if (valid.Select(s => edit(s).Problems).FirstOrDefault(p => p.Count > 0) is { } problems)
            return (false, string.Join('\n', problems.Select(p => PlanWords.Say(question, p))));
        var refused = await editor.ChangeAsync(question, s => s with { OnCall = edit(s).Plan ?? s.OnCall }, ct);
        return refused is null ? (true, question.Say(TextId.OncallDone)) : (false, refused);
    }

    private static (OnCallPlan?, IReadOnlyList<PlanProblem>) Of(PlanEdit edit) => (edit.Plan, edit.Problems);

    private static Task<(bool, string)> Refused(string text) => Task.FromResult((false, text));
}
