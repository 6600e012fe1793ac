using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// Writes threads as the columns of a pack. Six blobs, so that a question reads what it needs: the people, the values that add up, to
/// which thread each of these belongs, the roots, the times, and the tools, labels and answers.
/// </summary>
internal sealed class PackWriter(PackedThread[] threads)
{
    /// <summary>The most threads that a pack can have: their numbers have 16 bits.</summary>
    public const int Most = ushort.MaxValue;

    private readonly List<ushort>[] _groups = Groups(threads);
    private readonly List<ushort> _pending = Where(threads, c => c is { Kind: RootKind.Request, Target: TargetOutcome.Pending });
    private readonly List<ushort> _open = Where(threads, c => Traits.Of(c).IsOpen);
    private readonly List<ushort> _reopened = Where(threads, c => c.Kind == RootKind.Request && (c.Reopenings > 0 || c.OpenAgain is { Length: > 0 }));

    /// <summary>Writes who asked, then who answered last.</summary>
    public void People(BlobWriter to)
    {
        foreach (var thread in threads)
            to.Raw(thread.Dimensions.Requester);
        foreach (var thread in threads)
            to.Raw(thread.Dimensions.Responder);
    }

    /// <summary>Writes the tools, labels and answers.</summary>
    public void Tags(BlobWriter to) => PackDimensions.WriteTags(to, threads);

    /// <summary>Writes the values that add up.</summary>
    public void Sums(BlobWriter to)
    {
        PackColumns.WriteLengths(to, threads.Length, _pending.Count, _open.Count, _reopened.Count, _groups);
        foreach (var thread in threads)
            to.Raw(Traits.Of(thread.Contribution).Bits);
        foreach (var thread in threads)
            to.Raw(thread.Contribution.Replies);
        foreach (var thread in threads)
            to.Byte(thread.Contribution.HourOfWeek);
        for (var i = 0; i < PackGroup.Count; i++)
            Write(to, new PackGroup(i), _groups[i]);
        foreach (var row in _pending)
            to.Raw(threads[row].Contribution.Due);
        foreach (var row in _open)
            to.Raw(threads[row].Contribution.Root.Micros);
        foreach (var row in _reopened)
            to.Raw(threads[row].Contribution.Reopenings);
    }

    /// <summary>Writes the numbers of the threads to which the values belong, in the order of the values.</summary>
    public void Rows(BlobWriter to)
    {
        foreach (var rows in _groups.Append(_pending).Append(_open).Append(_reopened))
        {
            foreach (var row in rows)
                to.Raw(row);
        }
    }

    /// <summary>Writes the roots.</summary>
    public void Roots(BlobWriter to)
    {
        foreach (var thread in threads)
            to.Raw(thread.Contribution.Root.Micros);
    }

    /// <summary>Writes when the requests were open, and the calendars.</summary>
    public void Times(BlobWriter to)
    {
        to.Raw((ushort)_reopened.Count);
        foreach (var thread in threads)
            to.Raw(thread.Contribution.Open.End);
        foreach (var thread in threads)
            to.Raw(thread.Contribution.Calendar);
        foreach (var row in _reopened)
            to.Raw(row);
        foreach (var row in _reopened)
            to.Raw((ushort)(threads[row].Contribution.OpenAgain?.Length ?? 0));
        foreach (var span in _reopened.SelectMany(row => threads[row].Contribution.OpenAgain ?? []))
            to.Raw(span);
    }

    private void Write(BlobWriter to, PackGroup group, List<ushort> rows)
    {
        foreach (var row in rows)
            Write(to, group, DurationSets.Of(threads[row].Contribution, group.Set).Wall);
        foreach (var row in group.HasWorking ? rows : [])
            Write(to, group, DurationSets.Of(threads[row].Contribution, group.Set).Working);
        foreach (var row in group.Kind == MeasureKind.Waiting ? rows : [])
            to.Raw(threads[row].Contribution.Calendar);
    }

    private static void Write(BlobWriter to, PackGroup group, uint value)
    {
        if (group.IsShort)
            to.Raw((ushort)value);
        else
            to.Raw(value);
    }

    private static List<ushort>[] Groups(PackedThread[] threads)
    {
        List<ushort>[] groups = [.. Enumerable.Range(0, PackGroup.Count).Select(_ => new List<ushort>())];
        for (var row = 0; row < threads.Length; row++)
        {
            if (threads[row].Contribution.Kind != RootKind.Request)
                continue;
            for (var set = (DurationSet)0; (int)set < DurationSets.Count; set++)
            {
                if (DurationSets.Of(threads[row].Contribution, set) is { Kind: not MeasureKind.None } measure)
                    groups[PackGroup.Of(set, measure).Number].Add((ushort)row);
            }
        }

        return groups;
    }

    private static List<ushort> Where(PackedThread[] threads, Func<Contribution, bool> holds)
    {
        var rows = new List<ushort>();
        for (var row = 0; row < threads.Length; row++)
        {
            if (holds(threads[row].Contribution))
                rows.Add((ushort)row);
        }

        return rows;
    }
}
