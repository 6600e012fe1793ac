using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>
/// Sends the actions of one channel, one after the other. A post is marked 'sending' before the call; when its outcome is unclear it is
/// looked up by the action's id, at once and again half a minute later, before it is posted once more.
/// </summary>
internal sealed partial class ChannelSender(
    ChannelId channel, IStore store, ISlackApi slack, ReplyTexts texts, SendSignal signal, Reentry reentry, TimeProvider time, ILogger log)
{
    private const int Batch = 20;

    // Where more requests than this come in two minutes nobody's are looked for further back.
    private const int MostLookedBack = 100;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(30);

    private readonly ForwardClock _clock = new(time);
    private Ts _limitedUntil;

    /// <summary>Sends until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            var woken = signal.Next;
            try
            {
                var due = await store.DueActionsAsync(channel, _clock.Now, Batch, ct);
                foreach (var action in due)
                    await SendAsync(action, ct);
                if (due.Count == Batch)
                    continue;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.LoopFailed(log, channel, e);
            }

            // Woken by new work; and now and then for what becomes due by time.
            await Task.WhenAny(woken, Task.Delay(s_look, time, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    private Task SendAsync(StoredAction action, CancellationToken ct) =>
        action.Status == ActionStatus.Sending ? SettleAsync(action, thenPost: true, ct) : PostAsync(action, ct);

    private async Task PostAsync(StoredAction action, CancellationToken ct)
    {
        if (IsTooLate(action))
        {
            await store.UpdateActionAsync(action, action with { Status = ActionStatus.Cancelled }, ct);
            return;
        }

        if (_clock.Now < _limitedUntil)
        {
            await store.UpdateActionAsync(action, action with { NextTry = _limitedUntil }, ct);
            return;
        }

        var thread = (await store.LoadAsync([action.Action.Thread], ct)).GetValueOrDefault(action.Action.Thread);
        if (thread?.State.Kind != RootKind.Request)
        {
            await store.UpdateActionAsync(action, action with { Status = ActionStatus.Cancelled }, ct);
            return;
        }

        // The words are fixed here, once: what is looked up or sent again later is the same post.
        var text = action.Text ?? await TextAsync(thread.State, ct);
        var sending = action with { Status = ActionStatus.Sending, Attempts = action.Attempts + 1, Text = text, NextTry = Later(s_lookAgain) };
        if (await store.UpdateActionAsync(action, sending, ct))
            await CallAsync(sending, ct);
    }

    private async Task CallAsync(StoredAction sending, CancellationToken ct)
    {
        try
        {
            var posted = await slack.PostMessageAsync(
                new PostMessage
                {
                    Channel = channel.Value,
                    ThreadTs = sending.Action.Thread.Root.ToString(),
                    Text = sending.Text!,
                    Metadata = MessageMetadata.Create(Translation.MetadataType, new Dictionary<string, string> { [Translation.MetadataId] = sending.Action.Id }),
                },
                ct);
            _toldAdmin = null;
            await RecordAsync(sending, posted, ct);
        }
        catch (SlackException e) when (e.OutcomeUnclear)
        {
            Log.Unclear(log, sending.Action.Id, e.Error);
            await SettleAsync(sending, thenPost: false, ct);
        }
        catch (SlackException e)
        {
            await RefusedAsync(sending, e, ct);
        }
    }

    private async Task RecordAsync(StoredAction sending, PostedMessage posted, CancellationToken ct)
    {
        if (posted.ThreadTs is null)
        {
            // The parent is gone, and Slack has put the reply into the channel, without an error: it is deleted like a double.
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Cancelled, SecondPost = Ts.Parse(posted.Ts) }, ct);
            return;
        }

        await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Sent, PostedAt = Ts.Parse(posted.Ts) }, ct);
    }

    /// <summary>Looks for the post in its thread. Not found: it is looked for again later, or posted once more.</summary>
    private async Task SettleAsync(StoredAction sending, bool thenPost, CancellationToken ct)
    {
        Ts? found;
        try
        {
            found = await FindAsync(sending.Action, ct);
        }
        catch (SlackException e)
        {
            await NotFoundOutAsync(sending, e, ct);
            return;
        }

        var settled = found is { } at ? sending with { Status = ActionStatus.Sent, PostedAt = at }
            : thenPost ? sending with { Status = ActionStatus.Pending, NextTry = _clock.Now }
            : sending with { NextTry = Later(s_lookAgain) };
        if (await store.UpdateActionAsync(sending, settled, ct) && settled.Status == ActionStatus.Pending)
            await PostAsync(settled, ct);
    }

    private async Task<Ts?> FindAsync(BotAction action, CancellationToken ct)
    {
        try
        {
            await foreach (var message in slack.RepliesAsync(channel.Value, action.Thread.Root.ToString(), null, ct))
            {
                if (message.Metadata is { EventType: Translation.MetadataType } metadata && metadata.Find(Translation.MetadataId) == action.Id)
                    return Ts.Parse(message.Ts!);
            }
        }
        catch (SlackException e) when (e.Error is "thread_not_found" or "message_not_found")
        {
            // Nothing was posted there.
        }

        return null;
    }

    private async Task<string> TextAsync(ProjectedThread thread, CancellationToken ct)
    {
        // A workflow that names nobody asks for nobody: two of those are not one person's.
        if (thread.Requester is not { } requester)
            return texts.Thanks;
        var root = thread.Key.Root;
        var before = await store.ThreadsBeforeAsync(channel, root, MostLookedBack, ct);
        var others = await store.LoadAsync([.. before.Where(t => t.Root >= root.AddSeconds(-Decisions.SameMatterSeconds))], ct);
        return others.Values.Any(o => o.State.Kind == RootKind.Request && o.State.Requester == requester) ? texts.KeepToThreads : texts.Thanks;
    }

    // By the clock as it is set now: the limit was told in Slack's time.
    private bool IsTooLate(StoredAction action) => Ts.From(time.GetUtcNow()) > action.Action.NotAfter;

    private Ts Later(TimeSpan wait) => Ts.From(_clock.Now.ToDateTimeOffset() + wait);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Sending in {Channel} failed; it goes on")]
        public static partial void LoopFailed(ILogger log, ChannelId channel, Exception e);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The outcome of {Action} is unclear ({Error}): looking it up")]
        public static partial void Unclear(ILogger log, string action, string error);
    }
}
