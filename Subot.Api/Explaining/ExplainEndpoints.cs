using System.ComponentModel;
using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Numbers;
using Subot.Api.Threads;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;

namespace Subot.Api.Explaining;

/// <summary>Opens a number: the requests behind it.</summary>
internal static class ExplainEndpoints
{
    private const string List = "explain";

    // Requests that are looked at for one page: most numbers count only some.
    private const int MostLookedAt = 2000;
    private const int PerRound = 200;

    /// <summary>The numbers that can be opened.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<DurationName>().Select(Word.Of), .. Enum.GetValues<CountName>().Select(Word.Of)];

    public static void MapExplaining(this WebApplication app) => app.MapGet("/v2/explain/{number}", ExplainAsync).WithTags("Numbers");

    private static async Task<Explanation> ExplainAsync(
        [OneOf(typeof(ExplainEndpoints), nameof(Names)), Description("A duration such as first_response_working, or a count such as solved.")] string number,
        [AsParameters] NumbersParameters asked,
        [Description("Where the list goes on: next of the page before.")] string? cursor,
        [Description("Requests per page, from 1 to 200; 50 if it is left out.")] int? limit,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore numbers,
        IThreadStore store,
        PeopleNames people,
        CancellationToken ct)
    {
        if (Word.Parse<DurationName>(number) is { } duration)
            return await PageAsync(Word.Of(duration), Definitions.Of(duration), e => (t => e.ValueOf(duration, t.Contribution), (t, facts) => e.Explain(duration, t, facts)));
        if (Word.Parse<CountName>(number) is { } count)
            return await PageAsync(Word.Of(count), Definitions.Of(count), e => (t => e.ValueOf(count, t.Contribution), (t, facts) => e.Explain(count, t, facts)));
        throw RefusedException.Bad($"{Quoted.Of(number)} is no number; there are: {string.Join(", ", Names)}.");

        async Task<Explanation> PageAsync(string name, string definition, Func<Explainer, (Func<CountedThread, long?> Value, Func<CountedThread, IReadOnlyList<Fact>, ExplainedThread> Explain)> about)
        {
            var (most, after) = (ThreadEndpoints.Limit(limit), Cursor.Read(List, cursor));
            var question = await questions.ReadAsync(asked, context, ct);
            var (value, explain) = about(new Explainer(question.Settings, question.Query.AsOf));
            var (counted, isLast) = (new List<CountedThread>(), false);
            for (var lookedAt = 0; counted.Count < most && lookedAt < MostLookedAt && !isLast;)
            {
                var found = await numbers.CountedAsync(question.Query, new CountedPage(after, NewestFirst: true, PerRound), ct);
                foreach (var thread in found.TakeWhile(_ => counted.Count < most))
                {
                    after = thread.Key;
                    if (value(thread) is not null)
                        counted.Add(thread);
                }

                lookedAt += found.Count;
                isLast = found.Count < PerRound && (found.Count == 0 || after == found[^1].Key);
            }

            var facts = await store.LoadFactsAsync([.. counted.Select(t => t.Key)], ct);
            List<ExplainedThread> explained = [.. counted.Select(t => explain(t, facts[t.Key]))];
            var named = await people.OfAsync(explained.SelectMany(NamedIn.Explained), ct);
            return new Explanation(question.Scope, name, definition, explained, named, isLast || after is null ? null : Cursor.Of(List, after.Value));
        }
    }
}
