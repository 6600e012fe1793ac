using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Codecs;

namespace Subot.Storage.Elasticsearch;

/// <summary>The facts of a thread in their order, one after the other: time, kind and body of each.</summary>
internal static class FactList
{
    /// <summary>Adds facts to those that are known: each once, and a snapshot in place of the one before it.</summary>
    public static (byte[] Bytes, long Newest) With(byte[]? known, IReadOnlyList<Fact> added, Ts root)
    {
        var facts = known is null ? [] : Read(known, root);
        if (added.LastOrDefault(f => f is SnapshotFact) is { } snapshot)
        {
            facts.RemoveAll(f => f is SnapshotFact);
            facts.Add(snapshot);
        }

        facts.AddRange(added.Where(f => f is not SnapshotFact));
        List<Fact> once = [.. facts.DistinctBy(f => (f.Time, f.Kind, f.Key))];
        once.Sort(Fact.Compare);
        var (list, body) = (new BlobWriter(), new BlobWriter());
        list.Number((ulong)once.Count);
        foreach (var fact in once)
        {
            body.Clear();
            FactCodec.Write(body, fact);
            list.Instant(fact.Time, root);
            list.Byte((byte)fact.Kind);
            list.Bytes(body.Written);
        }

        return (list.Written.ToArray(), once.Count == 0 ? root.Micros : once[^1].Time.Micros);
    }

    public static List<Fact> Read(byte[] bytes, Ts root)
    {
        var from = new BlobReader(bytes);
        var facts = new List<Fact>();
        for (var count = from.Count(); count > 0; count--)
        {
            var (time, kind) = (from.Instant(root), (FactKind)from.Byte());
            facts.Add(FactCodec.Read(from.Bytes(), time, kind));
        }

        return facts;
    }
}
