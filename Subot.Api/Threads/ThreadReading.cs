using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Threads;

/// <summary>A thread and its facts, in their order.</summary>
internal sealed record ReadThread(ProjectedThread State, IReadOnlyList<Fact> Facts);

/// <summary>
/// Reads threads as they will be once the bot has applied the corrections that wait in the inbox: an admin sees at once what they said,
/// also while no bot runs. The inbox is looked at first, for what leaves it is in the thread by then.
/// </summary>
internal sealed class ThreadReading(IThreadStore store, IInbox inbox)
{
    private const int MostWaiting = 1000;

    /// <summary>The corrections that wait, by thread.</summary>
    public async Task<ILookup<ThreadKey, CorrectionFact>> WaitingAsync(CancellationToken ct) =>
        (await inbox.PeekAsync(MostWaiting, ct)).Where(e => e.Item is { Thread: not null, Fact: CorrectionFact })
            .ToLookup(e => e.Item.Thread!.Value, e => (CorrectionFact)e.Item.Fact);

    /// <summary>Those threads that are requests, by root.</summary>
    public async Task<IReadOnlyList<ReadThread>> RequestsAsync(
        IReadOnlyCollection<ThreadKey> keys, ILookup<ThreadKey, CorrectionFact> waiting, SettingsHistory settings, CancellationToken ct)
    {
        var possible = (await store.LoadAsync(keys, ct)).Values.Select(t => t.State).Where(s => s.Kind == RootKind.Request || waiting.Contains(s.Key)).OrderBy(s => s.Key).ToList();
        var facts = await store.LoadFactsAsync(possible.ConvertAll(s => s.Key), ct);
        return [.. possible.Select(s => Read(s, facts[s.Key], waiting[s.Key], settings)).Where(r => r.State.Kind == RootKind.Request)];
    }

    /// <summary>One thread; null if it is not known.</summary>
    public async Task<ReadThread?> FindAsync(IReadOnlyCollection<ThreadKey> possible, SettingsHistory settings, CancellationToken ct)
    {
        var waiting = await WaitingAsync(ct);
        return (await store.LoadAsync(possible, ct)).Values.FirstOrDefault() is { State: var state }
            ? Read(state, await store.LoadFactsAsync(state.Key, ct), waiting[state.Key], settings)
            : null;
    }

    private static ReadThread Read(
        ProjectedThread state, IReadOnlyList<Fact> known, IEnumerable<CorrectionFact> waiting, SettingsHistory settings)
    {
        List<Fact> facts = [.. known];
        var waited = waiting.ToList();
        facts.AddRange(waited.Where(w => !facts.Exists(w.IsSameAs)));
        facts.Sort(Fact.Compare);
        // One that is among the facts by now may have come after the state was read.
        return new ReadThread(waited.Count == 0 ? state : ThreadProjection.Fold(state.Key, facts, settings), facts);
    }
}
