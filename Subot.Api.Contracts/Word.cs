using System.Text.Json;

namespace Subot.Api.Contracts;

/// <summary>The words that stand for values in JSON.</summary>
public static class Word
{
    /// <summary>The word of a value, such as <c>first_response</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Of(value.ToString());

    /// <summary>The word of a value of this name.</summary>
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>The value of a word; null if there is none.</summary>
    public static T? Parse<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
                return value;
        }

        return null;
    }
}
