using Subot.Bot.Apply;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Makes a message of the team, or of an app, the request of a person.</summary>
internal sealed class TrackShortcut(IThreadStore store, Modals modals, Corrector corrector, WorkspaceIdentity self, Naming naming)
{
    public const string Id = "track";

    /// <summary>The block of the person.</summary>
    public const string Block = "for";

    /// <summary>The input of the person.</summary>
    public const string Person = "person";

    /// <summary>Why a thread cannot be tracked; null if it can. Whom it is tracked for may be changed.</summary>
    public static TextId? Refusal(ProjectedThread thread) => thread switch
    {
        { Kind: RootKind.Team or RootKind.Bot } or { Kind: RootKind.Request, TrackedFor: not null } => null,
        { Kind: RootKind.Request } => TextId.IsRequest,
        { Kind: RootKind.Other } => TextId.IsNotice,
        _ => Decision.NoRequest(thread).Says,
    };

    /// <summary>The modal.</summary>
    /// <param name="initial">Whom it asks about at first.</param>
    public static View View(ThreadKey thread, UserId? initial, Wording words) => Modals.Of(
        Id,
        thread.ToString(),
        new PlainText(words.Say(TextId.TrackTitle)),
        new PlainText(words.Say(TextId.TrackSubmit)),
        words,
        new InputBlock
        {
            BlockId = Block,
            Label = new PlainText(words.Say(TextId.TrackFor)),
            Element = new UsersSelect { ActionId = Person, InitialUser = initial?.Value },
        });

    public async Task OpenAsync(ShortcutUse use, CancellationToken ct)
    {
        if (Refusal(use.Thread) is { } refusal)
            await use.TellAsync(refusal, ct);
        else
            await modals.OpenAsync(use, View(use.Thread.Key, use.Thread.TrackedFor ?? await MentionedAsync(use.Thread, ct), use.Words), ct);
    }

    public async Task<ModalOutcome> SubmitAsync(Submission submission, CancellationToken ct)
    {
        if (submission.View.Find(Block, Person) is not { Length: > 0 } person)
            return new ModalProblem(Block, TextId.TrackNobody);
        if (person == self.UserId)
            return new ModalProblem(Block, TextId.TrackMyself);
        if (Refusal(submission.Thread) is { } refusal)
            return new ModalProblem(Block, refusal);

        List<Arrival> corrections = [Corrector.Of(submission.Thread, submission.At, CorrectionKind.Track, submission.User, new UserId(person))];
        // An emoji that says 'not a request' stood on it before it was one.
        if (submission.Thread.DismissedBy.Count > 0)
            corrections.Add(Corrector.Of(submission.Thread, submission.At, CorrectionKind.Restore, submission.User));
        await corrector.StoreAsync(ct, corrections);
        var excerpt = await naming.ExcerptAsync(submission.Thread.Key, ct) ?? submission.Words.Say(TextId.NoText);
        return new ModalOutcome(null, submission.Words.Say(TextId.DoneTrack, ("excerpt", excerpt), ("requester", SlackText.User(person))));
    }

    /// <summary>The first person whom the root mentions, but for its author and this bot.</summary>
    private async Task<UserId?> MentionedAsync(ProjectedThread thread, CancellationToken ct)
    {
        var key = new MessageKey(thread.Key.Channel, thread.Key.Root);
        var root = (await store.LoadMessagesAsync([key], ct)).GetValueOrDefault(key);
        return root?.Verdicts.Mentions.Where(m => m != root.Author && m.Value != self.UserId).Select(m => (UserId?)m).FirstOrDefault();
    }
}
