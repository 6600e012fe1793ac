using System.Globalization;

namespace Subot.Domain;

/// <summary>
/// An instant on Slack's clock, in whole microseconds since 1970-01-01 UTC. Within a channel it is also the id of a message.
/// Slack writes it as <c>seconds.microseconds</c>; 17 digits do not fit a double, so it is never one here.
/// </summary>
public readonly record struct Ts(long Micros) : IComparable<Ts>
{
    /// <summary>Microseconds in a second.</summary>
    public const long Second = 1_000_000;

    /// <summary>Before everything Slack can tell.</summary>
    public static Ts Zero => new(0);

    /// <summary>After everything Slack can tell.</summary>
    public static Ts Max => new(long.MaxValue);

    /// <summary>
    /// Whole seconds since 1970, rounded up: for a whole second T, <c>this &lt;= T</c> exactly when this number is at most T.
    /// </summary>
    public long CeilingSeconds => (Micros + Second - 1) / Second;

    /// <summary>
    /// Reads Slack's form, such as <c>1763884800.123459</c>; a missing or short fraction counts as zeros. Its seconds have ten digits until
    /// 2286; what has more is no time of Slack's, and might be one that no calendar reaches.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ts ts)
    {
        ts = default;
        var dot = text.IndexOf('.');
        var seconds = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? [] : text[(dot + 1)..];
        if (seconds.IsEmpty || seconds.Length > 10 || fraction.Length > 6
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return false;

        long micros = 0;
        if (!fraction.IsEmpty && !long.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out micros))
            return false;

        for (var i = fraction.Length; i < 6; i++)
            micros *= 10;
        ts = new Ts(whole * Second + micros);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is not a Slack timestamp.</exception>
    public static Ts Parse(string text) =>
        TryParse(text, out var ts) ? ts : throw new FormatException($"'{text}' is not a Slack timestamp such as 1763884800.123459");

    /// <summary>The instant of a moment in time, cut to microseconds.</summary>
    public static Ts From(DateTimeOffset moment) => new((moment.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>The same instant as a .NET moment in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(DateTime.UnixEpoch.Ticks + Micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>This instant, later by whole seconds.</summary>
    public Ts AddSeconds(long seconds) => new(Micros + seconds * Second);

    /// <inheritdoc/>
    public int CompareTo(Ts other) => Micros.CompareTo(other.Micros);

    /// <summary>Microseconds from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static long operator -(Ts left, Ts right) => left.Micros - right.Micros;

    /// <summary>Compares instants.</summary>
    public static bool operator <(Ts left, Ts right) => left.Micros < right.Micros;

    /// <summary>Compares instants.</summary>
    public static bool operator >(Ts left, Ts right) => left.Micros > right.Micros;

    /// <summary>Compares instants.</summary>
    public static bool operator <=(Ts left, Ts right) => left.Micros <= right.Micros;

    /// <summary>Compares instants.</summary>
    public static bool operator >=(Ts left, Ts right) => left.Micros >= right.Micros;

    /// <summary>Slack's form: <c>seconds.microseconds</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Micros / Second}.{Micros % Second:D6}");
}
