using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>
/// Sends the actions of one channel, one after the other, each as Slack can promise it. A post is marked 'sending' before the call; when
/// its outcome is unclear it is looked up by the action's id, at once and again half a minute later, before it is posted once more. What
/// one person sees is sent at most once; what may be repeated is repeated.
/// </summary>
internal sealed partial class ChannelSender(
    ChannelId channel,
    IStore store,
    ISlackApi slack,
    IComposer composer,
    SendSignal signal,
    ChannelLeases leases,
    Reentry reentry,
    ClosedChannels closed,
    TimeProvider time,
    ILogger log)
{
    private const int Batch = 20;
    private const long LookBackSeconds = 86_400;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_notComposed = TimeSpan.FromMinutes(10);
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
                if (await SendDueAsync(ct) == Batch)
                    continue;
            }
            catch (StoreException e)
            {
                Log.StoreFailed(log, channel, e.Message);
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

    /// <summary>Tries what is due, at most so many; returns how many there were.</summary>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        if (closed.Contains(channel) || !leases.Holds(channel))
            return 0;
        var due = await store.DueActionsAsync(channel, _clock.Now, Batch, ct);
        foreach (var action in due)
        {
            if (!leases.Holds(channel))
                return 0;
            await SendAsync(action, ct);
        }

        return due.Count;
    }

    private async Task SendAsync(StoredAction action, CancellationToken ct)
    {
        // A post whose words are fixed and which was handed to Slack may be there.
        if (action.Status == ActionStatus.Sending && action.Text is not null)
        {
            await SettleAsync(action, thenPost: true, ct);
            return;
        }

        if (IsTooLate(action))
        {
            await store.UpdateActionAsync(action, action with { Status = ActionStatus.Cancelled }, ct);
            return;
        }

        Outgoing outgoing;
        try
        {
            outgoing = await composer.ComposeAsync(action, ct);
        }
        catch (SlackException e)
        {
            // Something that the words need could not be asked.
            var tried = action with { Attempts = action.Attempts + 1 };
            if (await store.UpdateActionAsync(action, tried, ct))
                await RefusedAsync(tried, e, ct);
            return;
        }
        catch (Exception e) when (e is not StoreException && !ct.IsCancellationRequested)
        {
            // What is wrong with one must not hold up the others: it is tried again now and then, for the program may be mended.
            Log.NotComposed(log, action.Action.Id, e);
            await store.UpdateActionAsync(action, action with { NextTry = Later(s_notComposed) }, ct);
            return;
        }

        await SendAsync(action, outgoing, ct);
    }

    private Task SendAsync(StoredAction action, Outgoing outgoing, CancellationToken ct) => outgoing switch
    {
        OutgoingPost post => PostAsync(action, post, ct),
        OutgoingCall call => RepeatAsync(action, call, ct),
        OutgoingEphemeral ephemeral => ShowAsync(action, ephemeral, ct),
        OutgoingLater later => store.UpdateActionAsync(action, action with { NextTry = Later(later.Wait) }, ct).AsTask(),
        _ => store.UpdateActionAsync(action, action with { Status = ActionStatus.Cancelled }, ct).AsTask(),
    };

    private async Task PostAsync(StoredAction action, OutgoingPost post, CancellationToken ct)
    {
        if (_clock.Now < _limitedUntil)
        {
            await store.UpdateActionAsync(action, action with { NextTry = _limitedUntil }, ct);
            return;
        }

        // The words are fixed here, once: what is looked up or sent again later is the same post.
        var sending = Sending(action.Text is not null ? action : action with
        {
            Text = post.Text,
            Place = new PostPlace(post.Place, post.Thread),
            Attachment = post.Attachment,
        });
        if (!await ClaimAsync(action, sending, ct))
            return;
        try
        {
            var posted = await slack.PostMessageAsync(
                new PostMessage
                {
                    Channel = sending.Place!.Value.Channel,
                    ThreadTs = sending.Place.Value.Thread?.ToString(),
                    Text = sending.Text!,
                    Blocks = composer.Blocks(sending.Action, sending.Text!, sending.Attachment),
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
        if (sending.Place!.Value.Thread is not null && posted.ThreadTs is null)
        {
            // The parent is gone, and Slack has put the reply into the channel, without an error: it is deleted like a double.
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Cancelled, SecondPost = Ts.Parse(posted.Ts) }, ct);
            return;
        }

        await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Sent, PostedAt = Ts.Parse(posted.Ts) }, ct);
    }

    /// <summary>Looks for the post where it was to be. Not found: it is looked for again later, or posted once more.</summary>
    private async Task SettleAsync(StoredAction sending, bool thenPost, CancellationToken ct)
    {
        Ts? found;
        try
        {
            found = await FindAsync(sending, ct);
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
            await SendAsync(settled, ct);
    }

    private async Task<Ts?> FindAsync(StoredAction sending, CancellationToken ct)
    {
        var place = sending.Place!.Value;
        // Longer than a lookup can have been put off: the bot may have been down in between.
        var oldest = sending.NextTry.AddSeconds(-LookBackSeconds).ToString();
        var messages = place.Thread is { } root
            ? slack.RepliesAsync(place.Channel, root.ToString(), null, ct)
            : slack.HistoryAsync(place.Channel, oldest, null, ct);
        try
        {
            await foreach (var message in messages)
            {
                if (message.Metadata is { EventType: Translation.MetadataType } metadata && metadata.Find(Translation.MetadataId) == sending.Action.Id)
                    return Ts.Parse(message.Ts!);
            }
        }
        catch (SlackException e) when (e.Error is "thread_not_found" or "message_not_found")
        {
            // Nothing was posted there.
        }

        return null;
    }

    /// <summary>Does what may be done again.</summary>
    private async Task RepeatAsync(StoredAction action, OutgoingCall call, CancellationToken ct)
    {
        var sending = Sending(action);
        if (!await ClaimAsync(action, sending, ct))
            return;
        try
        {
            await call.Call(slack, ct);
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Sent }, ct);
        }
        catch (SlackException e)
        {
            await RefusedAsync(sending, e, ct);
        }
    }

    /// <summary>
    /// Shows something to one person: once handed to Slack it is never sent again, for nobody can find out whether it was seen.
    /// </summary>
    private async Task ShowAsync(StoredAction action, OutgoingEphemeral ephemeral, CancellationToken ct)
    {
        var sending = Sending(action);
        if (action.Status == ActionStatus.Sending)
        {
            await store.UpdateActionAsync(action, action with { Status = ActionStatus.Failed }, ct);
            return;
        }

        if (!await ClaimAsync(action, sending, ct))
            return;
        try
        {
            await slack.PostEphemeralAsync(new PostEphemeral { Channel = channel.Value, User = ephemeral.User.Value, Text = ephemeral.Text }, ct);
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Sent }, ct);
        }
        catch (SlackException e) when (e.OutcomeUnclear)
        {
            Log.Unclear(log, sending.Action.Id, e.Error);
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Failed }, ct);
        }
        catch (SlackException e)
        {
            await RefusedAsync(sending, e, ct);
        }
    }

    /// <summary>
    /// Marks an action as handed to Slack; false if somebody else did, or will: a process that was paused meanwhile is no longer the one
    /// that sends.
    /// </summary>
    private async Task<bool> ClaimAsync(StoredAction action, StoredAction sending, CancellationToken ct) =>
        await store.UpdateActionAsync(action, sending, ct) && leases.Holds(channel);

    private StoredAction Sending(StoredAction action) =>
        action with { Status = ActionStatus.Sending, Attempts = action.Attempts + 1, NextTry = Later(s_lookAgain) };

    // By the clock as it is set now: the limit was told in Slack's time.
    private bool IsTooLate(StoredAction action) => Ts.From(time.GetUtcNow()) > action.Action.NotAfter;

    private Ts Later(TimeSpan wait) => Ts.From(_clock.Now.ToDateTimeOffset() + wait);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Sending in {Channel} waits for the store: {Reason}")]
        public static partial void StoreFailed(ILogger log, ChannelId channel, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Sending in {Channel} failed; it goes on")]
        public static partial void LoopFailed(ILogger log, ChannelId channel, Exception e);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Action} could not be put into words; please report this. It is tried again in ten minutes")]
        public static partial void NotComposed(ILogger log, string action, Exception e);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The outcome of {Action} is unclear ({Error}): looking it up")]
        public static partial void Unclear(ILogger log, string action, string error);
    }
}
