using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Api.Numbers;

/// <summary>The days, weeks or months of a period, which needs bounds for it. The first and the last may be cut by them.</summary>
internal static class Steps
{
    private const int Most = 400;

    /// <exception cref="RefusedException">The period has no bounds, or too many steps.</exception>
    public static IReadOnlyList<(Ts From, Ts To)> Of(NumbersQuestion question, Step step)
    {
        var (from, to) = (question.Query.From, question.Query.To);
        if (from == Ts.Zero || to == Ts.Max)
            throw RefusedException.Bad("Say from when to when: 'from' and 'to' are needed here.");
        var steps = new List<(Ts, Ts)>();
        for (var at = from; at < to;)
        {
            if (steps.Count == Most)
                throw RefusedException.Bad($"That is more than {Most} {Word.Of(step)}s: take a shorter period.");
            var next = LocalDay.Start(Next(LocalDay.Of(at, question.Zone), step), question.Zone);
            steps.Add((at, next < to ? next : to));
            at = next;
        }

        return steps;
    }

    private static DateOnly Next(DateOnly day, Step step) => step switch
    {
        Step.Day => day.AddDays(1),
        Step.Week => day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7)),
        _ => new DateOnly(day.Year, day.Month, 1).AddMonths(1),
    };
}
