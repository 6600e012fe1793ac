using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Something that contributions add up to; the sum of two parts is the sum of the whole.</summary>
internal interface IContributionSum<TSelf>
    where TSelf : IContributionSum<TSelf>
{
    /// <summary>Adds a contribution.</summary>
    void Add(in Contribution contribution, in DimensionNumbers dimensions);

    /// <summary>Adds what counts of a pack.</summary>
    void Add(Database database, PackPart part);

    /// <summary>Adds what another part came to.</summary>
    void Add(TSelf other);
}
