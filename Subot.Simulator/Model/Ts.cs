using System.Globalization;

namespace Subot.Simulator.Model;

/// <summary>Slack's timestamps: seconds and six digits of microseconds, as text ("1763884800.123459").</summary>
public static class Ts
{
    /// <summary>The timestamp of an instant in microseconds since 1970.</summary>
    public static string FromMicros(long micros) =>
        string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000:D10}.{micros % 1_000_000:D6}");

    /// <summary>The timestamp of an instant.</summary>
    public static string From(DateTimeOffset instant) =>
        FromMicros((instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Microseconds since 1970 of a timestamp with or without a fraction; false when it is none.</summary>
    public static bool TryMicros(string? ts, out long micros)
    {
        micros = 0;
        if (!decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > 9_999_999_999m)
            return false;
        micros = (long)(seconds * 1_000_000m);
        return true;
    }

    /// <summary>The second of a timestamp, which is all that Slack tells of an edit beside the message.</summary>
    public static string CutToSecond(string ts) => TryMicros(ts, out var micros) ? FromMicros(micros / 1_000_000 * 1_000_000) : ts;

    /// <summary>True for the full form, the only one a message can have.</summary>
    public static bool IsMessageTs(string? ts) => ts is { Length: 17 } && ts[10] == '.' && TryMicros(ts, out _);
}
