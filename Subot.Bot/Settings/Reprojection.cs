using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Settings;

/// <summary>Projects stored facts anew: after a new version of the projection, or a change of settings that reaches into the past.</summary>
internal static class Reprojection
{
    private const int PerCommit = 500;

    /// <summary>Projects what other settings, or another version of the projection, made.</summary>
    public static async Task RunIfNeededAsync(IStore store, SettingsHistory settings, CancellationToken ct)
    {
        var made = await store.ProjectedWithAsync(ct);
        var wanted = new ProjectedWith(ThreadProjection.Version, settings.Number);
        if (made == wanted)
            return;
        if (made.Projection != wanted.Projection)
            await RunAsync(store, settings, ct);
        else if (settings.Written.Where(v => v.Number > made.Settings).Select(v => v.ValidFrom).ToList() is { Count: > 0 } since)
            await RunAsync(store, await store.ThreadsSinceAsync(since.Min(), ct), settings, ct);
        await store.RecordProjectedWithAsync(wanted, ct);
    }

    /// <summary>Projects everything anew; returns how many threads there are.</summary>
    public static async Task<int> RunAsync(IStore store, SettingsHistory settings, CancellationToken ct)
    {
        var count = 0;
        var changes = new List<ThreadChange>();
        await foreach (var record in store.ReadThreadsAsync(null, ct))
        {
            count++;
            var state = ThreadProjection.Fold(record.Thread.State.Key, record.Facts, settings);
            changes.Add(Change(state, record.Thread.Version, settings));
            if (changes.Count == PerCommit)
                await CommitAsync(store, changes, ct);
        }

        await CommitAsync(store, changes, ct);
        return count;
    }

    private static async Task RunAsync(IStore store, IReadOnlyList<ThreadKey> threads, SettingsHistory settings, CancellationToken ct)
    {
        foreach (var part in threads.Chunk(PerCommit))
        {
            var changes = new List<ThreadChange>();
            foreach (var (key, thread) in await store.LoadAsync(part, ct))
                changes.Add(Change(ThreadProjection.Fold(key, await store.LoadFactsAsync(key, ct), settings), thread.Version, settings));
            await CommitAsync(store, changes, ct);
        }
    }

    private static ThreadChange Change(ProjectedThread state, long version, SettingsHistory settings) =>
        new() { State = state, ExpectedVersion = version, Contribution = Contribution.Of(state, settings), Dimensions = Dimensions.Of(state, settings) };

    // A thread that changed meanwhile was projected by whoever changed it.
    private static async Task CommitAsync(IStore store, List<ThreadChange> changes, CancellationToken ct)
    {
        var conflicts = await store.CommitAsync(new ChangeSet { Threads = changes, Now = default }, ct);
        if (conflicts.Count > 0)
            await store.CommitAsync(new ChangeSet { Threads = [.. changes.Where(c => !conflicts.Contains(c.State.Key))], Now = default }, ct);
        changes.Clear();
    }
}
