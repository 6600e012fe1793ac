using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Compatible;

/// <summary>A thread and its facts, in their order.</summary>
internal sealed record ReadThread(ProjectedThread State, IReadOnlyList<Fact> Facts);

/// <summary>
/// Reads threads as they will be once the bot has applied the corrections that wait in the inbox: an admin sees at once what they said, also
/// while no bot runs.
/// </summary>
internal sealed class ThreadReading(IThreadStore store, IInbox inbox)
{
    private const int MostWaiting = 1000;

    /// <summary>The corrections that wait, by thread.</summary>
    public async Task<ILookup<ThreadKey, CorrectionFact>> WaitingAsync(CancellationToken ct) =>
        (await inbox.PeekAsync(MostWaiting, ct)).Where(e => e.Item is { Thread: not null, Fact: CorrectionFact })
            .ToLookup(e => e.Item.Thread!.Value, e => (CorrectionFact)e.Item.Fact);

    /// <summary>Those threads that are requests, by root.</summary>
    public async Task<IReadOnlyList<ReadThread>> RequestsAsync(IReadOnlyCollection<ThreadKey> keys, ILookup<ThreadKey, CorrectionFact> waiting, SettingsHistory settings, CancellationToken ct)
    {
        var requests = new List<ReadThread>();
        foreach (var (key, thread) in (await store.LoadAsync(keys, ct)).OrderBy(t => t.Key))
        {
            if (thread.State.Kind != RootKind.Request && !waiting.Contains(key))
                continue;
            var read = await ReadAsync(thread.State, waiting[key], settings, ct);
            if (read.State.Kind == RootKind.Request)
                requests.Add(read);
        }

        return requests;
    }

    /// <summary>One thread; null if it is not known.</summary>
    public async Task<ReadThread?> FindAsync(IReadOnlyCollection<ThreadKey> possible, SettingsHistory settings, CancellationToken ct) =>
        (await store.LoadAsync(possible, ct)).Values.FirstOrDefault() is { } thread
            ? await ReadAsync(thread.State, (await WaitingAsync(ct))[thread.State.Key], settings, ct)
            : null;

    private async Task<ReadThread> ReadAsync(ProjectedThread state, IEnumerable<CorrectionFact> waiting, SettingsHistory settings, CancellationToken ct)
    {
        var facts = (await store.LoadFactsAsync(state.Key, ct)).ToList();
        var news = waiting.Where(w => !facts.Exists(w.IsSameAs)).ToList();
        facts.AddRange(news);
        facts.Sort(Fact.Compare);
        return new ReadThread(news.Count == 0 ? state : ThreadProjection.Fold(state.Key, facts, settings), facts);
    }
}
