using System.Buffers.Text;
using System.Text;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Api.Answers;

/// <summary>Where a list goes on: the last thread before, in a form that nobody should read anything into.</summary>
internal static class Cursor
{
    public static string Of(ThreadKey key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key.Channel}:{key.Root}"));

    public static string Of(SilentThread thread) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{thread.Key.Channel}:{thread.Key.Root}:{thread.Since}"));

    /// <summary>The thread of a cursor; null for the beginning.</summary>
    /// <exception cref="RefusedException">It is none of ours.</exception>
    public static ThreadKey? Read(string? cursor)
    {
        if (cursor is null)
            return null;
        return Parts(cursor) is [{ Length: > 0 } channel, var root] && Ts.TryParse(root, out var ts) ? new ThreadKey(new ChannelId(channel), ts) : throw NoneOfOurs();
    }

    /// <summary>The same in a list by silence.</summary>
    /// <exception cref="RefusedException">It is none of ours.</exception>
    public static SilentThread? ReadSilent(string? cursor)
    {
        if (cursor is null)
            return null;
        return Parts(cursor) is [{ Length: > 0 } channel, var root, var silence] && Ts.TryParse(root, out var ts) && Ts.TryParse(silence, out var since)
            ? new SilentThread(since, new ThreadKey(new ChannelId(channel), ts))
            : throw NoneOfOurs();
    }

    private static string[] Parts(string cursor) =>
        cursor.Length <= 200 && Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':') : [];

    private static RefusedException NoneOfOurs() => RefusedException.Bad("cursor: this is none that the API gave for this order; begin without one.");
}
