using System.Globalization;

namespace Subot.Demo.Exports;

/// <summary>How fast an export is played.</summary>
/// <param name="PerSecond">Messages and reactions per second; null for as fast as the bot takes them.</param>
internal readonly record struct PlaySpeed(double? PerSecond)
{
    public static PlaySpeed Max => default;

    /// <summary>Reads a positive number, or 'max', which is also meant by nothing; null if it is neither.</summary>
    public static PlaySpeed? Parse(string? text)
    {
        if (text is null or "max")
            return Max;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var perSecond) && perSecond > 0
            ? new PlaySpeed(perSecond)
            : null;
    }
}
