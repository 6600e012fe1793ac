using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Takes one contribution.</summary>
internal delegate void ContributionVisitor(in Contribution contribution, in DimensionNumbers dimensions);

/// <summary>Contributions that changed since their pack was written, and stand in for their namesakes in it.</summary>
internal static class LooseContributions
{
    /// <summary>Gives those of a channel whose root lies in [from, to) to the visitor, by root, and returns the roots.</summary>
    public static long[] Visit(Database database, int channel, long from, long to, long most, ContributionVisitor visit)
    {
        var roots = new List<long>();
        using var rows = database["SELECT root, body FROM changed WHERE channel = ? AND root >= ? AND root < ? ORDER BY root LIMIT ?"]
            .Bind(1, channel).Bind(2, from).Bind(3, to).Bind(4, most);
        while (rows.Step())
        {
            roots.Add(rows.Integer(0));
            var body = new BlobReader(rows.Blob(1));
            ContributionCodec.Read(ref body, out var contribution, out var dimensions);
            visit(contribution, dimensions);
        }

        return [.. roots];
    }
}
