using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// Durations that stand together in a pack, for they are added up and written alike: those of one set and one kind, apart by how many bytes
/// they need. Short ones have two bytes per clock; short ones without working time, such as all of one evening, have none for that clock.
/// Stored: never renumber.
/// </summary>
internal readonly record struct PackGroup(int Number)
{
    /// <summary>How many groups there are.</summary>
    public const int Count = DurationSets.Count * Forms;

    private const int Forms = 7;
    private const int NotWorking = 0;
    private const int Short = 1;
    private const int Long = 2;
    private const int AtLeast = 3;
    private const int Waiting = 6;

    /// <summary>The set of its durations.</summary>
    public DurationSet Set => (DurationSet)(Number / Forms);

    /// <summary>What is known of its durations.</summary>
    public MeasureKind Kind => Form == Waiting ? MeasureKind.Waiting : Form < AtLeast ? MeasureKind.Done : MeasureKind.AtLeast;

    /// <summary>Two bytes are enough for each value.</summary>
    public bool IsShort => Form != Waiting && Form % AtLeast != Long;

    /// <summary>Whether their working time is written.</summary>
    public bool HasWorking => Form == Waiting || Form % AtLeast != NotWorking;

    private int Form => Number % Forms;

    /// <summary>The group of a duration that there is.</summary>
    public static PackGroup Of(DurationSet set, Measure measure)
    {
        var form = measure switch
        {
            { Kind: MeasureKind.Waiting } => Waiting,
            { Wall: > ushort.MaxValue } or { Working: > ushort.MaxValue } => Long,
            { Working: 0 } => NotWorking,
            _ => Short,
        };
        return new PackGroup(((int)set * Forms) + form + (measure.Kind == MeasureKind.AtLeast ? AtLeast : 0));
    }
}
