using System.Diagnostics.CodeAnalysis;

namespace Subot.Slack;

/// <summary>Slack's limits: breaking one makes it refuse the whole message, so it is better found where it is broken.</summary>
internal static class Limit
{
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text, int limit, string what) =>
        text is null || text.Length <= limit ? text : throw TooLong(what, limit, text.Length);

    [return: NotNullIfNotNull(nameof(text))]
    public static T? Text<T>(T? text, int limit, string what) where T : TextObject
    {
        Text(text?.Text, limit, what);
        return text;
    }

    public static IReadOnlyList<TextObject>? Texts(IReadOnlyList<TextObject>? texts, int count, int length, string what)
    {
        foreach (var text in texts ?? [])
            Text(text, length, what);
        return Count(texts, count, what);
    }

    [return: NotNullIfNotNull(nameof(items))]
    public static IReadOnlyList<T>? Count<T>(IReadOnlyList<T>? items, int limit, string what) =>
        items is null || items.Count <= limit ? items : throw new ArgumentException($"At most {limit} fit into {what}, not {items.Count}.");

    private static ArgumentException TooLong(string what, int limit, int length) =>
        new($"At most {limit} characters fit into {what}, not {length}.");
}
