using Subot.Bot.Reports;
using Subot.Domain.Actions;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>The composer of every kind of action.</summary>
internal sealed class Composers(
    ReplyComposer replies,
    FeedbackComposer feedback,
    ReminderComposer reminders,
    ReportComposer reports,
    ChannelComposer channels) : IComposer
{
    public ValueTask<Outgoing> ComposeAsync(StoredAction action, CancellationToken ct) => Of(action.Action.Kind).ComposeAsync(action, ct);

    public IReadOnlyList<Block>? Blocks(BotAction action, string text, string? attachment) =>
        Of(action.Kind).Blocks(action, text, attachment);

    public Again? AfterRefusal(StoredAction sending, SlackException refusal) => Of(sending.Action.Kind).AfterRefusal(sending, refusal);

    private IComposer Of(ActionKind kind) => kind switch
    {
        ActionKind.Reply or ActionKind.Retract => replies,
        ActionKind.SolvedEmoji or ActionKind.Outcome or ActionKind.Call => feedback,
        ActionKind.Reminder or ActionKind.Reminders or ActionKind.Waiting => reminders,
        ActionKind.Report => reports,
        _ => channels,
    };
}
