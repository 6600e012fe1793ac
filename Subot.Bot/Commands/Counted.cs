namespace Subot.Bot.Commands;

/// <summary>A number of things, in words: 1 thread, 2 threads.</summary>
internal static class Counted
{
    /// <param name="several">The word for several of them, if it is not made by an s.</param>
    public static string Of(long count, string one, string? several = null) => count == 1 ? $"1 {one}" : $"{count} {several ?? one + "s"}";
}
