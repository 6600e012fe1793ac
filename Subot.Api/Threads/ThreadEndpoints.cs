using System.ComponentModel;
using Subot.Api.Answers;
using Subot.Api.Contracts.Threads;
using Subot.Api.Numbers;
using Subot.Api.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>The requests, one by one.</summary>
internal static class ThreadEndpoints
{
    private const int MostPerPage = 200;
    private const int UsualPage = 50;

    public static void MapThreads(this WebApplication app)
    {
        app.MapGet("/v2/threads", ListAsync).WithTags("Threads");
        app.MapGet("/v2/threads/{channel}/{ts}", ThreadAsync).WithTags("Threads");
    }

    /// <summary>How many a page is to hold.</summary>
    /// <exception cref="RefusedException">Too many, or none.</exception>
    public static int Limit(int? asked) => asked switch
    {
        null => UsualPage,
        >= 1 and <= MostPerPage => asked.Value,
        _ => throw RefusedException.Bad($"limit: {asked} is not from 1 to {MostPerPage}."),
    };

    private static async Task<ThreadPage> ListAsync(
        [AsParameters] NumbersParameters asked, [Description("newest (the default) or oldest")] string? sort, [Description("Where the list goes on: next of the page before")] string? cursor, [Description("Requests per page, from 1 to 200; 50 if it is left out")] int? limit, HttpContext context, NumbersQuestions questions, INumbersStore numbers, IThreadStore store, PeopleNames people, CancellationToken ct)
    {
        var newestFirst = sort switch
        {
            null or "newest" => true,
            "oldest" => false,
            _ => throw RefusedException.Bad($"sort: '{sort}' is none; there are: newest, oldest."),
        };
        var page = new CountedPage(Cursor.Read(cursor), newestFirst, Limit(limit));
        var question = await questions.ReadAsync(asked, context, ct);
        var found = await numbers.CountedAsync(question.Query, page, ct);
        var items = await ItemsAsync(found, question, store, ct);
        return new ThreadPage(question.Scope, items, await people.OfAsync(items.SelectMany(NamedIn.Item), ct), found.Count == page.Limit ? Cursor.Of(found[^1].Key) : null);
    }

    /// <summary>Requests as they are told.</summary>
    public static async Task<IReadOnlyList<ThreadItem>> ItemsAsync(IReadOnlyList<CountedThread> threads, NumbersQuestion question, IThreadStore store, CancellationToken ct)
    {
        var states = await store.LoadAsync([.. threads.Select(t => t.Key)], ct);
        var texts = await store.LoadTextsAsync([.. threads.Select(t => new MessageKey(t.Key.Channel, t.Key.Root))], ct);
        var asOf = new AsOf(question.Query.AsOf, question.Settings);
        // One that went in between is left out, as it would be a moment later.
        var items = from thread in threads
                    where states.ContainsKey(thread.Key)
                    let text = texts.GetValueOrDefault(new MessageKey(thread.Key.Channel, thread.Key.Root))
                    select ThreadWords.Of(states[thread.Key].State, thread.Contribution, thread.Dimensions, asOf, text);
        return [.. items];
    }

    private static async Task<ThreadDetail> ThreadAsync(string channel, string ts, SettingsReading settings, IThreadStore store, PeopleNames people, TimeProvider time, CancellationToken ct)
    {
        if (!Ts.TryParse(ts, out var root))
            throw RefusedException.Bad($"'{ts}' is no ts; write for example 1763884800.123459.");
        var key = new ThreadKey(new ChannelId(channel), root);
        if (!(await store.LoadAsync([key], ct)).TryGetValue(key, out var thread))
            throw RefusedException.Missing($"There is no thread {key.Root} in {key.Channel}.");
        var facts = await store.LoadFactsAsync(key, ct);
        var texts = await store.LoadTextsAsync([.. facts.OfType<MessageFact>().Select(m => new MessageKey(key.Channel, m.Time))], ct);
        var history = await settings.HistoryAsync(ct);
        var item = ThreadWords.Of(
            thread.State, Contribution.Of(thread.State, history), Dimensions.Of(thread.State, history), new AsOf(Ts.From(time.GetUtcNow()), history), texts.GetValueOrDefault(new MessageKey(key.Channel, root)));
        List<ThreadFact> told = [.. facts.Order(Comparer<Fact>.Create(Fact.Compare)).Select(f => ThreadWords.Of(f, key.Channel, texts))];
        return new ThreadDetail(item, told, await people.OfAsync([.. NamedIn.Item(item), .. told.SelectMany(NamedIn.Fact)], ct));
    }
}
