using Microsoft.Extensions.Logging;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>What follows when Slack says no.</summary>
internal sealed partial class ChannelSender
{
    private const string ArchivedError = "is_archived";

    // An error that we do not know may pass.
    private const int TriesOfUnknown = 3;
    private static readonly TimeSpan s_tokenRetry = TimeSpan.FromMinutes(5);

    private bool _reentered;
    private string? _toldAdmin;

    /// <summary>Slack said no, so nothing was posted.</summary>
    private async Task RefusedAsync(StoredAction sending, SlackException e, CancellationToken ct)
    {
        if (e.Advice == SlackErrorAdvice.TellAdmin)
            TellAdmin(e);
        if (composer.AfterRefusal(sending, e) is { } again)
        {
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Pending, Attachment = again.Attachment, NextTry = Later(again.Wait) }, ct);
            return;
        }

        var pause = e.Kind switch
        {
            // All senders of the workspace may wait for the same moment: this spreads them.
            SlackErrorKind.RateLimited => (e.RetryAfter ?? s_lookAgain) + TimeSpan.FromSeconds(Random.Shared.NextDouble()),
            SlackErrorKind.SlackTrouble => s_lookAgain,
            SlackErrorKind.Token => s_tokenRetry,
            SlackErrorKind.Unknown when sending.Attempts < TriesOfUnknown => s_lookAgain,
            _ => (TimeSpan?)null,
        };
        if (e.Error == Reentry.NotInChannel && !_reentered)
        {
            var entered = await reentry.TryAsync(channel, ct);
            _reentered = entered == true;
            pause = entered switch { true => TimeSpan.Zero, null => s_lookAgain, false => null };
        }

        if (e.Error == ArchivedError)
        {
            closed.Close(channel, ClosedChannels.Archived);
            pause = TimeSpan.Zero;
        }

        if (e.Kind == SlackErrorKind.RateLimited && sending.Text is not null)
            _limitedUntil = Later(pause!.Value);
        if (pause is { } wait)
        {
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Pending, NextTry = Later(wait) }, ct);
            return;
        }

        Log.Refused(log, sending.Action.Id, e.Error, string.Join("; ", e.Details));
        await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Failed }, ct);
    }

    /// <summary>Once, until a post succeeds again or the reason is another one.</summary>
    private void TellAdmin(SlackException e)
    {
        if (_toldAdmin == e.Error)
            return;
        _toldAdmin = e.Error;
        if (e.Kind == SlackErrorKind.Token)
            Log.TokenRefused(log, e.Error);
        else
            Log.PostsRefused(log, channel, e.Error, e.Needed ?? "another policy");
    }

    /// <summary>
    /// Slack does not show the thread. It is asked again: until the reply would be too late anyway, if it will never show it. A post that
    /// was made after all still settles the action when it is seen.
    /// </summary>
    private async Task NotFoundOutAsync(StoredAction sending, SlackException e, CancellationToken ct)
    {
        if (e.Error == Reentry.NotInChannel)
            await reentry.TryAsync(channel, ct);
        var mayPass = e.Kind is SlackErrorKind.RateLimited or SlackErrorKind.SlackTrouble or SlackErrorKind.Token;
        if (!mayPass && (IsTooLate(sending) || sending.Action.NotAfter == Ts.Max))
        {
            Log.NeverFoundOut(log, sending.Action.Id, e.Error);
            await store.UpdateActionAsync(sending, sending with { Status = ActionStatus.Failed }, ct);
            return;
        }

        Log.LookUpFailed(log, sending.Action.Id, e.Error);
        await store.UpdateActionAsync(sending, sending with { NextTry = Later(s_lookAgain) }, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Action} could not be looked up ({Error}): again in half a minute")]
        public static partial void LookUpFailed(ILogger log, string action, string error);

        [LoggerMessage(Level = LogLevel.Error, Message = "Whether {Action} was posted cannot be found out ({Error}); it is given up")]
        public static partial void NeverFoundOut(ILogger log, string action, string error);

        [LoggerMessage(Level = LogLevel.Error, Message = "Slack refuses the bot token ({Error}): set SLACK_BOT_USER_OAUTH_ACCESS_TOKEN to a valid one")]
        public static partial void TokenRefused(ILogger log, string error);

        [LoggerMessage(Level = LogLevel.Error, Message = "Slack refuses to post in {Channel} ({Error}; needed: {Needed})")]
        public static partial void PostsRefused(ILogger log, ChannelId channel, string error, string needed);

        [LoggerMessage(Level = LogLevel.Error, Message = "Slack refused {Action}: {Error} {Details}")]
        public static partial void Refused(ILogger log, string action, string error, string details);
    }
}
