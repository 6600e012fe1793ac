namespace Subot.Api.Contracts.Threads;

/// <summary>Some threads changed: ask again.</summary>
/// <param name="Channels">Their channels, by id.</param>
/// <param name="Newest">The time of the newest thing that is recorded of any thread; null if there is none.</param>
public sealed record ThreadsChanged(IReadOnlyList<string> Channels, DateTimeOffset? Newest);
