using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>conversations.history and conversations.replies.</summary>
internal static class HistoryMethods
{
    private const int SmallPage = 15;

    /// <summary>
    /// Newest first within a page. With "latest", or neither bound, pages go backward from the newest; with "oldest" alone
    /// they go forward from the oldest.
    /// </summary>
    public static JsonObject History(ApiCall call)
    {
        if (Refusal(call, 100, out var limit) is { } refusal)
            return refusal;
        var timeline = call.Channel.Timeline;
        var (from, to) = Range(call, timeline);
        var forward = call.Has("oldest") && !call.Has("latest");
        if (call.Has("cursor"))
        {
            if (!Paging.TryRead(call["cursor"]!, "next_ts:", out var position))
                return Answer.Error("invalid_cursor");
            if (forward)
                from = Math.Max(from, timeline.FirstAfter(position));
            else
                to = Math.Min(to, timeline.FirstFrom(position));
        }
        var hasMore = to - from > limit;
        if (hasMore && forward)
            to = from + limit;
        else if (hasMore)
            from = to - limit;
        var messages = new JsonArray();
        for (var index = to - 1; index >= from; index--)
            messages.Add(call.Channel.Show(timeline[index], call.Flag("include_all_metadata")));
        var next = hasMore ? "next_ts:" + timeline[forward ? to - 1 : from].Ts : null;
        var answer = Page(messages, next);
        answer["pin_count"] = 0;
        answer["channel_actions_ts"] = null;
        answer["channel_actions_count"] = 0;
        return answer;
    }

    /// <summary>Oldest first, the parent on the first page only. The ts of a reply gives that reply alone.</summary>
    public static JsonObject Replies(ApiCall call)
    {
        if (Refusal(call, 1000, out var limit) is { } refusal)
            return refusal;
        var channel = call.Channel;
        var parent = channel.Find(call["ts"]);
        var log = channel.RepliesTo(call["ts"]!)?.Log ?? new MessageLog();
        if (parent is null && log.Count == 0)
            return Answer.Error("thread_not_found");
        var allMetadata = call.Flag("include_all_metadata");
        if (parent?.ThreadTs is not null)
            return Page(new JsonArray(channel.Show(parent, allMetadata)), null);

        var (from, to) = Range(call, log);
        var messages = new JsonArray();
        if (call.Has("cursor"))
        {
            if (!Paging.TryRead(call["cursor"]!, "next_ts:", out var position))
                return Answer.Error("invalid_cursor");
            from = Math.Max(from, log.FirstAfter(position));
        }
        else if (parent is not null)
            messages.Add(channel.Show(parent, allMetadata));
        var end = Math.Min(to, from + Math.Max(limit - messages.Count, 1));
        for (var index = from; index < end; index++)
            messages.Add(channel.Show(log[index], allMetadata));
        return Page(messages, end < to ? "next_ts:" + log[end - 1].Ts : null);
    }

    private static JsonObject? Refusal(ApiCall call, int usual, out int limit)
    {
        limit = Math.Min(Paging.Limit(call, usual, usual == 1000 ? 1000 : 999) ?? 0, call.Context.Options.SmallPages ? SmallPage : int.MaxValue);
        if (limit == 0)
            return Answer.Error("invalid_limit");
        if (call.Has("oldest") && !Ts.TryMicros(call["oldest"], out _))
            return Answer.Error("invalid_ts_oldest");
        return call.Has("latest") && !Ts.TryMicros(call["latest"], out _) ? Answer.Error("invalid_ts_latest") : null;
    }

    /// <summary>The messages between the bounds, which are themselves left out unless "inclusive" is set.</summary>
    private static (int From, int To) Range(ApiCall call, MessageLog log)
    {
        var (from, to) = (0, log.Count);
        var inclusive = call.Flag("inclusive");
        if (call.Has("oldest") && Ts.TryMicros(call["oldest"], out var oldest))
            from = inclusive ? log.FirstFrom(Ts.FromMicros(oldest)) : log.FirstAfter(Ts.FromMicros(oldest));
        if (call.Has("latest") && Ts.TryMicros(call["latest"], out var latest))
            to = inclusive ? log.FirstAfter(Ts.FromMicros(latest)) : log.FirstFrom(Ts.FromMicros(latest));
        return (from, Math.Max(from, to));
    }

    private static JsonObject Page(JsonArray messages, string? next)
    {
        var answer = Answer.Ok(new JsonObject { ["messages"] = messages, ["has_more"] = next is not null });
        if (next is not null)
            answer["response_metadata"] = Paging.Next(Paging.Cursor(next));
        return answer;
    }
}
