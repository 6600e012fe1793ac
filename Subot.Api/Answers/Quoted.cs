namespace Subot.Api.Answers;

/// <summary>What somebody sent, as a sentence quotes it: no more of it than one reads.</summary>
internal static class Quoted
{
    private const int Most = 80;

    /// <summary>The text in quotation marks.</summary>
    public static string Of(string? text) => $"'{Short(text)}'";

    /// <summary>Its beginning, if it is long.</summary>
    public static string Short(string? text) => text is null ? ""
        : text.Length <= Most ? text : text[..(char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most)] + "...";
}
