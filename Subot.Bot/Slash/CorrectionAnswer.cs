using Subot.Bot.Apply;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Words;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>Somebody says of a thread that it is solved, open again, or no request. It is stored when the answer comes.</summary>
internal sealed class CorrectionAnswer(WorkspaceIdentity self, IThreadStore store, Corrector corrector, Naming naming)
{
    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        if (question.Arguments is not [var text])
            return question.Say(TextId.HelpCorrections);
        if (Permalink.Parse(text) is not { Address: { } address } link)
            return question.Say(TextId.CorrectNoLink, ("word", SlackText.Escape(text)));
        if (!self.Watches(link.Message.Channel.Value))
            return question.Say(TextId.CorrectNotWatched, ("channel", SlackText.Channel(link.Message.Channel.Value)));
        if (await ThreadAsync(link, ct) is not { } thread)
            return question.Say(TextId.CorrectUnknown);
        if (Decide(question.Name, thread) is not { Correction: { } correction, Text: var said })
            return question.Say(Refusal(question.Name, thread), Request(address, await ExcerptAsync(question, thread, ct)));

        var excerpt = await ExcerptAsync(question, thread, ct);
        await corrector.StoreAsync(ct, Corrector.Of(thread, question.Now, correction, question.User));
        return question.Say(said, Request(address, excerpt));
    }

    /// <summary>What is to be stored and said; null if the thread is no request, or is so already.</summary>
    public static (CorrectionKind Correction, TextId Text)? Decide(string name, ProjectedThread thread) => (name, thread.Kind) switch
    {
        ("solve", RootKind.Request) when thread.Status != ThreadStatus.Fixed => (CorrectionKind.Solve, TextId.CorrectSolved),
        ("reopen", RootKind.Request) when thread.SilentSince is null => (CorrectionKind.Reopen, TextId.CorrectReopened),
        ("reopen", RootKind.Dismissed) => (CorrectionKind.Restore, TextId.CorrectRestored),
        ("dismiss", RootKind.Request) => (CorrectionKind.Dismiss, TextId.CorrectDismissed),
        _ => null,
    };

    private static TextId Refusal(string name, ProjectedThread thread) => (name, thread.Kind) switch
    {
        ("solve", RootKind.Request) => TextId.CorrectAlreadySolved,
        ("reopen", RootKind.Request) => TextId.CorrectAlreadyOpen,
        ("dismiss", RootKind.Dismissed) => TextId.CorrectAlreadyDismissed,
        ("solve", RootKind.Dismissed) => TextId.CorrectDismissedBefore,
        (_, RootKind.Deleted) => TextId.CorrectDeleted,
        _ => TextId.CorrectNoRequest,
    };

    /// <summary>The thread of a link to its first message or to a reply; null if it is not known.</summary>
    private async Task<ProjectedThread?> ThreadAsync(Permalink link, CancellationToken ct)
    {
        var key = await link.ThreadAsync(store, ct);
        var thread = (await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State;
        return thread is { Kind: not RootKind.Missing } ? thread : null;
    }

    private async Task<string> ExcerptAsync(SlashQuestion question, ProjectedThread thread, CancellationToken ct) =>
        await naming.ExcerptAsync(thread.Key, ct) ?? question.Say(TextId.NoText);

    private static (string, object?) Request(string address, string excerpt) => ("request", $"<{SlackText.Escape(address)}|{excerpt}>");
}
