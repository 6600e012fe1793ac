using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.Notices;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.CatchingUp;

/// <summary>
/// Reads a channel's history after a gap, and hands what it shows to the apply loop: roots of the last fortnight and all open requests,
/// and the replies of threads that changed.
/// </summary>
internal sealed partial class CatchUp(
    IStore store,
    ISlackApi slack,
    Translation translation,
    ApplyQueue queue,
    TopicFireman topics,
    CurrentSettings settings,
    ReplyPolicy policy,
    TimeProvider time,
    long historySeconds,
    ILogger<CatchUp> log)
{
    private const long Day = 86_400;
    private const long ComparedSeconds = 14 * Day;
    private const int PerItem = 200;

    // Shorter ones change nothing for anybody: nobody is reminded sooner.
    private const long OutageSeconds = 3600;

    // A message that came while a page was on its way is missing on it and yet there.
    private const long AbsenceMargin = 5;

    /// <summary>Reads one channel; when it returns, all that was read is stored.</summary>
    /// <exception cref="SlackException">Slack refused; what was read so far is stored.</exception>
    public async Task RunAsync(ChannelId channel, CancellationToken ct)
    {
        // Asked each time: a channel may have got another name. And Slack's time is fresh then.
        var info = await slack.GetChannelAsync(channel.Value, ct);
        if (info.IsArchived)
            throw new ChannelClosedException(ClosedChannels.Archived);
        var name = info.Name ?? channel.Value;
        await topics.FollowAsync(channel, info.Topic, ct);
        var started = ReadTime();
        // By Slack's clock, for ours may be days behind it: what is newer is not shown, and not gone.
        var latest = started.AddSeconds(Day);
        var record = (await store.ChannelsAsync(ct)).FirstOrDefault(c => c.Id == channel);
        var from = started.AddSeconds(-(record is null ? Math.Max(historySeconds, ComparedSeconds) : ComparedSeconds));
        if (record is not null && record.CompleteUntil < from)
            from = record.CompleteUntil;
        var everything = record is null || started - record.ComparedUntil > Day * Ts.Second;

        var roots = new List<(SlackMessage Message, Ts ReadAt)>();
        await foreach (var message in slack.HistoryAsync(channel.Value, from.ToString(), latest.ToString(), ct))
        {
            if (Ts.TryParse(message.Ts, out _))
                roots.Add((message, ReadTimeOf(message, started)));
        }

        roots.Sort((a, b) => string.CompareOrdinal(a.Message.Ts, b.Message.Ts));

        var readUntil = roots.Select(r => r.ReadAt).DefaultIfEmpty(started).Append(latest).Min();
        await StoreAsync(roots.SelectMany(r => translation.FromHistory(channel, r.Message, r.ReadAt)), ct);
        await StoreAsync(await MissingRootsAsync(channel, roots, from, readUntil.AddSeconds(-AbsenceMargin), ct), ct);

        foreach (var part in roots.Select(r => r.Message).Where(m => !m.IsReply).Chunk(PerItem))
        {
            foreach (var thread in await WorthReadingAsync(channel, part, everything, ct))
                await ReadThreadAsync(thread, ct);
        }

        var seen = roots.Select(r => r.Message.Ts).ToHashSet();
        foreach (var key in await store.OpenThreadsAsync(channel, Ts.Max, int.MaxValue, ct))
        {
            if (key.Root < from && !seen.Contains(key.Root.ToString()))
                await ReadThreadAsync(key, ct);
        }

        Log.CaughtUp(log, name, roots.Count, from.ToDateTimeOffset());
        // Before the record says that nothing is missing: a fall in between must not hide it.
        if (record is not null && started - record.CompleteUntil >= OutageSeconds * Ts.Second)
            await TellOutageAsync(channel, record.CompleteUntil, started, ct);
        await store.RecordChannelAsync(new ChannelRecord(channel, name, readUntil, everything ? readUntil : record!.ComparedUntil), ct);
    }

    /// <summary>After a long time in which nothing was heard the channel is told, before anything else is said there.</summary>
    private async Task TellOutageAsync(ChannelId channel, Ts from, Ts until, CancellationToken ct)
    {
        // What lies before the first start of the bot was no outage: an import may have recorded it.
        var firstStart = settings.History.Written.FirstOrDefault(v => v.Environment is not null);
        if (policy.Replies && firstStart is not null && Ts.From(firstStart.WrittenAt) <= from)
            await store.CreateActionsAsync([new StoredAction(BotAction.Outage(channel, from, until, until.AddSeconds(Day)), ActionStatus.Pending) { NextTry = from }], ct);
    }

    /// <summary>Slack's time; ours only before Slack ever answered.</summary>
    private Ts ReadTime() => Ts.From(slack.ServerTime ?? time.GetUtcNow());

    /// <summary>
    /// When the page with this message was read. A later answer to somebody else's call would be too late: what happened in between is not
    /// on the page.
    /// </summary>
    private static Ts ReadTimeOf(SlackMessage message, Ts started) => message.ReadAt is { } at ? Ts.From(at) : started;

    /// <summary>The threads of these roots that have replies, here or in Slack: those that differ, or all.</summary>
    private async Task<List<ThreadKey>> WorthReadingAsync(ChannelId channel, SlackMessage[] roots, bool all, CancellationToken ct)
    {
        var shown = roots.DistinctBy(r => r.Ts).ToDictionary(r => new ThreadKey(channel, Ts.Parse(r.Ts!)));
        var known = await store.LoadAsync(shown.Keys, ct);
        return [.. from root in shown
                   let state = known.GetValueOrDefault(root.Key)?.State
                   let replies = root.Value.ReplyCount ?? 0
                   where (replies > 0 || state is { Replies: > 0 }) && (all || state is null || state.Replies != replies || state.LastMessage.ToString() != root.Value.LatestReply)
                   select root.Key];
    }

    private async Task ReadThreadAsync(ThreadKey thread, CancellationToken ct)
    {
        var messages = new List<SlackMessage>();
        var readAt = ReadTime();
        try
        {
            await foreach (var message in slack.RepliesAsync(thread.Channel.Value, thread.Root.ToString(), null, ct))
            {
                if (Ts.TryParse(message.Ts, out _))
                    messages.Add(message);
            }
        }
        catch (SlackException e) when (e.Error is "thread_not_found" or "message_not_found")
        {
            // Workspaces forget old messages; that is no deletion.
            return;
        }

        if (messages.Count > 0)
            readAt = messages.Min(m => ReadTimeOf(m, readAt));
        await StoreAsync(messages.SelectMany(m => translation.FromHistory(thread.Channel, m, readAt)), ct);
        await StoreAsync(await MissingRepliesAsync(thread, messages, readAt.AddSeconds(-AbsenceMargin), ct), ct);
    }

    /// <summary>Roots of the last fortnight that are no longer shown, though an older message is.</summary>
    private async Task<List<Arrival>> MissingRootsAsync(
        ChannelId channel, List<(SlackMessage Message, Ts ReadAt)> roots, Ts from, Ts readAt, CancellationToken ct)
    {
        if (roots.Count == 0)
            return [];
        var fortnight = readAt.AddSeconds(-ComparedSeconds);
        var after = Ts.Parse(roots[0].Message.Ts!);
        var shown = roots.Select(r => Ts.Parse(r.Message.Ts!)).ToHashSet();
        var keys = await store.ThreadsBetweenAsync(channel, after > fortnight ? after : fortnight, readAt, ct);
        var known = await store.LoadAsync([.. keys.Where(k => k.Root > from && !shown.Contains(k.Root))], ct);
        return [.. known.Values.Where(t => t.State is { RootAuthorKind: not null, RootDeleted: false }).Select(t => Gone(t.State.Key, t.State.Key.Root))];
    }

    private async Task<List<Arrival>> MissingRepliesAsync(ThreadKey thread, List<SlackMessage> messages, Ts readAt, CancellationToken ct)
    {
        var fortnight = readAt.AddSeconds(-ComparedSeconds);
        var shown = messages.Select(m => Ts.Parse(m.Ts!)).ToHashSet();
        if (!shown.Contains(thread.Root))
            return [];
        var facts = await store.LoadFactsAsync(thread, ct);
        var deleted = facts.OfType<DeletionFact>().Select(d => d.Message).ToHashSet();
        return [.. facts.OfType<MessageFact>()
            .Where(m => m.Time > fortnight && m.Time < readAt && !shown.Contains(m.Time) && !deleted.Contains(m.Time))
            .Select(m => Gone(thread, m.Time))];
    }

    private static Arrival Gone(ThreadKey thread, Ts message) =>
        new(thread, new MessageKey(thread.Channel, message), new DeletionFact(message, message));

    private async Task StoreAsync(IEnumerable<Arrival> arrivals, CancellationToken ct)
    {
        foreach (var part in arrivals.Chunk(PerItem))
            await queue.AddAndWaitAsync(part, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Caught up with {Channel}: {Count} top-level messages since {From:yyyy-MM-dd HH:mm}")]
        public static partial void CaughtUp(ILogger log, string channel, int count, DateTimeOffset from);
    }
}

/// <summary>A channel's history cannot be read; the message says why.</summary>
internal sealed class ChannelClosedException(string message) : Exception(message);
