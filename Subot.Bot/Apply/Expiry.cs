using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>Finds open requests whose silence lasted until the expiry.</summary>
internal static class Expiry
{
    /// <summary>The facts that are due, at most so many.</summary>
    public static async ValueTask<IReadOnlyList<Arrival>> DueAsync(
        IThreadStore store, ChannelId channel, SettingsHistory settings, Ts now, int limit, CancellationToken ct)
    {
        // Threads keep the expiry of their root's settings: the shortest of all tells which to look at.
        var shortest = settings.Versions.Min(v => v.Settings.ExpireAfterSeconds ?? long.MaxValue);
        if (shortest == long.MaxValue)
            return [];

        // The longest silent may be of settings under which they never expire: all are looked at.
        var silent = await store.OpenThreadsAsync(channel, now.AddSeconds(-shortest), int.MaxValue, ct);
        var threads = await store.LoadAsync(silent, ct);
        return [.. (from thread in threads.Values
                   let since = thread.State.SilentSince
                   let after = settings.At(thread.State.Key.Root).Settings.ExpireAfterSeconds
                   where since is not null && after is not null && since.Value.AddSeconds(after.Value) <= now
                   select new Arrival(
                       thread.State.Key,
                       new MessageKey(channel, thread.State.Key.Root),
                       new ExpiryFact(since.Value.AddSeconds(after.Value), since.Value))).Take(limit)];
    }
}
