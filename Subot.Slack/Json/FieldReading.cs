using System.Text.Json;

namespace Subot.Slack;

/// <summary>
/// Reads one property's value and leaves the reader at its last token, whatever the value is: another type than
/// expected reads as null, never as an error.
/// </summary>
internal static class FieldReading
{
    public static string? Text(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    public static string? Text(this ref Utf8JsonReader reader, StringPool pool)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return pool.Get(ref reader);
        reader.Skip();
        return null;
    }

    public static bool Flag(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.True)
            return true;
        reader.Skip();
        return false;
    }

    public static long? Number(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
            return number;
        reader.Skip();
        return null;
    }

    public static IReadOnlyList<string> Texts(this ref Utf8JsonReader reader, StringPool pool)
    {
        if (!reader.OpensArray())
            return [];
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                texts.Add(pool.Get(ref reader));
            else
                reader.Skip();
        }
        return texts;
    }

    /// <summary>Whether the value is an object, whose properties then follow; else it is skipped.</summary>
    public static bool OpensObject(this ref Utf8JsonReader reader) => reader.Opens(JsonTokenType.StartObject);

    /// <summary>Whether the value is an array, whose items then follow; else it is skipped.</summary>
    public static bool OpensArray(this ref Utf8JsonReader reader) => reader.Opens(JsonTokenType.StartArray);

    /// <summary>Moves to the next property name of an opened object, or past its end.</summary>
    public static bool NextField(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>A text property of the object at which the reader stands, which stays where it is.</summary>
    public static string? Peek(this in Utf8JsonReader reader, ReadOnlySpan<byte> name, StringPool pool)
    {
        var ahead = reader;
        while (ahead.NextField())
        {
            if (ahead.ValueTextEquals(name))
                return ahead.Text(pool);
            ahead.SkipValue();
        }
        return null;
    }

    private static bool Opens(this ref Utf8JsonReader reader, JsonTokenType opening)
    {
        reader.Read();
        if (reader.TokenType == opening)
            return true;
        reader.Skip();
        return false;
    }
}
