using Subot.Domain.Facts;
using Subot.Domain.Values;

namespace Subot.Domain.Projection;

/// <summary>What a root is, before corrections and deletions.</summary>
public enum RootKind : byte
{
    /// <summary>The root has not been seen: replies or reactions came first, or it is gone for good.</summary>
    Missing = 0,

    /// <summary>A request.</summary>
    Request = 1,

    /// <summary>A message of the team.</summary>
    Team = 2,

    /// <summary>A message of an app.</summary>
    Bot = 3,

    /// <summary>Deleted.</summary>
    Deleted = 4,

    /// <summary>Joins, topics and other notices.</summary>
    Other = 5,

    /// <summary>The team said that it is not a request.</summary>
    Dismissed = 6,
}

/// <summary>The status of a request, as people see it.</summary>
public enum ThreadStatus : byte
{
    /// <summary>Open, and no team reply yet.</summary>
    Unresponded = 0,

    /// <summary>Open, with a team reply.</summary>
    Responded = 1,

    /// <summary>Solved.</summary>
    Fixed = 2,

    /// <summary>Closed by a long silence.</summary>
    Expired = 3,

    /// <summary>Its root was deleted.</summary>
    Deleted = 4,

    /// <summary>Not a request.</summary>
    Dismissed = 5,
}

/// <summary>Whose turn it is.</summary>
public enum Turn : byte
{
    /// <summary>Nobody's: solved, expired, or no request.</summary>
    Nobody = 0,

    /// <summary>The team's.</summary>
    Team = 1,

    /// <summary>The requester's.</summary>
    Requester = 2,
}

/// <summary>The requester's last word on the automatic answer.</summary>
public enum Feedback : byte
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>Useful.</summary>
    Useful = 1,

    /// <summary>Not useful.</summary>
    Useless = 2,
}

/// <summary>An emoji that somebody put on the root.</summary>
public readonly record struct RootReaction(string Emoji, UserId User) : IComparable<RootReaction>
{
    /// <inheritdoc/>
    public int CompareTo(RootReaction other)
    {
        var byEmoji = string.CompareOrdinal(Emoji, other.Emoji);
        return byEmoji != 0 ? byEmoji : User.CompareTo(other.User);
    }
}

/// <summary>Reminders were put off until tomorrow: by an emoji, or by a button (null).</summary>
public readonly record struct Snooze(Ts At, RootReaction? By);

/// <summary>
/// The outcome of walking a thread's facts: small, of a size that does not grow with the replies, and enough to apply a newer fact as
/// one step. Only <see cref="ThreadProjection"/> changes it.
/// </summary>
public sealed class ProjectedThread(ThreadKey key)
{
    /// <summary>Which thread it is.</summary>
    public ThreadKey Key { get; } = key;

    /// <summary>The time of the newest fact: a fact after it can be applied as a step.</summary>
    public Ts LastTime { get; set; }

    /// <summary>When something that is said now happens: after all that is known, or it would undo nothing of it.</summary>
    public Ts After(Ts now) => now > LastTime ? now : new Ts(LastTime.Micros + 1);

    /// <summary>The time of the newest read of history that showed the reactions; zero if there was none.</summary>
    public Ts LastRead { get; set; }

    /// <summary>Who wrote the root; null for some apps, and while the root is missing.</summary>
    public UserId? RootAuthor { get; set; }

    /// <summary>What wrote the root; null while it is missing.</summary>
    public AuthorKind? RootAuthorKind { get; set; }

    /// <summary>Whether the author of the root was in the team when writing it.</summary>
    public bool RootByTeam { get; set; }

    /// <summary>The root was deleted.</summary>
    public bool RootDeleted { get; set; }

    /// <summary>Somebody tracked the thread as a request of this person.</summary>
    public UserId? TrackedFor { get; set; }

    /// <summary>Who asks; null when nobody is known (a workflow that mentions nobody), or when it is no request.</summary>
    public UserId? Requester { get; set; }

    /// <summary>The 'not a request' emoji that stand.</summary>
    public SortedSet<RootReaction> DismissedBy { get; init; } = [];

    /// <summary>A person's correction: not a request.</summary>
    public bool DismissedByHand { get; set; }

    /// <summary>It asks the same as the request at this ts, and is none of its own.</summary>
    public Ts? DuplicateOf { get; set; }

    /// <summary>Ids of the tools that the root is about, as it reads now.</summary>
    public ValueList<string> Tools { get; set; } = [];

    /// <summary>Ids of the labels of the root, as it reads now.</summary>
    public ValueList<string> Labels { get; set; } = [];

    /// <summary>
    /// Ids of the tools of the root as it read when it was first recorded. The bot's reply is decided on these: an edit does not change
    /// what was said.
    /// </summary>
    public ValueList<string> ToolsAtFirst { get; set; } = [];

    /// <summary>Ids of the labels of the root as it read when it was first recorded.</summary>
    public ValueList<string> LabelsAtFirst { get; set; } = [];

    /// <summary>When the bot replied to the root, whatever it said; null while it did not.</summary>
    public Ts? BotReplied { get; set; }

    /// <summary>When somebody of the team put the reminders off until tomorrow, in order, but for what was taken back.</summary>
    public List<Snooze> Snoozes { get; init; } = [];

    /// <summary>Replies that are not deleted, by anybody.</summary>
    public int Replies { get; set; }

    /// <summary>The newest message that is not deleted, by anybody.</summary>
    public Ts LastMessage { get; set; }

    /// <summary>The requester's last vote.</summary>
    public Feedback Feedback { get; set; }

    /// <summary>How the request went; null when it is none.</summary>
    public Course? Course { get; set; }

    /// <summary>
    /// How it would have gone without the solving that stands, should its last emoji be taken away; null when it cannot be.
    /// </summary>
    public Course? Undone { get; set; }

    /// <summary>The solving emoji that hold the solving that stands.</summary>
    public SortedSet<RootReaction> Holds { get; init; } = [];

    /// <summary>Neither its root nor any reply is known: what is told here may be about a reply in another thread.</summary>
    public bool IsStray => RootAuthorKind is null && Replies == 0;

    /// <summary>What the root is.</summary>
    public RootKind Kind => RootAuthorKind switch
    {
        null => RootKind.Missing,
        _ when RootDeleted => RootKind.Deleted,
        AuthorKind.Tombstone => RootKind.Deleted,
        AuthorKind.Notice => RootKind.Other,
        _ when Course is not null => DismissedByHand || DismissedBy.Count > 0 ? RootKind.Dismissed : RootKind.Request,
        AuthorKind.Bot or AuthorKind.Self => RootKind.Bot,
        _ => RootKind.Team,
    };

    /// <summary>The status of the request; of what is none, the nearest.</summary>
    public ThreadStatus Status => Kind switch
    {
        RootKind.Deleted => ThreadStatus.Deleted,
        RootKind.Request => Course!.Phase switch
        {
            Phase.Solved => ThreadStatus.Fixed,
            Phase.Expired => ThreadStatus.Expired,
            _ => Course.FirstTeamReply is null ? ThreadStatus.Unresponded : ThreadStatus.Responded,
        },
        _ => ThreadStatus.Dismissed,
    };

    /// <summary>Whether it is a request of a person that is neither solved nor expired.</summary>
    public bool IsOpenRequestOf(UserId person) => Kind == RootKind.Request && Course!.Phase == Phase.Open && Requester == person;

    /// <summary>Whose turn it is.</summary>
    public Turn Turn => Kind == RootKind.Request ? Course!.Turn : Turn.Nobody;

    /// <summary>Since when an open request is silent; null when it is not open.</summary>
    public Ts? SilentSince => Kind == RootKind.Request && Course!.Phase == Phase.Open ? Course.SilenceSince : null;
}
