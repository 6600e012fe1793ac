using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Numbers;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Patterns;
using Subot.Domain.Projection;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>A page of a list of requests.</summary>
/// <param name="Next">The cursor of the next page; null if this is the last.</param>
internal sealed record ListedThreads(IReadOnlyList<CountedThread> Threads, string? Next)
{
    /// <summary>What was searched for, if something was.</summary>
    public ThreadSearch? Search { get; init; }
}

/// <summary>
/// Lists of requests, a page at a time. Their orders are those in which a store finds them: what is listed after a request follows from the
/// request alone, so no page reads those before it again.
/// </summary>
internal sealed class ThreadLists(INumbersStore numbers, IThreadStore store)
{
    // Open requests that are looked at for one page: a filter may leave few of them.
    private const int MostLookedAt = 2000;
    private const int PerRound = 200;

    /// <summary>By the time of the first message.</summary>
    /// <param name="order">Newest or oldest.</param>
    public async Task<ListedThreads> ByRootAsync(NumbersQuestion question, ListOrder order, string? cursor, int limit, CancellationToken ct)
    {
        var list = Word.Of(order);
        var found = await numbers.CountedAsync(question.Query, new CountedPage(Cursor.Read(list, cursor), order == ListOrder.Newest, limit), ct);
        return new ListedThreads(found, found.Count == limit ? Cursor.Of(list, found[^1].Key) : null);
    }

    /// <summary>Open requests, the longest silent first.</summary>
    /// <param name="order">Silent, or waiting.</param>
    public async Task<ListedThreads> BySilenceAsync(
        NumbersQuestion question, ListOrder order, string? cursor, int limit, CancellationToken ct)
    {
        var (list, ofTeam) = (Word.Of(order), order == ListOrder.Waiting);
        var (threads, after, isLast) = (new List<CountedThread>(), Cursor.ReadSilent(list, cursor), false);
        for (var lookedAt = 0; threads.Count < limit && lookedAt < MostLookedAt && !isLast;)
        {
            var silent = await store.SilentThreadsAsync(question.Query.Channels, after, PerRound, ct);
            // One that is no longer silent as long stands elsewhere by now.
            var counted = await CountedAsync([.. silent.Select(s => s.Key)], question, s => s.SilentSince is not null && (!ofTeam || s.Turn == Turn.Team), ct);
            foreach (var thread in silent.TakeWhile(_ => threads.Count < limit))
            {
                after = thread;
                if (counted.TryGetValue(thread.Key, out var request))
                    threads.Add(request);
            }

            lookedAt += silent.Count;
            isLast = silent.Count < PerRound && (silent.Count == 0 || after == silent[^1]);
        }

        return new ListedThreads(threads, isLast || after is null ? null : Cursor.Of(list, after.Value));
    }

    /// <summary>Requests with messages in which all the words occur, by the newest of these messages.</summary>
    public async Task<ListedThreads> ByWordsAsync(
        NumbersQuestion question, WordSearch words, string? cursor, int limit, CancellationToken ct)
    {
        var (query, place, page, seen) = (question.Query, Cursor.ReadSearch(cursor), new List<(CountedThread Request, FoundMessage Message)>(), new HashSet<ThreadKey>());
        var (after, first, goesOn) = (place?.After, place?.Newest, true);
        for (var lookedAt = 0; goesOn && page.Count < limit && lookedAt < MostLookedAt; lookedAt += PerRound)
        {
            var found = await store.FindMessagesAsync(new MessageSearch(query.Channels, query.From, query.To, words, after, PerRound), ct);
            first ??= (found.Messages.Count > 0 ? found.Messages[0].Message : found.Next)?.Ts;
            List<FoundMessage> newest = [.. found.Messages.Where(m => seen.Add(m.Thread))];
            var told = place is { } known ? await ToldAsync(newest, words, known, ct) : [];
            var counted = await CountedAsync([.. newest.Select(m => m.Thread).Where(t => !told.Contains(t))], question, _ => true, ct);
            foreach (var message in newest.TakeWhile(_ => page.Count < limit))
            {
                after = message.Message;
                if (counted.TryGetValue(message.Thread, out var request))
                    page.Add((request, message));
            }

            // A store that found fewer than it was asked for has looked as far as it does at a time.
            goesOn = found.Messages.Count == PerRound && found.Next is not null;
            if (page.Count < limit || after == found.Messages[^1].Message)
                after = found.Next;
        }

        return new ListedThreads([.. page.Select(p => p.Request)], after is { } next ? Cursor.Of(new SearchPlace(next, first ?? next.Ts)) : null)
        {
            Search = new ThreadSearch(
                [.. words.Words.Select(w => w.ToString())],
                after?.Ts.ToDateTimeOffset(),
                [.. page.Select(p => new ThreadMatch(p.Message.Thread.Channel.Value, p.Message.Thread.Root.ToString(), p.Message.Message.Ts.ToString(), p.Message.Text))]),
        };
    }

    /// <summary>Those of the threads of some messages that an earlier page told, because of a newer message of theirs.</summary>
    private async Task<HashSet<ThreadKey>> ToldAsync(List<FoundMessage> messages, WordSearch words, SearchPlace place, CancellationToken ct)
    {
        var facts = await store.LoadFactsAsync(messages.ConvertAll(m => m.Thread), ct);
        var newer = facts.SelectMany(t => t.Value.OfType<MessageFact>(), (t, m) => (Thread: t.Key, Message: new MessageKey(t.Key.Channel, m.Time)))
            .Where(m => MessageSearch.Compare(m.Message, place.After) <= 0 && m.Message.Ts <= place.Newest).ToList();
        var texts = await store.LoadTextsAsync(newer.ConvertAll(m => m.Message), ct);
        return [.. newer.Where(m => texts.TryGetValue(m.Message, out var text) && words.IsIn(text)).Select(m => m.Thread)];
    }

    /// <summary>Those of some threads that are requests the question is about.</summary>
    private async Task<Dictionary<ThreadKey, CountedThread>> CountedAsync(
        IReadOnlyCollection<ThreadKey> keys, NumbersQuestion question, Func<ProjectedThread, bool> isMeant, CancellationToken ct)
    {
        var (query, counted) = (question.Query, new Dictionary<ThreadKey, CountedThread>());
        foreach (var (key, thread) in await store.LoadAsync(keys, ct))
        {
            var state = thread.State;
            if (state.Kind != RootKind.Request || key.Root < query.From || key.Root >= query.To || !isMeant(state))
                continue;
            var request = new CountedThread(key, Contribution.Of(state, question.Settings), Dimensions.Of(state, question.Settings));
            if (query.Filter.Matches(request.Contribution, request.Dimensions))
                counted[key] = request;
        }

        return counted;
    }
}
