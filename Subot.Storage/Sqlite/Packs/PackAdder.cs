using Subot.Domain;
using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Adds the columns of packs to tallies.</summary>
internal sealed class PackAdder
{
    private readonly ColumnBuffer<uint> _wall = new();
    private readonly ColumnBuffer<uint> _working = new();
    private readonly ColumnBuffer<ushort> _words = new();
    private readonly ColumnBuffer<byte> _bytes = new();

    /// <summary>Adds all threads of a pack.</summary>
    public void AddAll(NumbersTally tally, PackColumns columns)
    {
        tally.AddThreads(columns.Traits, columns.Hours, columns.Replies);
        for (var i = 0; i < PackGroup.Count; i++)
        {
            var group = new PackGroup(i);
            if (columns.Length(group) == 0)
                continue;
            var durations = columns.Next(group);
            if (group.IsShort)
                Add(tally, group, _wall.Take(durations.ShortWall), _working.Take(durations.ShortWorking), durations.Calendars);
            else
                Add(tally, group, durations.Wall, durations.Working, durations.Calendars);
        }

        tally.AddPending(columns.NextPending());
        foreach (var root in columns.NextOpen())
            tally.AddOpen(new Ts(root));
        tally.AddReopenings(columns.NextReopenings());
    }

    /// <summary>Adds those threads of a pack that count.</summary>
    public void AddChosen(NumbersTally tally, PackColumns columns, PackRows rows, Selection selection)
    {
        var threads = selection.Choose();
        tally.AddThreads(_words.Take(columns.Traits, threads), _bytes.Take(columns.Hours, threads), _wall.Take(columns.Replies, threads));
        for (var i = 0; i < PackGroup.Count; i++)
        {
            var group = new PackGroup(i);
            if (columns.Length(group) == 0)
                continue;
            var durations = columns.Next(group);
            var chosen = selection.Choose(rows.Next(columns.Length(group)));
            var working = group.HasWorking ? chosen : [];
            var waiting = group.Kind == MeasureKind.Waiting ? chosen : [];
            if (group.IsShort)
                Add(tally, group, _wall.Take(durations.ShortWall, chosen), _working.Take(durations.ShortWorking, working), default);
            else
                Add(tally, group, _wall.Take(durations.Wall, chosen), _working.Take(durations.Working, working), _words.Take(durations.Calendars, waiting));
        }

        var due = columns.NextPending();
        tally.AddPending(_wall.Take(due, selection.Choose(rows.Next(due.Length))));
        var open = columns.NextOpen();
        foreach (var place in selection.Choose(rows.Next(open.Length)))
            tally.AddOpen(new Ts(open[place]));
        var reopenings = columns.NextReopenings();
        tally.AddReopenings(_words.Take(reopenings, selection.Choose(rows.Next(reopenings.Length))));
        rows.End();
    }

    private static void Add(
        NumbersTally tally, PackGroup group, ReadOnlySpan<uint> wall, ReadOnlySpan<uint> working, ReadOnlySpan<ushort> calendars)
    {
        if (group.Kind == MeasureKind.Waiting)
            tally.AddWaiting(group.Set, wall, working, calendars);
        else
            tally.AddDurations(group.Set, group.Kind, wall, working);
    }
}
