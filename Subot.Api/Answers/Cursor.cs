using System.Buffers.Text;
using System.Text;
using Subot.Domain;

namespace Subot.Api.Answers;

/// <summary>Where a list goes on: the last thread before, in a form that nobody should read anything into.</summary>
internal static class Cursor
{
    public static string Of(ThreadKey key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key.Channel}:{key.Root}"));

    /// <summary>The thread of a cursor; null for the beginning.</summary>
    /// <exception cref="RefusedException">It is none of ours.</exception>
    public static ThreadKey? Read(string? cursor)
    {
        if (cursor is null)
            return null;
        if (cursor.Length <= 200 && Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':') is [{ Length: > 0 } channel, var root] && Ts.TryParse(root, out var ts))
            return new ThreadKey(new ChannelId(channel), ts);
        throw RefusedException.Bad("cursor: this is none that the API gave; begin without one.");
    }
}
