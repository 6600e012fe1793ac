using Subot.Api.Contracts.Threads;

namespace Subot.Api.Threads;

/// <summary>Whom a part of an answer names, by user id; null where it could name somebody and does not.</summary>
internal static class NamedIn
{
    public static IEnumerable<string?> Item(ThreadItem item) => [item.Requester, item.Responder];

    public static IEnumerable<string?> Fact(ThreadFact fact) => [fact.By, fact.For, .. fact.Reactions?.Select(r => r.By) ?? []];

    public static IEnumerable<string?> Explained(ExplainedThread thread) =>
        thread.Spans.SelectMany(s => new[] { s.Started, s.Stopped }).OfType<ThreadFact>().Concat(thread.Facts).SelectMany(Fact);
}
