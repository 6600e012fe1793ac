using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.OnCall;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Storage;

namespace Subot.Bot.Settings;

/// <summary>
/// Projects stored facts anew: after a new version of the projection, or a change of settings that reaches into the past.
/// </summary>
internal static class Reprojection
{
    private const int PerCommit = 500;

    /// <summary>Refuses a store whose states a newer program made: this one would read them wrongly, and write others among them.</summary>
    /// <exception cref="StartRefusedException">A newer program runs on the store, or did.</exception>
    public static async Task RefuseNewerAsync(ISettingsStore store, CancellationToken ct)
    {
        if ((await store.ProjectedWithAsync(ct)).Projection is var newer && newer > ThreadProjection.Version)
        {
            throw new StartRefusedException(
                $"A newer Subot has written this store: its threads are of version {newer}, and this program knows version {ThreadProjection.Version}. Run the newer program.");
        }
    }

    /// <summary>Projects what other settings, or an older version of the projection, made.</summary>
    /// <exception cref="StartRefusedException">A newer version made it.</exception>
    public static async Task RunIfNeededAsync(IStore store, SettingsHistory settings, CancellationToken ct)
    {
        await RefuseNewerAsync(store, ct);
        var made = await store.ProjectedWithAsync(ct);
        var wanted = new ProjectedWith(ThreadProjection.Version, settings.Number);
        if (made == wanted)
            return;
        if (made.Projection < wanted.Projection)
        {
            // Said first, so that older programs on the same store stop writing; what was not projected then is, under settings 0.
            await store.RecordProjectedWithAsync(new ProjectedWith(ThreadProjection.Version, 0), ct);
            await RunAsync(store, settings, ct);
        }
        else if (Since(settings, made.Settings) is { } since)
            await RunAsync(store, await store.ThreadsSinceAsync(since, ct), settings, ct);
        await store.RecordProjectedWithAsync(wanted, ct);
    }

    /// <summary>
    /// Projects what this process made under older settings. Another bot on the same store may have done so already, and before this one
    /// had stopped writing by the older ones.
    /// </summary>
    /// <param name="settled">The number of the settings that this process wrote by.</param>
    public static async Task FollowAsync(IStore store, SettingsHistory settings, int settled, CancellationToken ct)
    {
        if (Since(settings, settled) is { } since)
            await RunAsync(store, await store.ThreadsSinceAsync(since, ct), settings, ct);
        await store.RecordProjectedWithAsync(new ProjectedWith(ThreadProjection.Version, settings.Number), ct);
    }

    /// <summary>
    /// The first instant at which newer versions of the settings say something else to the projection; null if they do not.
    /// </summary>
    private static Ts? Since(SettingsHistory settings, int projected)
    {
        var before = new SettingsHistory(settings.Written.Where(v => v.Number <= projected));
        return settings.Written.Where(v => v.Number > projected && (before.IsEmpty || Read(before.At(v.ValidFrom).Settings) != Read(v.Settings)))
            .Select(v => (Ts?)v.ValidFrom).Min();
    }

    /// <summary>Settings as the projection and the numbers read them: without what only other decisions look at.</summary>
    private static TeamSettings Read(TeamSettings settings) => settings with
    {
        Admins = [],
        OnCall = OnCallPlan.Empty,
        OnCallGroup = null,
        Reminders = new ReminderSettings { SnoozeEmoji = settings.Reminders.SnoozeEmoji },
        Reports = new ReportSettings(),
        Language = "",
        Templates = [],
    };

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
                await CommitAsync(store, changes, settings, ct);
        }

        await CommitAsync(store, changes, settings, ct);
        return count;
    }

    private static async Task RunAsync(IStore store, IReadOnlyList<ThreadKey> threads, SettingsHistory settings, CancellationToken ct)
    {
        foreach (var part in threads.Chunk(PerCommit))
        {
            var changes = new List<ThreadChange>();
            foreach (var (key, thread) in await store.LoadAsync(part, ct))
                changes.Add(Change(ThreadProjection.Fold(key, await store.LoadFactsAsync(key, ct), settings), thread.Version, settings));
            await CommitAsync(store, changes, settings, ct);
        }
    }

    private static ThreadChange Change(ProjectedThread state, long version, SettingsHistory settings) =>
        new() { State = state, ExpectedVersion = version, Contribution = Contribution.Of(state, settings), Dimensions = Dimensions.Of(state, settings) };

    /// <summary>
    /// Commits what did not change meanwhile. What did was stepped on from the state of the older settings: it is projected again, from all
    /// its facts, until nobody comes in between.
    /// </summary>
    private static async Task CommitAsync(IStore store, List<ThreadChange> changes, SettingsHistory settings, CancellationToken ct)
    {
        var waiting = changes.ToList();
        changes.Clear();
        while (waiting.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
            var conflicts = (await store.CommitAsync(new ChangeSet { Threads = waiting, Now = default }, ct)).ToHashSet();
            if (conflicts.Count == 0)
                return;
            waiting.RemoveAll(c => conflicts.Contains(c.State.Key));
            foreach (var (key, thread) in await store.LoadAsync(conflicts, ct))
                waiting.Add(Change(ThreadProjection.Fold(key, await store.LoadFactsAsync(key, ct), settings), thread.Version, settings));
        }
    }
}
