using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.OnCall;
using Subot.Domain.Projection;

namespace Subot.Bot.Home;

/// <summary>What a person's home tab shows, before it is put into words.</summary>
internal sealed record HomeContents
{
    /// <summary>Now.</summary>
    public required Ts Now { get; init; }

    /// <summary>The team's zone.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Who is on call, by channel.</summary>
    public required IReadOnlyList<HomeOnCall> OnCall { get; init; }

    /// <summary>The first of the requests that the tab is about.</summary>
    public required IReadOnlyList<HomeRequest> Requests { get; init; }

    /// <summary>How many requests the tab is about.</summary>
    public required int Count { get; init; }

    /// <summary>How many open requests wait for their requesters.</summary>
    public required int OnRequesters { get; init; }

    /// <summary>The numbers of the running week.</summary>
    public required TeamNumbers Week { get; init; }

    /// <summary>The instant as of which they are.</summary>
    public required Ts AsOf { get; init; }

    /// <summary>What is wrong at the moment.</summary>
    public HomeTrouble Trouble { get; init; } = HomeTrouble.None;
}

/// <summary>A request of the list.</summary>
/// <param name="Link">Its address; null if Slack does not tell it.</param>
/// <param name="Excerpt">Its first words; null if there is no text.</param>
internal sealed record HomeRequest(ProjectedThread Thread, string? Link, string? Excerpt)
{
    /// <summary>Its reminders were put off today.</summary>
    public bool IsSnoozed { get; init; }
}

/// <summary>Who is on call for a channel, and who is next; null if that is nobody, or not planned.</summary>
internal sealed record HomeOnCall(ChannelId Channel, Shift Current, string? Next);

/// <summary>What lasts and people should know of.</summary>
/// <param name="Behind">Something that was written may not be known yet.</param>
/// <param name="Closed">Watched channels in which nothing can be read or said.</param>
/// <param name="Store">Why nothing can be stored; null while it can.</param>
internal sealed record HomeTrouble(bool Behind, IReadOnlyList<ChannelId> Closed, string? Store)
{
    public static HomeTrouble None { get; } = new(false, [], null);
}
