using System.Buffers.Text;
using System.Text;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Api.Answers;

/// <summary>
/// Where a list goes on: its name and the last thread before, in a form that nobody should read anything into. Another list does not go on
/// there: the same thread stands elsewhere in it.
/// </summary>
internal static class Cursor
{
    private const string Search = "search";

    /// <param name="list">The list's name.</param>
    public static string Of(string list, ThreadKey key) => Written($"{list}:{key.Channel}:{key.Root}");

    /// <inheritdoc cref="Of(string, ThreadKey)"/>
    public static string Of(string list, SilentThread thread) => Written($"{list}:{thread.Key.Channel}:{thread.Key.Root}:{thread.Since}");

    public static string Of(SearchPlace place) => Written($"{Search}:{place.After.Channel}:{place.After.Ts}:{place.Newest}");

    /// <summary>The thread of a cursor; null for the beginning.</summary>
    /// <exception cref="RefusedException">It is none of ours, or another list's.</exception>
    public static ThreadKey? Read(string list, string? cursor)
    {
        if (cursor is null)
            return null;
        return Parts(list, cursor) is [{ Length: > 0 } channel, var root] && Ts.TryParse(root, out var ts) ? new ThreadKey(new ChannelId(channel), ts) : throw NoneOfOurs();
    }

    /// <summary>The same in a list by silence.</summary>
    /// <exception cref="RefusedException">It is none of ours, or another list's.</exception>
    public static SilentThread? ReadSilent(string list, string? cursor)
    {
        if (cursor is null)
            return null;
        var (channel, root, since) = Three(list, cursor);
        return new SilentThread(since, new ThreadKey(channel, root));
    }

    /// <summary>The same in what a search finds.</summary>
    /// <exception cref="RefusedException">It is none of ours, or another list's.</exception>
    public static SearchPlace? ReadSearch(string? cursor)
    {
        if (cursor is null)
            return null;
        var (channel, after, newest) = Three(Search, cursor);
        return new SearchPlace(new MessageKey(channel, after), newest);
    }

    private static (ChannelId Channel, Ts First, Ts Second) Three(string list, string cursor) =>
        Parts(list, cursor) is [{ Length: > 0 } channel, var one, var other] && Ts.TryParse(one, out var first) && Ts.TryParse(other, out var second)
            ? (new ChannelId(channel), first, second)
            : throw NoneOfOurs();

    private static string Written(string cursor) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor));

    /// <summary>What stands after the list's name; nothing if another one stands there.</summary>
    private static string[] Parts(string list, string cursor) =>
        cursor.Length <= 200 && Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':') is [var name, .. var parts] && name == list ? parts : [];

    private static RefusedException NoneOfOurs() =>
        RefusedException.Bad("cursor: this is none that the API gave for this order; begin without one.");
}

/// <summary>Where the list of a search goes on.</summary>
/// <param name="After">The last message that was looked at.</param>
/// <param name="Newest">The newest message that its first page may have told: what came later was on none.</param>
internal readonly record struct SearchPlace(MessageKey After, Ts Newest);
