using Subot.Domain;

namespace Subot.Storage;

/// <summary>What changed between two looks at a store.</summary>
/// <param name="Mark">Up to where it is told, in a form of the store's own.</param>
/// <param name="Channels">The channels of which threads changed, each once.</param>
/// <param name="Newest">The time of the newest thing that is recorded of any thread; zero if there is none.</param>
public sealed record StoreChanges(string Mark, IReadOnlyList<ChannelId> Channels, Ts Newest);
