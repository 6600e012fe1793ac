using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Domain.Actions;

/// <summary>Decides what a change of a thread makes the bot do.</summary>
public static class Decisions
{
    /// <summary>How close together two requests of one person are when they should have been one thread: seconds.</summary>
    public const long SameMatterSeconds = 120;

    /// <summary>The reply to a thread whose root has just become known; null if it gets none.</summary>
    /// <param name="thread">The thread after the change.</param>
    /// <param name="now">Slack's time of now, or ours.</param>
    /// <param name="answerWithinSeconds">The age up to which a request still gets an automatic reply.</param>
    public static BotAction? ReplyTo(ProjectedThread thread, Ts now, long answerWithinSeconds)
    {
        var notAfter = thread.Key.Root.AddSeconds(answerWithinSeconds);
        return thread.Kind == RootKind.Request && now <= notAfter ? BotAction.Reply(thread.Key, notAfter) : null;
    }

    /// <summary>
    /// The answers to a request, the silent ones too: those that fit its root as it read when it was first recorded, under the settings
    /// valid at it. These are posted, and these are counted.
    /// </summary>
    public static IEnumerable<Answer> AnswersTo(ProjectedThread thread, TeamSettings settings) =>
        settings.Answers.Where(a => a.Fits(thread.ToolsAtFirst, thread.LabelsAtFirst));

    /// <summary>
    /// What follows when a root is deleted that the bot has replied to, whichever was heard of first: its reply may have to go too.
    /// </summary>
    public static BotAction? AfterDeletion(ProjectedThread thread) =>
        thread is { RootDeleted: true, BotReplied: not null } ? BotAction.Retract(thread.Key) : null;

    /// <summary>What follows from a vote of the requester; nothing from anybody else's.</summary>
    public static IReadOnlyList<BotAction> After(VoteFact vote, ProjectedThread thread) => vote.User != thread.Requester ? []
        : vote.Useful ? [BotAction.Outcome(thread.Key, useful: true), BotAction.SolvedEmoji(thread.Key)]
        : [BotAction.Outcome(thread.Key, useful: false), BotAction.Call(thread.Key)];
}
