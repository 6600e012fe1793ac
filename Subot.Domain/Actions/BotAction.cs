using Subot.Domain.Projection;

namespace Subot.Domain.Actions;

/// <summary>What an action does. Stored: never renumber.</summary>
public enum ActionKind : byte
{
    /// <summary>The first reply in a thread: thanks, or the request to keep to threads.</summary>
    Reply = 0,
}

/// <summary>Where an action stands. Stored: never renumber.</summary>
public enum ActionStatus : byte
{
    /// <summary>Not tried yet, or to be tried again.</summary>
    Pending = 0,

    /// <summary>Handed to Slack: until its outcome is recorded it may or may not have happened.</summary>
    Sending = 1,

    /// <summary>It happened.</summary>
    Sent = 2,

    /// <summary>It came too late, or its reason went away.</summary>
    Cancelled = 3,

    /// <summary>Slack will not have it.</summary>
    Failed = 4,
}

/// <summary>
/// Something that the bot does once. Its id is made of what it answers, never of when or where it was made: the same fact seen twice, by
/// two processes or after a restart, makes the same action.
/// </summary>
/// <param name="Thread">The thread it belongs to.</param>
/// <param name="NotAfter">When it is still not sent after this instant, it is cancelled.</param>
public sealed record BotAction(string Id, ActionKind Kind, ThreadKey Thread, Ts NotAfter)
{
    /// <summary>The first reply to a request: <c>reply:{channel}:{thread}</c>.</summary>
    public static BotAction Reply(ThreadKey thread, Ts notAfter) => new($"reply:{thread.Channel}:{thread.Root}", ActionKind.Reply, thread, notAfter);
}

/// <summary>Decides what a change of a thread makes the bot do.</summary>
public static class Decisions
{
    /// <summary>How close together two requests of one person are when they should have been one thread: seconds.</summary>
    public const long SameMatterSeconds = 120;

    /// <summary>The actions of a thread whose root has just become known.</summary>
    /// <param name="thread">The thread after the change.</param>
    /// <param name="now">Slack's time of now, or ours.</param>
    /// <param name="answerWithinSeconds">The age up to which a request still gets an automatic reply.</param>
    public static BotAction? ReplyTo(ProjectedThread thread, Ts now, long answerWithinSeconds)
    {
        var notAfter = thread.Key.Root.AddSeconds(answerWithinSeconds);
        return thread.Kind == RootKind.Request && now <= notAfter ? BotAction.Reply(thread.Key, notAfter) : null;
    }
}
