using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Finds the contributions of single threads, cheaply when asked by channel and root.</summary>
internal sealed class ContributionLookup(Database database, NameRegister names)
{
    private readonly Dictionary<long, PackedThread> _threads = [];
    private long _pack;

    /// <summary>What a thread adds to the numbers, and its dimensions.</summary>
    public (Contribution Contribution, Dimensions Dimensions) Of(int channel, long root)
    {
        var found = new PackedThread(new Contribution { Root = new Ts(root) }, default);
        var loose = LooseContributions.Visit(database, channel, root, root + 1, 1, (in Contribution c, in DimensionNumbers dimensions) => found = new PackedThread(c, dimensions));
        if (loose.Length == 0 && Pack.Find(database, channel, root, root + 1) is [var pack])
        {
            Hold(pack);
            if (_threads.TryGetValue(root, out var packed))
                found = packed;
        }

        return (found.Contribution, found.Contribution.Kind == RootKind.Request ? found.Dimensions.Named(database, names) : Dimensions.None);
    }

    private void Hold(Pack pack)
    {
        if (_pack == pack.Id)
            return;
        _threads.Clear();
        foreach (var thread in pack.ReadAll(database))
            _threads[thread.Contribution.Root.Micros] = thread;
        _pack = pack.Id;
    }
}
