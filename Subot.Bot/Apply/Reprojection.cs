using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>Projects stored facts anew: after a new version of the projection, or a change of settings that reaches into the past.</summary>
internal static class Reprojection
{
    private const int PerCommit = 500;

    /// <summary>In place of a projection's version: all states are to be made anew.</summary>
    public const int Needed = 0;

    /// <summary>Projects everything anew if another version of the projection made the stored states.</summary>
    public static async Task RunIfNeededAsync(IStore store, SettingsHistory settings, CancellationToken ct)
    {
        if (await store.ProjectionVersionAsync(ct) == ThreadProjection.Version)
            return;
        await RunAsync(store, settings, ct);
        await store.RecordProjectionVersionAsync(ThreadProjection.Version, ct);
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
            changes.Add(new ThreadChange { State = state, ExpectedVersion = record.Thread.Version, Contribution = Contribution.Of(state, settings) });
            if (changes.Count == PerCommit)
                await CommitAsync();
        }

        await CommitAsync();
        return count;

        // A thread that changed meanwhile was projected by whoever changed it.
        async Task CommitAsync()
        {
            var conflicts = await store.CommitAsync(new ChangeSet { Threads = changes, Now = default }, ct);
            if (conflicts.Count > 0)
                await store.CommitAsync(new ChangeSet { Threads = [.. changes.Where(c => !conflicts.Contains(c.State.Key))], Now = default }, ct);
            changes.Clear();
        }
    }
}
