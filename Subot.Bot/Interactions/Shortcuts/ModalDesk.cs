using Microsoft.Extensions.Logging;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>
/// Modals that were filled in. They close when what they say is stored, and the person is told what it did; what is wrong, and trouble of
/// the store, is shown in them.
/// </summary>
internal sealed partial class ModalDesk(
    IThreadStore store,
    ISlackApi slack,
    CurrentSettings settings,
    Corrector corrector,
    Modals modals,
    TrackShortcut track,
    SameAsShortcut sameAs,
    AnswerToShortcut answerTo,
    TimeProvider time,
    ILogger<ModalDesk> log)
{
    public async Task HandleAsync(InteractionDelivery interaction, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var words = Wording.Of(settings.At(now));
        if (interaction.View is not { } view || BlockOf(view.CallbackId) is not { } block || view.PrivateMetadata?.Split(':') is not [var channel, var root, .. var details]
            || ThreadValue.Parse($"{channel}:{root}") is not { } key)
        {
            await modals.NoticeAsync(interaction, words.Say(TextId.FormUnknown), words, ct);
            return;
        }

        var (problem, done) = await DoAsync(new UserId(interaction.User), view, key, details, now, words, block, ct);
        if (problem is not var (at, text))
        {
            await interaction.AcknowledgeAsync(ct);
            await TellAsync(channel, interaction.User, done, ct);
        }
        else if (!await interaction.RejectAsync(new Dictionary<string, string> { [at] = text }, ct))
        {
            // The modal has closed meanwhile: the person believes that it is done.
            await TellAsync(channel, interaction.User, SlackText.Escape(text), ct);
        }
    }

    /// <summary>Does what was filled in: what hinders that, as words at a block, or what is told of it.</summary>
    private async Task<((string Block, string Text)? Problem, string Done)> DoAsync(
        UserId user,
        SlackView view,
        ThreadKey key,
        IReadOnlyList<string> details,
        Ts now,
        Wording words,
        string block,
        CancellationToken ct)
    {
        try
        {
            if (!corrector.May(user, now))
                return ((block, words.Say(TextId.TeamOnly)), "");
            if ((await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State is not { } thread)
                return ((block, words.Say(TextId.ShortcutNoRecord)), "");
            var outcome = await SubmitAsync(new Submission(view, thread, details, user, now, words), ct);
            return outcome.Problem is { } problem ? ((problem.Block, words.Say(problem.Text)), "") : (null, outcome.Done);
        }
        catch (StoreException e)
        {
            Log.NotStored(log, view.CallbackId, e.Message);
            return ((block, words.Say(TextId.PressFailed, ("reason", e.Message))), "");
        }
    }

    /// <summary>Tells the person alone. It is stored by now: that Slack does not show the words changes nothing.</summary>
    private async Task TellAsync(string channel, string user, string text, CancellationToken ct)
    {
        try
        {
            await slack.PostEphemeralAsync(new PostEphemeral { Channel = channel, User = user, Text = text }, ct);
        }
        catch (SlackException e)
        {
            Log.NotTold(log, channel, e.Error);
        }
    }

    private Task<ModalOutcome> SubmitAsync(Submission submission, CancellationToken ct) => submission.View.CallbackId switch
    {
        TrackShortcut.Id => track.SubmitAsync(submission, ct),
        SameAsShortcut.Id => sameAs.SubmitAsync(submission, ct),
        _ => answerTo.SubmitAsync(submission, ct),
    };

    /// <summary>The block at which trouble is shown; null if there is no such modal.</summary>
    private static string? BlockOf(string? callbackId) => callbackId switch
    {
        TrackShortcut.Id => TrackShortcut.Block,
        // The link is always there; the list is not if nothing can be chosen.
        SameAsShortcut.Id => RequestChoice.LinkBlock,
        AnswerToShortcut.Id => RequestChoice.ListBlock,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The form {Form} could not be stored: {Reason}")]
        public static partial void NotStored(ILogger log, string? form, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What a form did could not be told in {Channel}: {Reason}")]
        public static partial void NotTold(ILogger log, string channel, string reason);
    }
}
