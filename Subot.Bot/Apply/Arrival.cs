using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>Something for the apply loop: a fact, and what settles it once it is stored.</summary>
/// <param name="Thread">The thread of the fact, if the event tells it; else the one that holds <paramref name="About"/>.</param>
/// <param name="About">The message that the fact is about.</param>
internal sealed record Arrival(ThreadKey? Thread, MessageKey About, Fact Fact)
{
    /// <summary>The text that the fact brings, if it brings one.</summary>
    public string? Text { get; init; }

    /// <summary>Who wrote the message, where the fact does not tell.</summary>
    public UserId? Writer { get; init; }

    /// <summary>The action that our own post carries.</summary>
    public string? ActionId { get; init; }

    /// <summary>The inbox entry it came from.</summary>
    public long? InboxId { get; init; }
}

/// <summary>What waits in the queue: arrivals that are stored together, and what happens then.</summary>
internal sealed record QueueItem(IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>To acknowledge when the arrivals are stored.</summary>
    public EventDelivery? Delivery { get; init; }

    /// <summary>To complete when the arrivals are stored.</summary>
    public TaskCompletionSource? Stored { get; init; }
}
