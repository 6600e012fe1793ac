using System.Runtime.CompilerServices;
using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Takes one contribution; people are numbers of the register.</summary>
internal delegate void ContributionVisitor(in Contribution contribution, int requester, int responder);

/// <summary>
/// A blob of contributions of one channel, ordered by root: those from <paramref name="First"/> up to the first of the channel's next
/// pack. A channel's first pack begins at 0.
/// </summary>
internal readonly record struct Pack(long Id, int Channel, long First, long Records)
{
    /// <summary>The packs of a channel that may hold roots in [from, to), by their first.</summary>
    public static List<Pack> Find(Database database, int channel, long from, long to)
    {
        var packs = new List<Pack>();
        using var rows = database["SELECT id, first, records FROM pack WHERE channel = ?1 AND first < ?3 AND first >= (SELECT max(first) FROM pack WHERE channel = ?1 AND first <= ?2) ORDER BY first"]
            .Bind(1, channel).Bind(2, from).Bind(3, to);
        while (rows.Step())
            packs.Add(new Pack(rows.Integer(0), channel, rows.Integer(1), rows.Integer(2)));
        return packs;
    }

    /// <summary>Gives every contribution in [from, to) to the visitor, but for the roots that are loose.</summary>
    /// <param name="loose">Roots in ascending order: their newer contributions are elsewhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit(Database database, long from, long to, long[] loose, ContributionVisitor visit)
    {
        using var row = database["SELECT body FROM pack WHERE id = ?"].Bind(1, Id);
        if (!row.Step())
            throw BlobReader.Damaged();
        var body = new BlobReader(row.Blob(0));
        var next = Array.BinarySearch(loose, First);
        next = next < 0 ? ~next : next;
        while (!body.AtEnd)
        {
            ContributionCodec.Read(ref body, out var contribution, out var requester, out var responder);
            var root = contribution.Root.Micros;
            while (next < loose.Length && loose[next] < root)
                next++;
            if (root >= from && root < to && (next == loose.Length || loose[next] != root))
                visit(contribution, requester, responder);
        }
    }
}
