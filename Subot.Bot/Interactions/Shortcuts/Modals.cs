using Subot.Bot.Words;
using Subot.Slack;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>What is wrong with what was filled in, and at which block.</summary>
internal sealed record ModalProblem(string Block, TextId Text);

/// <summary>What came of a modal that was filled in: what is wrong with it, or what is told of what it did.</summary>
internal sealed record ModalOutcome(ModalProblem? Problem, string Done)
{
    public static implicit operator ModalOutcome(ModalProblem problem) => new(problem, "");
}

/// <summary>Shows modals.</summary>
internal sealed class Modals(ISlackApi slack)
{
    /// <summary>A modal of a shortcut.</summary>
    public static View Of(string callbackId, string metadata, PlainText title, PlainText submit, Wording words, params IReadOnlyList<Block> blocks) => new()
    {
        Type = "modal",
        CallbackId = callbackId,
        PrivateMetadata = metadata,
        Title = title,
        Submit = submit,
        Close = new PlainText(words.Say(TextId.FormCancel)),
        Blocks = blocks,
    };

    /// <summary>A modal that only says something.</summary>
    public static View Notice(string text, Wording words) => new()
    {
        Type = "modal",
        Title = new PlainText(words.Say(TextId.NoticeTitle)),
        Close = new PlainText(words.Say(TextId.NoticeClose)),
        Blocks = [new SectionBlock { Text = new Mrkdwn(text) }],
    };

    /// <summary>Opens the modal of a shortcut; when Slack no longer waits for it, that is told.</summary>
    public async Task OpenAsync(ShortcutUse use, View view, CancellationToken ct)
    {
        try
        {
            await slack.OpenViewAsync(use.Interaction.TriggerId ?? "", view, ct);
        }
        catch (SlackException)
        {
            await use.TellAsync(TextId.ShortcutTooLate, ct);
            return;
        }

        await use.Interaction.AcknowledgeAsync(ct);
    }

    /// <summary>Tells a person something where there is no message to tell it at.</summary>
    public async Task NoticeAsync(InteractionDelivery interaction, string text, Wording words, CancellationToken ct)
    {
        await interaction.AcknowledgeAsync(ct);
        if (interaction.TriggerId is { } trigger)
            await slack.OpenViewAsync(trigger, Notice(text, words), ct);
    }
}
