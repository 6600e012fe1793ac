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
        var found = new PackedThread(new Contribution { Root = new Ts(root) }, 0, 0);
        var loose = LooseContributions.Visit(database, channel, root, root + 1, 1, (in Contribution c, int requester, int responder) => found = new PackedThread(c, requester, responder));
        if (loose.Length == 0 && Pack.Find(database, channel, root, root + 1) is [var pack])
        {
            Hold(pack);
            if (_threads.TryGetValue(root, out var packed))
                found = packed;
        }

        var contribution = found.Contribution;
        return (contribution, contribution.Kind == RootKind.Request ? new Dimensions(Person(found.Requester), Person(found.Responder)) : default);
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

    private UserId? Person(int number) => number == 0 ? null : new UserId(names.Name(database, number));
}
