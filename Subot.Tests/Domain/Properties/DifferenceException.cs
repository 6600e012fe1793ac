namespace Subot.Tests.Domain.Properties;

/// <summary>
/// Compares within a property. A failed NUnit assertion stays with the test although the property goes on to shrink its case; this one
/// is gone when the smaller case holds.
/// </summary>
public sealed class DifferenceException(string message) : Exception(message)
{
    public static void Unless<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new DifferenceException($"{what}: expected {expected} but was {actual}");
    }
}
