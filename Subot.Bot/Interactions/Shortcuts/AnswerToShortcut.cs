using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Slack;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>
/// Says that a message of the team answered a request outside of its thread. It counts as an answer at the time of the message.
/// </summary>
internal sealed class AnswerToShortcut(Modals modals, Corrector corrector, RequestChoice choice, Naming naming, CurrentSettings settings)
{
    public const string Id = "answer_to";

    /// <summary>Why a message cannot have answered a request; null if it can.</summary>
    /// <param name="thread">The thread that the message is in.</param>
    public static TextId? Refusal(ProjectedThread request, ProjectedThread thread, Ts message, UserId author) => request switch
    {
        { Kind: not RootKind.Request } => TextId.ChoiceNoRequest,
        _ when request.Key == thread.Key => TextId.AnswerInThread,
        _ when request.Key.Root > message => TextId.AnswerTooEarly,
        _ when request.Requester == author => TextId.AnswerByRequester,
        _ => null,
    };

    /// <summary>The modal.</summary>
    public static View View(ThreadKey thread, Ts message, UserId author, IReadOnlyList<SelectOption> options, Wording words) => Modals.Of(
        Id,
        $"{thread}:{message}:{author}",
        new PlainText(words.Say(TextId.AnswerToTitle)),
        new PlainText(words.Say(TextId.FormSave)),
        words,
        RequestChoice.ListInput(options, optional: false, words));

    public async Task OpenAsync(ShortcutUse use, CancellationToken ct)
    {
        if (use.Interaction.Message is not { BotId: null, User: { Length: > 0 } user } || !settings.History.InTeam(new UserId(user), use.Message))
        {
            await use.TellAsync(TextId.AnswerNotByTeam, ct);
            return;
        }

        var author = new UserId(user);
        var open = (await choice.OpenAsync(use.Thread.Key.Channel, ct)).Where(r => Refusal(r, use.Thread, use.Message, author) is null);
        var options = await choice.OptionsAsync(open, use.At, use.Words, ct);
        if (options.Count == 0)
            await use.TellAsync(TextId.AnswerNothingOpen, ct);
        else
            await modals.OpenAsync(use, View(use.Thread.Key, use.Message, author, options, use.Words), ct);
    }

    public async Task<ModalOutcome> SubmitAsync(Submission submission, CancellationToken ct)
    {
        var (request, problem) = await choice.ChosenAsync(submission, ct);
        if (request is null)
            return problem!;
        if (submission.Details is not [var ts, var user] || !Ts.TryParse(ts, out var message))
            return new ModalProblem(RequestChoice.ListBlock, TextId.FormUnknown);
        var author = new UserId(user);
        if (Refusal(request, submission.Thread, message, author) is { } refusal)
            return new ModalProblem(RequestChoice.ListBlock, refusal);

        List<Arrival> corrections = [Corrector.Of(request.Key, new CorrectionFact(message, CorrectionKind.AnsweredOutside, submission.User, author))];
        // What answers is no request, though somebody may have tracked it as one.
        if (message == submission.Thread.Key.Root && submission.Thread.Kind == RootKind.Request)
            corrections.Add(Corrector.Of(submission.Thread, submission.At, CorrectionKind.Dismiss, submission.User));
        await corrector.StoreAsync(ct, corrections);
        var excerpt = await naming.ExcerptAsync(request.Key, ct) ?? submission.Words.Say(TextId.NoText);
        return new ModalOutcome(null, submission.Words.Say(TextId.DoneAnswerTo, ("excerpt", excerpt)));
    }
}
