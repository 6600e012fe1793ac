namespace Subot.Domain.Actions;

/// <summary>What an action does. Stored: never renumber.</summary>
public enum ActionKind : byte
{
    /// <summary>The first reply in a thread: thanks, or the request to keep to threads, and the answers that fit.</summary>
    Reply = 0,

    /// <summary>The emoji that says 'solved', put on the request after the requester found an answer useful.</summary>
    SolvedEmoji = 1,

    /// <summary>The reply's question whether it was useful gives way to what the requester said.</summary>
    Outcome = 2,

    /// <summary>The fireman is called into a thread whose requester found the answer of no use.</summary>
    Call = 3,

    /// <summary>The fireman is reminded of a request that waits.</summary>
    Reminder = 4,

    /// <summary>The fireman is reminded of several requests in one message.</summary>
    Reminders = 5,

    /// <summary>The daily list of what still waits after all its reminders.</summary>
    Waiting = 6,

    /// <summary>The channel's rules, shown to a person who joined, to nobody else.</summary>
    Welcome = 7,

    /// <summary>A report of a week or a month.</summary>
    Report = 8,

    /// <summary>Somebody else is on call from now on.</summary>
    HandOver = 9,

    /// <summary>The user group of who is on call gets its new member.</summary>
    OnCallGroup = 10,

    /// <summary>From when to when the bot heard nothing.</summary>
    Outage = 11,

    /// <summary>The reply to a request that was deleted goes too, if nobody else had replied.</summary>
    Retract = 12,
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

    /// <summary>It came too late, or its reason went away. A reminder waits again when its reason has come back.</summary>
    Cancelled = 3,

    /// <summary>Slack will not have it.</summary>
    Failed = 4,

    /// <summary>Another action does it together with others.</summary>
    Bundled = 5,
}

/// <summary>
/// Something that the bot does once. Its id is made of what it answers, never of when or where it was made: the same fact seen twice, by
/// two processes or after a restart, makes the same action.
/// </summary>
/// <param name="Channel">The watched channel it belongs to, also when it is sent elsewhere.</param>
/// <param name="NotAfter">When it is still not sent after this instant, it is cancelled.</param>
public sealed record BotAction(string Id, ActionKind Kind, ChannelId Channel, Ts NotAfter)
{
    /// <summary>The root of the thread it belongs to; null if it belongs to the channel.</summary>
    public Ts? Root { get; init; }

    /// <summary>What else it needs to know, in the form of its kind.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The thread it belongs to, if it belongs to one.</summary>
    public ThreadKey? Thread => Root is { } root ? new ThreadKey(Channel, root) : null;

    /// <summary>The first reply to a request: <c>reply:{channel}:{thread}</c>.</summary>
    public static BotAction Reply(ThreadKey thread, Ts notAfter) => OfThread(ActionKind.Reply, "reply", thread, "", notAfter);

    /// <summary>The emoji on a request that its requester's vote solved: <c>solved:{channel}:{thread}</c>.</summary>
    public static BotAction SolvedEmoji(ThreadKey thread) => OfThread(ActionKind.SolvedEmoji, "solved", thread, "", Ts.Max);

    /// <summary>What the requester said, in place of the question: <c>outcome:{channel}:{thread}:{useful or useless}</c>.</summary>
    public static BotAction Outcome(ThreadKey thread, bool useful) =>
        OfThread(ActionKind.Outcome, "outcome", thread, useful ? "useful" : "useless", Ts.Max);

    /// <summary>The reply is deleted: <c>retract:{channel}:{thread}</c>.</summary>
    public static BotAction Retract(ThreadKey thread) => OfThread(ActionKind.Retract, "retract", thread, "", Ts.Max);

    /// <summary>The call for the fireman: <c>call:{channel}:{thread}</c>.</summary>
    public static BotAction Call(ThreadKey thread) => OfThread(ActionKind.Call, "call", thread, "", Ts.Max);

    /// <summary>
    /// A reminder: <c>reminder:{channel}:{thread}:{ts of the message that began the silence}:{n}</c>; its detail is the last two.
    /// </summary>
    public static BotAction Reminder(ThreadKey thread, Ts silenceSince, int number) =>
        OfThread(ActionKind.Reminder, "reminder", thread, $"{silenceSince}:{number}", Ts.Max);

    /// <summary>
    /// Several reminders in one message: <c>reminders:{channel}:{id of the first}</c>; its detail is the ids of all, a line each.
    /// </summary>
    public static BotAction Reminders(ChannelId channel, IReadOnlyList<BotAction> reminders) =>
        new($"reminders:{channel}:{reminders[0].Root}:{reminders[0].Detail}", ActionKind.Reminders, channel, Ts.Max)
        {
            Detail = string.Join('\n', reminders.Select(r => r.Id)),
        };

    /// <summary>The list of what waits on a local day: <c>waiting:{channel}:{local day}</c>.</summary>
    public static BotAction Waiting(ChannelId channel, DateOnly day, Ts notAfter) =>
        new($"waiting:{channel}:{day:yyyy-MM-dd}", ActionKind.Waiting, channel, notAfter);

    /// <summary>The welcome of a person on a local day: <c>welcome:{channel}:{user}:{local day}</c>; its detail is the person.</summary>
    public static BotAction Welcome(ChannelId channel, UserId user, DateOnly day, Ts notAfter) =>
        new($"welcome:{channel}:{user}:{day:yyyy-MM-dd}", ActionKind.Welcome, channel, notAfter) { Detail = user.Value };

    /// <summary>
    /// A report that ends at an instant: <c>report:{job}:{channel}:{local date}</c>; its detail is the job and that instant.
    /// </summary>
    public static BotAction Report(string job, ChannelId channel, DateOnly day, Ts until, Ts notAfter) =>
        new($"report:{job}:{channel}:{day:yyyy-MM-dd}", ActionKind.Report, channel, notAfter) { Detail = $"{job}:{until}" };

    /// <summary>Somebody is on call from an instant on: <c>handover:{channel}:{instant}</c>; its detail is the instant.</summary>
    public static BotAction HandOver(ChannelId channel, Ts since, Ts notAfter) =>
        new($"handover:{channel}:{since}", ActionKind.HandOver, channel, notAfter) { Detail = since.ToString() };

    /// <summary>The group's member from an instant on: <c>group:{group}:{instant}</c>; its detail is the group and the person.</summary>
    public static BotAction OnCallGroup(ChannelId channel, string group, UserId user, Ts since) =>
        new($"group:{group}:{since}", ActionKind.OnCallGroup, channel, Ts.Max) { Detail = $"{group}:{user}" };

    /// <summary>The bot heard nothing between two instants: <c>outage:{channel}:{from}</c>; its detail is both.</summary>
    public static BotAction Outage(ChannelId channel, Ts from, Ts until, Ts notAfter) =>
        new($"outage:{channel}:{from}", ActionKind.Outage, channel, notAfter) { Detail = $"{from}:{until}" };

    /// <summary>What the action of an id does; null if it is none of ours.</summary>
    public static ActionKind? KindOf(string id) => id[..Math.Max(0, id.IndexOf(':'))] switch
    {
        "reply" => ActionKind.Reply,
        "solved" => ActionKind.SolvedEmoji,
        "outcome" => ActionKind.Outcome,
        "call" => ActionKind.Call,
        "reminder" => ActionKind.Reminder,
        "reminders" => ActionKind.Reminders,
        "waiting" => ActionKind.Waiting,
        "welcome" => ActionKind.Welcome,
        "report" => ActionKind.Report,
        "handover" => ActionKind.HandOver,
        "group" => ActionKind.OnCallGroup,
        "outage" => ActionKind.Outage,
        "retract" => ActionKind.Retract,
        _ => null,
    };

    private static BotAction OfThread(ActionKind kind, string name, ThreadKey thread, string detail, Ts notAfter) =>
        new($"{name}:{thread.Channel}:{thread.Root}{(detail.Length == 0 ? "" : ":" + detail)}", kind, thread.Channel, notAfter)
        {
            Root = thread.Root,
            Detail = detail,
        };
}
