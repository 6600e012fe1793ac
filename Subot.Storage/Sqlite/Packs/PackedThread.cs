using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>A contribution and by what it is filtered.</summary>
internal readonly record struct PackedThread(Contribution Contribution, DimensionNumbers Dimensions);
