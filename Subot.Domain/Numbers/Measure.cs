namespace Subot.Domain.Numbers;

/// <summary>What is known of a duration. Stored: never renumber.</summary>
public enum MeasureKind : byte
{
    /// <summary>The thread has none.</summary>
    None = 0,

    /// <summary>It ended: the values are its seconds.</summary>
    Done = 1,

    /// <summary>The thread was closed before it ended: the values are its seconds until then.</summary>
    AtLeast = 2,

    /// <summary>It still runs: the values are its virtual start.</summary>
    Waiting = 3,
}

/// <summary>
/// A duration of a thread on both clocks, in whole seconds, rounded down from microseconds. While it runs, the values are its virtual
/// start in seconds, rounded up: since 1970 on the wall clock, in cumulated working seconds on the working clock. Its age at a whole
/// second T is then exactly T less the start.
/// </summary>
public readonly record struct Measure(MeasureKind Kind, uint Wall, uint Working)
{
    /// <summary>A duration that ended after these microseconds.</summary>
    public static Measure Of(MeasureKind kind, long wallMicros, long workingMicros) =>
        new(kind, Seconds(wallMicros), Seconds(workingMicros));

    /// <summary>A duration that runs since these instants (microseconds on each clock).</summary>
    public static Measure Since(long wallMicros, long workingMicros) =>
        new(MeasureKind.Waiting, CeilingSeconds(wallMicros), CeilingSeconds(workingMicros));

    private static uint Seconds(long micros) => (uint)Math.Clamp(micros / Ts.Second, 0, uint.MaxValue);

    private static uint CeilingSeconds(long micros) => (uint)Math.Clamp((micros + Ts.Second - 1) / Ts.Second, 0, uint.MaxValue);
}
