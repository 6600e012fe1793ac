using System.ComponentModel;
using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Numbers;
using Subot.Api.Settings;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>The requests, one by one.</summary>
internal static class ThreadEndpoints
{
    /// <summary>What the channel of a path is.</summary>
    public const string ChannelPart = "The channel, by id or name.";

    /// <summary>What the ts of a path is.</summary>
    public const string TsPart = "The ts of its first message, in Slack's form: 1763884800.123459.";

    private const int MostPerPage = 200;
    private const int UsualPage = 50;
    private const int MostWords = 10;
    private const int LongestSearch = 200;

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
        [AsParameters] NumbersParameters asked,
        [AsParameters] ListParameters list,
        HttpContext context,
        NumbersQuestions questions,
        ThreadLists lists,
        IThreadStore store,
        PeopleNames people,
        CancellationToken ct)
    {
        var limit = Limit(list.Limit);
        var words = WordsOf(list);
        var question = await questions.ReadAsync(asked, context, ct);
        var page = (words, OrderOf(list)) switch
        {
            ({ } sought, _) => await lists.ByWordsAsync(question, sought, list.Cursor, limit, ct),
            (_, var order and (ListOrder.Newest or ListOrder.Oldest)) => await lists.ByRootAsync(question, order, list.Cursor, limit, ct),
            (_, var order) => await lists.BySilenceAsync(question, order, list.Cursor, limit, ct),
        };
        var items = await ItemsAsync(page.Threads, question, store, ct);
        return new ThreadPage(question.Scope, items, await people.OfAsync(items.SelectMany(NamedIn.Item), ct), page.Next, page.Search);
    }

    private static ListOrder OrderOf(ListParameters list) => list.Sort is not { } sort ? ListOrder.Newest
        : Word.Parse<ListOrder>(sort) ?? throw RefusedException.Bad($"sort: {Quoted.Of(sort)} is none; {Choices.Of<ListOrder>()}");

    /// <summary>What is searched for; null if nothing is.</summary>
    private static WordSearch? WordsOf(ListParameters list)
    {
        if (list.Words is not { } typed)
            return null;
        if (list.Sort is not null)
            throw RefusedException.Bad("sort: what is searched comes by its newest message with the words; leave one of 'q' and 'sort' out.");
        if (typed.Length > LongestSearch || WordSearch.Read(typed) is not { Words.Count: <= MostWords } words)
            throw RefusedException.Bad($"q: write one to {MostWords} words, {LongestSearch} characters at most; 'deploy*' finds all words that begin so.");
        return words;
    }

    /// <summary>Requests as they are told.</summary>
    public static async Task<IReadOnlyList<ThreadItem>> ItemsAsync(
        IReadOnlyList<CountedThread> threads, NumbersQuestion question, IThreadStore store, CancellationToken ct)
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

    /// <summary>The thread of a path.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public static ThreadKey KeyOf(ChannelId channel, string ts) =>
        Ts.TryParse(ts, out var root) ? new ThreadKey(channel, root) : throw RefusedException.Bad($"{Quoted.Of(ts)} is no ts; write for example 1763884800.123459.");

    /// <summary>A thread is not known.</summary>
    public static RefusedException NoThread(ThreadKey key) =>
        RefusedException.Missing($"There is no thread {key.Root} in {Quoted.Short(key.Channel.Value)}.");

    /// <summary>The thread of a path, with the corrections that no bot has applied yet.</summary>
    /// <exception cref="RefusedException">It is not known, or its channel is not.</exception>
    public static async Task<ReadThread> FindAsync(
        string channel, string ts, IThreadStore store, ThreadReading reading, SettingsHistory settings, CancellationToken ct)
    {
        var known = await store.ChannelsAsync(ct);
        var record = ChannelNames.Find(known, channel);
        // Threads of a channel that is not recorded any more are found by its id.
        var key = KeyOf(record?.Id ?? new ChannelId(channel), ts);
        return await reading.FindAsync([key], settings, ct) ?? throw (record is null ? ChannelNames.NoChannel(known, channel) : NoThread(key));
    }

    private static async Task<ThreadDetail> ThreadAsync(
        [Description(ChannelPart)] string channel,
        [Description(TsPart)] string ts,
        IThreadStore store,
        ThreadReading reading,
        ThreadDetails details,
        SettingsReading settings,
        CancellationToken ct)
    {
        var history = await settings.HistoryAsync(ct);
        return await details.OfAsync(await FindAsync(channel, ts, store, reading, history, ct), history, ct);
    }
}
