using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Slack;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Says that a request asks the same as another one, and is none of its own.</summary>
internal sealed class SameAsShortcut(Modals modals, Corrector corrector, RequestChoice choice, Naming naming)
{
    public const string Id = "same_as";

    /// <summary>Why a thread can be no duplicate; null if it can. Which request it is the same as may be changed.</summary>
    public static TextId? Refusal(ProjectedThread thread) =>
        thread is { Kind: RootKind.Request } or { Kind: RootKind.Dismissed, DuplicateOf: not null } ? null : Decision.NoRequest(thread).Says;

    /// <summary>Why a thread cannot be the same as a chosen one; null if it can.</summary>
    public static TextId? Refusal(ProjectedThread thread, ProjectedThread chosen) => chosen switch
    {
        _ when chosen.Key == thread.Key => TextId.ChoiceIsItself,
        { Kind: RootKind.Dismissed, DuplicateOf: { } other } when other == thread.Key.Root => TextId.ChoiceIsDuplicate,
        { Kind: RootKind.Request } => null,
        _ => TextId.ChoiceNoRequest,
    };

    /// <summary>The modal. With nothing to choose from it asks for a link alone.</summary>
    public static View View(ThreadKey thread, IReadOnlyList<SelectOption> options, Wording words)
    {
        var link = new InputBlock
        {
            BlockId = RequestChoice.LinkBlock,
            Label = new PlainText(words.Say(options.Count == 0 ? TextId.PasteLink : TextId.OrPasteLink)),
            Optional = options.Count == 0 ? null : true,
            Element = new PlainTextInput { ActionId = RequestChoice.Link },
        };
        return Modals.Of(
            Id,
            thread.ToString(),
            new PlainText(words.Say(TextId.SameAsTitle)),
            new PlainText(words.Say(TextId.FormSave)),
            words,
            options.Count == 0 ? [link] : [RequestChoice.ListInput(options, optional: true, words), link]);
    }

    public async Task OpenAsync(ShortcutUse use, CancellationToken ct)
    {
        if (Refusal(use.Thread) is { } refusal)
        {
            await use.TellAsync(refusal, ct);
            return;
        }

        var candidates = (await choice.RecentAsync(use.Thread.Key.Channel, ct)).Where(c => Refusal(use.Thread, c) is null);
        await modals.OpenAsync(use, View(use.Thread.Key, await choice.OptionsAsync(candidates, use.At, use.Words, ct), use.Words), ct);
    }

    public async Task<ModalOutcome> SubmitAsync(Submission submission, CancellationToken ct)
    {
        var (chosen, problem) = await choice.ChosenAsync(submission, ct);
        if (chosen is null)
            return problem!;
        if ((Refusal(submission.Thread) ?? Refusal(submission.Thread, chosen)) is { } refusal)
            return new ModalProblem(RequestChoice.BlockOf(submission), refusal);
        await corrector.StoreAsync(ct, Corrector.Of(submission.Thread, submission.At, CorrectionKind.Duplicate, submission.User, of: chosen.Key.Root));
        var (excerpt, other) = (await naming.ExcerptAsync(submission.Thread.Key, ct), await naming.ExcerptAsync(chosen.Key, ct));
        var none = submission.Words.Say(TextId.NoText);
        return new ModalOutcome(null, submission.Words.Say(TextId.DoneSameAs, ("excerpt", excerpt ?? none), ("other", other ?? none)));
    }
}
