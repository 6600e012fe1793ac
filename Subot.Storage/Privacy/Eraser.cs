using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Domain.Values;

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
    /// <param name="settingsChanged">Told when versions of the settings were written anew.</param>
    public async Task<(int Threads, int Texts)> EraseAsync(Erasure erasure, Func<Task> settingsChanged, CancellationToken ct)
    {
        var erased = await ErasedPeople.OfAsync(store, ct);
        // Until the last thread is written some name the person and some the pseudonym: the team knows both meanwhile.
        await RewriteSettingsAsync(version => version with { Settings = WithBoth(version.Settings, erasure) }, settingsChanged, ct);
        var (threads, texts) = (0, 0);
        for (var left = true; left;)
        {
            var (found, forgotten) = await PassAsync(erased, ct);
            (threads, texts, left) = (Math.Max(threads, found), texts + forgotten, found > 0);
        }

        await RewriteActionsAsync(erased, ct);
        await RewriteInboxAsync(erased, ct);
        foreach (var request in await store.PrivacyRequestsAsync(ct))
        {
            if (erased.OfAuthor(request.Author) is var author && author != request.Author)
                await store.RecordPrivacyRequestAsync(request with { Author = author }, ct);
        }

        await RewriteSettingsAsync(erased.Of, settingsChanged, ct);
        if (erasure.Person is { } person)
            await store.ForgetPersonAsync(person, ct);
        return (threads, texts);
    }

    /// <summary>Goes through all threads once.</summary>
    private async Task<(int Found, int Texts)> PassAsync(ErasedPeople erased, CancellationToken ct)
    {
        var settings = await store.SettingsAsync(ct);
        var (found, texts) = (0, 0);
        await foreach (var traces in new ErasureSearch(store).FindAsync(erased, ct).Chunk(PerCommit).WithCancellation(ct))
        {
            await CommitAsync(traces, settings, erased, ct);
            (found, texts) = (found + traces.Length, texts + traces.Sum(t => t.OwnTexts));
        }

        return (found, texts);
    }

    /// <summary>Commits traces. Threads that others changed meanwhile are looked through again, until nobody comes in between.</summary>
    private async Task CommitAsync(ErasureTrace[] traces, SettingsHistory settings, ErasedPeople erased, CancellationToken ct)
    {
        while (traces.Length > 0)
        {
            ct.ThrowIfCancellationRequested();
            var conflicts = (await store.CommitAsync(new ChangeSet { Threads = [.. traces.Select(t => t.Change(settings))], Now = default }, ct)).ToHashSet();
            if (conflicts.Count == 0)
                return;
            traces = [.. traces.Where(t => !conflicts.Contains(t.Record.Key)), .. await new ErasureSearch(store).FindAsync(conflicts, erased, ct)];
        }
    }

    private async Task RewriteActionsAsync(ErasedPeople erased, CancellationToken ct)
    {
        // Posts quote people's words and names.
        await store.ForgetWordsAsync(Ts.Zero, Ts.Max, replies: false, ct);
        var renaming = erased.Renaming;
        await foreach (var action in store.ReadActionsAsync(ct))
        {
            var rewritten = action with
            {
                Action = action.Action with { Id = renaming.Of(action.Action.Id), Detail = renaming.Of(action.Action.Detail) },
                Text = action.Text is null ? null : renaming.Of(action.Text),
            };
            if (rewritten != action)
                await store.RewriteActionAsync(action, rewritten, ct);
        }
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

    private async Task RewriteSettingsAsync(Func<SettingsVersion, SettingsVersion> change, Func<Task> settingsChanged, CancellationToken ct)
    {
        var changed = (await store.SettingsAsync(ct)).Written.Select(v => (Before: v, After: change(v))).Where(v => v.Before != v.After).ToList();
        foreach (var (_, version) in changed)
            await store.RewriteSettingsAsync(version, ct);
        if (changed.Count > 0)
            await settingsChanged();
    }

    /// <summary>Settings whose team has the pseudonym beside the person.</summary>
    private static TeamSettings WithBoth(TeamSettings settings, Erasure erasure)
    {
        if (erasure.Person is not { Value: var person })
            return settings;
        return settings with
        {
            Team = With(settings.Team),
            TeamGroups = new ValueDictionary<ValueSet>(settings.TeamGroups.Select(g => KeyValuePair.Create(g.Key, With(g.Value)))),
        };

        ValueSet With(ValueSet people) => people.Contains(person) ? [.. people, erasure.Pseudonym.Value] : people;
    }
}
