using Subot.Domain.Actions;
using Subot.Domain.Values;

namespace Subot.Domain.Facts;

/// <summary>The kinds of facts, in the order in which they are walked when they carry the same time. Stored: never renumber.</summary>
public enum FactKind : byte
{
    /// <summary>A message: the root or a reply.</summary>
    Message = 0,

    /// <summary>A message got another text.</summary>
    Edit = 1,

    /// <summary>A message was deleted.</summary>
    Deletion = 2,

    /// <summary>An emoji was put on a message.</summary>
    ReactionAdded = 3,

    /// <summary>An emoji was taken from a message.</summary>
    ReactionRemoved = 4,

    /// <summary>The requester judged an automatic answer.</summary>
    Vote = 5,

    /// <summary>A person corrected the thread by a command.</summary>
    Correction = 6,

    /// <summary>A silence lasted until the expiry.</summary>
    Expiry = 7,

    /// <summary>What a read of Slack's history showed.</summary>
    Snapshot = 8,
}

/// <summary>
/// Something that happened to a thread. Facts form a set: (<see cref="Time"/>, <see cref="Kind"/>, <see cref="Key"/>) tells one from
/// another, so that the same event counts once however often and in whatever order it comes.
/// </summary>
public abstract record Fact(Ts Time)
{
    /// <summary>What kind of fact it is.</summary>
    public abstract FactKind Kind { get; }

    /// <summary>What tells facts of one kind and time apart, within the thread.</summary>
    public abstract string Key { get; }

    /// <summary>The order in which facts are walked: time, kind, key.</summary>
    public static int Compare(Fact left, Fact right)
    {
        var order = left.Time.CompareTo(right.Time);
        if (order == 0)
            order = left.Kind.CompareTo(right.Kind);
        return order != 0 ? order : string.CompareOrdinal(left.Key, right.Key);
    }

    /// <summary>Whether both are the same fact of a thread.</summary>
    public bool IsSameAs(Fact other) => Compare(this, other) == 0;
}

/// <summary>Who wrote a message, as far as it can be told from the message alone.</summary>
public enum AuthorKind : byte
{
    /// <summary>A person; whether of the team is judged when projecting.</summary>
    Person = 0,

    /// <summary>An app, or somebody without an id.</summary>
    Bot = 1,

    /// <summary>A post of Workflow Builder, made for a person.</summary>
    Workflow = 2,

    /// <summary>This bot.</summary>
    Self = 3,

    /// <summary>Slack itself: joins, topics and other notices.</summary>
    Notice = 4,

    /// <summary>What is left of a deleted message with replies.</summary>
    Tombstone = 5,
}

/// <summary>
/// What is known of a text without keeping it. Verdicts are stored with the fact and outlive the text.
/// </summary>
/// <param name="Courtesy">Every word is a courtesy, and there is no file.</param>
/// <param name="Length">Characters of the text.</param>
/// <param name="Mentions">The first people mentioned, at most five.</param>
public sealed record Verdicts(bool Courtesy, int Length, ValueList<UserId> Mentions)
{
    /// <summary>What patterns found in it; only roots are looked at.</summary>
    public Findings Findings { get; init; } = Findings.None;

    /// <summary>An ordinary text that mentions nobody.</summary>
    public static Verdicts None { get; } = new(false, 0, []);
}

/// <summary>A message of the thread. Its ts is its time, and there is one message at a ts.</summary>
public sealed record MessageFact(Ts Time, UserId? Author, AuthorKind AuthorKind, Verdicts Verdicts) : Fact(Time)
{
    /// <summary>What a post of this bot does; null if it does not say, and for others' messages.</summary>
    public ActionKind? Action { get; init; }

    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Message;

    /// <inheritdoc/>
    public override string Key => "";
}

/// <summary>The message at <paramref name="Message"/> got another text at <paramref name="Time"/>.</summary>
public sealed record EditFact(Ts Time, Ts Message, Verdicts Verdicts) : Fact(Time)
{
    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Edit;

    /// <inheritdoc/>
    public override string Key => Message.ToString();
}

/// <summary>
/// The message at <paramref name="Message"/> was deleted. A deletion found in history (tombstone, absence) has no known time:
/// it carries the message's own, so that finding it again is the same fact.
/// </summary>
public sealed record DeletionFact(Ts Time, Ts Message) : Fact(Time)
{
    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Deletion;

    /// <inheritdoc/>
    public override string Key => Message.ToString();
}

/// <summary>An emoji was put on (or taken from) a message, by a person or by this bot.</summary>
/// <param name="Emoji">Its name, without colons and skin tone.</param>
public sealed record ReactionFact(Ts Time, bool Added, Ts Message, string Emoji, UserId User, bool BySelf) : Fact(Time)
{
    /// <inheritdoc/>
    public override FactKind Kind => Added ? FactKind.ReactionAdded : FactKind.ReactionRemoved;

    /// <inheritdoc/>
    public override string Key => $"{Message}:{Emoji}:{User}";
}

/// <summary>A person found an automatic answer useful, or not.</summary>
public sealed record VoteFact(Ts Time, UserId User, bool Useful) : Fact(Time)
{
    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Vote;

    /// <inheritdoc/>
    public override string Key => User.Value;
}

/// <summary>What a correction says of the thread. Stored: never renumber.</summary>
public enum CorrectionKind : byte
{
    /// <summary>It is solved.</summary>
    Solve = 0,

    /// <summary>It is open again.</summary>
    Reopen = 1,

    /// <summary>It is not a request.</summary>
    Dismiss = 2,

    /// <summary>It is a request after all.</summary>
    Restore = 3,

    /// <summary>It is a request of <see cref="CorrectionFact.For"/>, whoever wrote it; the clock starts at the root.</summary>
    Track = 4,

    /// <summary>Its reminders wait until tomorrow.</summary>
    Snooze = 5,

    /// <summary>It asks the same as the request at <see cref="CorrectionFact.Of"/>, and is none of its own.</summary>
    Duplicate = 6,

    /// <summary>A message of <see cref="CorrectionFact.For"/> outside the thread answered it, at the fact's time.</summary>
    AnsweredOutside = 7,

    /// <summary>It is about <see cref="CorrectionFact.Tags"/>, whatever patterns find in it, now or after an edit.</summary>
    Retag = 8,
}

/// <summary>A person corrected the thread by a command, a shortcut or the API.</summary>
/// <param name="For">Whom it is about: the requester, or who answered.</param>
/// <param name="Of">The request that this one is the same as.</param>
public sealed record CorrectionFact(Ts Time, CorrectionKind Correction, UserId By, UserId? For = null, Ts? Of = null) : Fact(Time)
{
    /// <summary>The tools and labels that it is about.</summary>
    public Findings? Tags { get; init; }

    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Correction;

    /// <inheritdoc/>
    public override string Key => $"{By}:{(byte)Correction}";
}

/// <summary>
/// Time alone passed: the silence that began at <paramref name="SilenceSince"/> lasted until <paramref name="Time"/>.
/// Void when it turns out that the silence was broken in between.
/// </summary>
public sealed record ExpiryFact(Ts Time, Ts SilenceSince) : Fact(Time)
{
    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Expiry;

    /// <inheritdoc/>
    public override string Key => "";
}
