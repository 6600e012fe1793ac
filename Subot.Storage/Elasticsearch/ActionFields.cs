using Subot.Domain;
using Subot.Domain.Actions;

namespace Subot.Storage.Elasticsearch;

/// <summary>An action and where it stands, as fields of a document. Instants are microseconds since 1970.</summary>
internal sealed record ActionFields
{
    public required string Id { get; init; }

    public required ActionKind Kind { get; init; }

    public required string Channel { get; init; }

    public long? Root { get; init; }

    public required string Detail { get; init; }

    public required long NotAfter { get; init; }

    public required ActionStatus Status { get; init; }

    public required long NextTry { get; init; }

    public required int Attempts { get; init; }

    public string? Text { get; init; }

    public string? Place { get; init; }

    public long? PlaceThread { get; init; }

    public string? Attachment { get; init; }

    public long? Posted { get; init; }

    public long? Second { get; init; }

    /// <summary>
    /// Tells one change of where it stands from another: whoever lost the answer to a change knows by it that it came through.
    /// </summary>
    public string? Stamp { get; init; }

    /// <summary>Posts that have to be deleted after <see cref="Second"/>.</summary>
    public long[]? Doubles { get; init; }

    public static ActionFields Of(StoredAction stored) => new()
    {
        Id = stored.Action.Id,
        Kind = stored.Action.Kind,
        Channel = stored.Action.Channel.Value,
        Root = stored.Action.Root?.Micros,
        Detail = stored.Action.Detail,
        NotAfter = stored.Action.NotAfter.Micros,
        Status = stored.Status,
        NextTry = stored.NextTry.Micros,
        Attempts = stored.Attempts,
        Text = stored.Text,
        Place = stored.Place?.Channel,
        PlaceThread = stored.Place?.Thread?.Micros,
        Attachment = stored.Attachment,
        Posted = stored.PostedAt?.Micros,
        Second = stored.SecondPost?.Micros,
    };

    public StoredAction Stored() => new(new BotAction(Id, Kind, new ChannelId(Channel), new Ts(NotAfter)) { Root = Instant(Root), Detail = Detail }, Status)
    {
        NextTry = new Ts(NextTry),
        Attempts = Attempts,
        Text = Text,
        Place = Place is null ? null : new PostPlace(Place, Instant(PlaceThread)),
        Attachment = Attachment,
        PostedAt = Instant(Posted),
        SecondPost = Instant(Second),
    };

    /// <summary>The action as its sender says it stands now; null if it no longer stands where the sender saw it.</summary>
    public ActionFields? Updated(StoredAction seen, StoredAction updated, string stamp)
    {
        if (Status != seen.Status || Attempts != seen.Attempts || Instant(Posted) != seen.PostedAt || Instant(Second) != seen.SecondPost)
            return null;
        var next = Of(updated with { Action = seen.Action }) with { Doubles = Doubles, Stamp = stamp };
        // One double is gone: the next is named.
        return Second is not null && next.Second is null && Doubles is [var following, .. var others]
            ? next with { Second = following, Doubles = others is [] ? null : others }
            : next;
    }

    /// <summary>
    /// The action after a post that carries its id was seen: the oldest counts, the others have to go, and so has one outside its thread.
    /// </summary>
    public ActionFields Seen(OwnPost post)
    {
        var (ts, doubles) = (post.Ts.Micros, Doubles ?? []);
        if (ts == Posted || ts == Second || doubles.Contains(ts))
            return this;
        var thread = Place is null ? Root : PlaceThread;
        if (thread is not null && thread != post.Root.Micros)
            return WithDouble(ts) with { Status = Posted is null ? ActionStatus.Cancelled : Status };
        var counts = this with { Status = ActionStatus.Sent, Posted = Math.Min(Posted ?? ts, ts) };
        return Posted is { } known ? counts.WithDouble(Math.Max(known, ts)) : counts;
    }

    private ActionFields WithDouble(long ts) =>
        Second is not { } named ? this with { Second = ts } : this with { Second = ts, Doubles = [.. (Doubles ?? []).Append(named).Distinct().Order()] };

    private static Ts? Instant(long? micros) => micros is { } known ? new Ts(known) : null;
}

/// <summary>What actions are searched by. Each may have a value of every action of a document.</summary>
/// <param name="Waiting">The next tries of those that wait.</param>
/// <param name="Untried">The ends of those that were never tried.</param>
/// <param name="Doubled">Whether one of them has a post to delete.</param>
internal sealed record ActionTimes(IReadOnlyList<long> Waiting, IReadOnlyList<long> Untried, bool Doubled)
{
    public static ActionTimes? Of(IReadOnlyList<ActionFields> actions)
    {
        var times = new ActionTimes(
            [.. actions.Where(IsWaiting).Select(a => a.NextTry)],
            [.. actions.Where(a => a is { Status: ActionStatus.Pending, Attempts: 0 }).Select(a => a.NotAfter)],
            actions.Any(a => a.Second is not null));
        return times is { Waiting: [], Untried: [], Doubled: false } ? null : times;
    }

    public static bool IsWaiting(ActionFields action) => action.Status is ActionStatus.Pending or ActionStatus.Sending;
}

/// <summary>An action that no thread's facts made, as a document of its own: it is created once.</summary>
internal sealed record ActionDocument(string ActionId, string Channel, ActionFields Action, ActionTimes? ActionTimes)
{
    public static ActionDocument Of(ActionFields action) => new(action.Id, action.Channel, action, ActionTimes.Of([action]));
}
