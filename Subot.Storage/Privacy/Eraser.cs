using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;

namespace Subot.Storage.Privacy;

/// <summary>
/// Erases a person: everywhere in the store their pseudonym takes the place of their id, and what they wrote goes. Whoever writes into the
/// store must have heard of it before. It can be stopped at any point and begun again.
/// </summary>
public sealed class Eraser(IStore store)
{
    private const int PerCommit = 200;
    private const int MostWaiting = 10_000;

    /// <summary>Erases a person; returns how many threads named them, and how many texts of theirs there were.</summary>
    public async Task<(int Threads, int Texts)> EraseAsync(Erasure erasure, CancellationToken ct)
    {
        var erased = await ErasedPeople.OfAsync(store, ct);
        var (threads, texts) = (0, 0);
        for (var left = true; left;)
        {
            var (found, forgotten) = await PassAsync(erased, ct);
            (threads, texts, left) = (Math.Max(threads, found), texts + forgotten, found > 0);
        }

        await RewritePostsAsync(erased, ct);
        await RewriteInboxAsync(erased, ct);
        await RewriteRequestsAsync(erased, ct);
        await RewriteSettingsAsync(erased, ct);
        if (erasure.Person is { } person)
            await store.ForgetPersonAsync(person, ct);
        return (threads, texts);
    }

    /// <summary>
    /// Posts quote people's words and names: those that are settled have no more use for their own, and those that were not sent yet are
    /// worded anew. Returns whether there are some whose outcome is not clear: they are to be looked at again.
    /// </summary>
    public async Task<bool> RewritePostsAsync(ErasedPeople erased, CancellationToken ct)
    {
        await store.ForgetWordsAsync(Ts.Zero, Ts.Max, replies: false, ct);
        var (renaming, unclear) = (erased.Renaming, false);
        await foreach (var action in store.ReadActionsAsync(ct))
        {
            unclear |= action is { Status: ActionStatus.Sending, Text: not null };
            var isUnsent = action.Status == ActionStatus.Pending;
            var rewritten = action with
            {
                Action = action.Action with { Id = renaming.Of(action.Action.Id), Detail = renaming.Of(action.Action.Detail) },
                Text = isUnsent || action.Text is null ? null : renaming.Of(action.Text),
                Attachment = isUnsent ? null : action.Attachment,
            };
            if (rewritten != action)
                await store.RewriteActionAsync(action, rewritten, ct);
        }

        return unclear;
    }

    /// <summary>
    /// Goes through all threads once. What is found is rewritten when the reading is over: it holds on to a state of the store.
    /// </summary>
    private async Task<(int Found, int Texts)> PassAsync(ErasedPeople erased, CancellationToken ct)
    {
        var search = new ErasureSearch(store);
        var (keys, texts) = (new List<ThreadKey>(), 0);
        await foreach (var trace in search.FindAsync(erased, ct))
        {
            keys.Add(trace.Record.Key);
            texts += trace.OwnTexts;
        }

        foreach (var some in keys.Chunk(PerCommit))
        {
            // Threads that others change meanwhile are looked through again, until nobody comes in between.
            for (IReadOnlyCollection<ThreadKey> left = some; left.Count > 0;)
            {
                ct.ThrowIfCancellationRequested();
                var traces = await search.FindAsync(left, erased, ct);
                // After the threads: settings that come later project them anew.
                var settings = await store.SettingsAsync(ct);
                left = await store.CommitAsync(new ChangeSet { Threads = [.. traces.Select(t => t.Change(settings))], Now = default }, ct) is { Count: > 0 } ? left : [];
            }
        }

        return (keys.Count, texts);
    }

    /// <summary>What waits in the inbox, set aside for a reason of its own.</summary>
    private async Task RewriteInboxAsync(ErasedPeople erased, CancellationToken ct)
    {
        foreach (var (id, item) in await store.PeekAsync(MostWaiting, ct))
        {
            var rewritten = item with { Fact = erased.Renaming.Of(item.Fact), Text = item.Text is null ? null : erased.Renaming.Of(item.Text) };
            if (rewritten.Fact is MessageFact { Author.IsErased: true })
                rewritten = rewritten with { Text = null };
            if (rewritten.Equals(item))
                continue;
            await store.PostAsync([rewritten], ct);
            await store.CommitAsync(new ChangeSet { InboxIds = [id], Now = default }, ct);
        }
    }

    /// <summary>Earlier requests that the person made.</summary>
    private async Task RewriteRequestsAsync(ErasedPeople erased, CancellationToken ct)
    {
        foreach (var request in await store.PrivacyRequestsAsync(ct))
        {
            if (erased.OfAuthor(request.Author) is var author && author != request.Author)
                await store.RecordPrivacyRequestAsync(request with { Author = author }, ct);
        }
    }

    private async Task RewriteSettingsAsync(ErasedPeople erased, CancellationToken ct)
    {
        foreach (var version in (await store.SettingsAsync(ct)).Written)
        {
            if (erased.Of(version) is var rewritten && rewritten != version)
                await store.RewriteSettingsAsync(rewritten, ct);
        }
    }
}
