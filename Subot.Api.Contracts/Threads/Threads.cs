using Subot.Api.Contracts.Numbers;
using Subot.Domain.Facts;
using Subot.Domain.Projection;

namespace Subot.Api.Contracts.Threads;

/// <summary>A page of requests.</summary>
/// <param name="People">Who the people are that it names, by user id; who is missing is not known.</param>
/// <param name="Next">
/// The cursor of the next page; null if this is the last. A page that is not the last may hold fewer requests than were asked for, or none.
/// </param>
/// <param name="Search">What was searched for; null if nothing was.</param>
public sealed record ThreadPage(
    Scope Scope, IReadOnlyList<ThreadItem> Threads, IReadOnlyDictionary<string, NamedPerson> People, string? Next, ThreadSearch? Search);

/// <summary>What a page was searched for, and how far.</summary>
/// <param name="Words">The words, in lower case; one that ends with an asterisk stands for all that begin so.</param>
/// <param name="LookedBackTo">
/// The messages from the newest back to this instant were looked at, and the next page goes on there; null: all were.
/// </param>
/// <param name="Messages">Of each request on the page the newest message with all the words.</param>
public sealed record ThreadSearch(IReadOnlyList<string> Words, DateTimeOffset? LookedBackTo, IReadOnlyList<ThreadMatch> Messages);

/// <summary>A message that was found.</summary>
/// <param name="Channel">Of its request.</param>
/// <param name="Thread">The ts of its request.</param>
/// <param name="Message">Its own ts.</param>
/// <param name="Text">Its text in Slack's markup.</param>
public sealed record ThreadMatch(string Channel, string Thread, string Message, string Text);

/// <summary>A request, and how it stands.</summary>
public sealed record ThreadItem
{
    /// <summary>The channel, by id.</summary>
    public required string Channel { get; init; }

    /// <summary>The ts of its first message, in Slack's form: with the channel it names the thread.</summary>
    public required string Ts { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>request, team, bot, deleted, other, dismissed or missing.</summary>
    [OneOf(typeof(RootKind))]
    public required string Kind { get; init; }

    /// <summary>unresponded, responded, fixed, expired, deleted or dismissed.</summary>
    [OneOf(typeof(ThreadStatus))]
    public required string Status { get; init; }

    /// <summary>Whose turn it is: team, requester or nobody.</summary>
    [OneOf(typeof(Turn))]
    public required string Turn { get; init; }

    /// <summary>Who asked, by user id.</summary>
    public required string? Requester { get; init; }

    /// <summary>Who answered last before it was solved, by user id.</summary>
    public required string? Responder { get; init; }

    /// <summary>Tools, by id.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>Labels, by id.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Answers that fit, by id.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Replies that are not deleted.</summary>
    public required int Replies { get; init; }

    /// <summary>The newest message that is not deleted.</summary>
    public required DateTimeOffset LastMessage { get; init; }

    /// <summary>Since when an open request is silent.</summary>
    public required DateTimeOffset? SilentSince { get; init; }

    /// <summary>none, useful or useless: the requester's last word on the automatic answer.</summary>
    [OneOf(typeof(Feedback))]
    public required string Feedback { get; init; }

    /// <summary>Seconds to the first response; null while there is none.</summary>
    public required long? FirstResponse { get; init; }

    /// <summary>Working seconds to the first response.</summary>
    public required long? FirstResponseWorking { get; init; }

    /// <summary>Seconds to the solving that stands.</summary>
    public required long? Solved { get; init; }

    /// <summary>How it stands to the response target: met, breached, running or not_judged.</summary>
    [OneOf(typeof(TargetWord), nameof(TargetWord.All))]
    public required string ResponseTarget { get; init; }

    /// <summary>The first message in Slack's markup; null if it is not known or forgotten.</summary>
    public required string? Text { get; init; }
}

/// <summary>A thread with everything that happened to it.</summary>
/// <param name="Facts">By time.</param>
/// <param name="People">Who the people are that it names, by user id; who is missing is not known.</param>
public sealed record ThreadDetail(ThreadItem Thread, IReadOnlyList<ThreadFact> Facts, IReadOnlyDictionary<string, NamedPerson> People);

/// <summary>Something that happened to a thread.</summary>
public sealed record ThreadFact
{
    /// <summary>When; of what a read of history showed, when it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>message, edit, deletion, reaction_added, reaction_removed, vote, correction, expiry or snapshot.</summary>
    [OneOf(typeof(FactKind))]
    public required string Kind { get; init; }

    /// <summary>Who did it, by user id; null if nobody is known.</summary>
    public required string? By { get; init; }

    /// <summary>Of a message: person, bot, workflow, self, notice or tombstone.</summary>
    public string? Author { get; init; }

    /// <summary>The ts of the message that it is about.</summary>
    public string? Message { get; init; }

    /// <summary>The emoji, without colons.</summary>
    public string? Emoji { get; init; }

    /// <summary>What a correction says (solve, reopen, ...), or a vote (useful, useless).</summary>
    public string? Says { get; init; }

    /// <summary>Whom a correction is about, by user id.</summary>
    public string? For { get; init; }

    /// <summary>The request that this one is the same as.</summary>
    public string? Of { get; init; }

    /// <summary>The tools, by id, that a correction says it is about.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>The labels, by id, that a correction says it is about.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether every word of the message is a courtesy: it moves nothing.</summary>
    public bool? Courtesy { get; init; }

    /// <summary>The text of the message as it reads now, in Slack's markup; null if it has none, or it is forgotten.</summary>
    public string? Text { get; init; }

    /// <summary>The reactions that a read of history showed.</summary>
    public IReadOnlyList<ShownReaction>? Reactions { get; init; }
}

/// <summary>A reaction on the first message that reads of history showed.</summary>
/// <param name="FirstSeen">The first read that showed it.</param>
/// <param name="Present">Whether the newest read still showed it.</param>
public sealed record ShownReaction(string Emoji, string By, DateTimeOffset FirstSeen, bool Present);
