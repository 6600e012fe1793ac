using System.Text.Json;

namespace Subot.Tests.Domain.Properties;

/// <summary>Everything there is in a value, so that two can be compared.</summary>
public static class Json
{
    public static string Of<T>(T value) => JsonSerializer.Serialize(value);
}
