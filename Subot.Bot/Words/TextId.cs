namespace Subot.Bot.Words;

/// <summary>Every text of the bot. A test holds the files of the languages to it.</summary>
internal enum TextId
{
    // The first reply.
    Thanks,
    KeepToThreads,
    FeedbackQuestion,
    FeedbackUseful,
    FeedbackUseless,
    OutcomeUseful,
    OutcomeUseless,
    FeedbackNotYours,
    FeedbackAlready,
    ButtonUnknown,
    PressFailed,

    // The fireman.
    CallFireman,
    CallNobody,
    Reminder,
    ReminderNobody,
    ReminderElsewhere,
    ReminderElsewhereNobody,
    RemindersTitle,
    RemindersTitleNobody,
    RequestLine,
    MoreLines,
    SnoozeButton,
    TeamOnly,
    Snoozed,
    WaitingTitle,
    WaitingTitleNobody,
    HandOver,
    HandOverNobody,
    HandOverOpen,

    // The channel.
    Welcome,
    Outage,
    UnknownRequester,
    NoText,
    DaySign,
}
