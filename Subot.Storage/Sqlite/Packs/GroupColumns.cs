using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The values of a group of durations: short or long ones.</summary>
internal readonly ref struct GroupColumns
{
    private readonly PackGroup _group;

    /// <summary>Reads the next group.</summary>
    public GroupColumns(scoped ref ColumnReader sums, PackGroup group, int length)
    {
        _group = group;
        var working = group.HasWorking ? length : 0;
        if (group.IsShort)
        {
            ShortWall = sums.Next<ushort>(length);
            ShortWorking = sums.Next<ushort>(working);
        }
        else
        {
            Wall = sums.Next<uint>(length);
            Working = sums.Next<uint>(working);
        }

        Calendars = sums.Next<ushort>(group.Kind == MeasureKind.Waiting ? length : 0);
    }

    public ReadOnlySpan<ushort> ShortWall { get; }

    public ReadOnlySpan<ushort> ShortWorking { get; }

    public ReadOnlySpan<uint> Wall { get; }

    public ReadOnlySpan<uint> Working { get; }

    /// <summary>The calendars of those that wait.</summary>
    public ReadOnlySpan<ushort> Calendars { get; }

    /// <summary>One of the durations.</summary>
    public Measure this[int index] => new(
        _group.Kind,
        _group.IsShort ? ShortWall[index] : Wall[index],
        !_group.HasWorking ? 0 : _group.IsShort ? ShortWorking[index] : Working[index]);
}
