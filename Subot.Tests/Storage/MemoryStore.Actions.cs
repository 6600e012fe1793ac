using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Tests.Storage;

public sealed partial class MemoryStore
{
    public ValueTask<IReadOnlyList<StoredAction>> DueActionsAsync(ChannelId channel, Ts now, int limit, CancellationToken ct)
    {
        lock (_lock)
        {
            return new([.. _actions.Values
                .Where(a => a.Status is ActionStatus.Pending or ActionStatus.Sending && a.Action.Channel == channel && a.NextTry <= now)
                .OrderBy(a => a.NextTry).ThenBy(a => a.Action.Id, StringComparer.Ordinal).Take(limit)]);
        }
    }

    public ValueTask<StoredAction?> ActionAsync(string id, CancellationToken ct)
    {
        lock (_lock)
            return new(_actions.GetValueOrDefault(id));
    }

    public ValueTask<IReadOnlySet<string>> KnownActionsAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        lock (_lock)
            return new(ids.Where(_actions.ContainsKey).ToHashSet());
    }

    public ValueTask<IReadOnlyList<string>> CreateActionsAsync(IReadOnlyList<StoredAction> actions, CancellationToken ct)
    {
        lock (_lock)
            return new([.. actions.Where(a => _actions.TryAdd(a.Action.Id, a)).Select(a => a.Action.Id)]);
    }

    public ValueTask RestoreActionsAsync(IReadOnlyCollection<StoredAction> actions, CancellationToken ct)
    {
        lock (_lock)
        {
            foreach (var action in actions)
                _actions.TryAdd(action.Action.Id, action);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> UpdateActionAsync(StoredAction seen, StoredAction updated, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!_actions.TryGetValue(seen.Action.Id, out var known) || known.Status != seen.Status || known.Attempts != seen.Attempts
                || known.PostedAt != seen.PostedAt || known.SecondPost != seen.SecondPost)
                return new(false);
            _actions[seen.Action.Id] = updated with { Action = known.Action };
            if (known.SecondPost is not null && updated.SecondPost is null && _doubles.TryGetValue(seen.Action.Id, out var more) && more.Count > 0)
            {
                _actions[seen.Action.Id] = updated with { Action = known.Action, SecondPost = more.Min };
                more.Remove(more.Min);
            }

            return new(true);
        }
    }

    public ValueTask<IReadOnlyList<StoredAction>> DoubledActionsAsync(CancellationToken ct)
    {
        lock (_lock)
            return new([.. _actions.Values.Where(a => a.SecondPost is not null)]);
    }

    public ValueTask<int> CancelLateActionsAsync(Ts now, CancellationToken ct)
    {
        lock (_lock)
        {
            var late = _actions.Values.Where(a => a is { Status: ActionStatus.Pending, Attempts: 0 } && a.Action.NotAfter < now).ToList();
            foreach (var action in late)
                _actions[action.Action.Id] = action with { Status = ActionStatus.Cancelled };
            return new(late.Count);
        }
    }

    public async IAsyncEnumerable<StoredAction> ReadActionsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        List<StoredAction> actions;
        lock (_lock)
            actions = [.. _actions.Values];
        foreach (var action in actions)
        {
            ct.ThrowIfCancellationRequested();
            yield return action;
        }

        await Task.CompletedTask;
    }

    public ValueTask<SettingsHistory> SettingsAsync(CancellationToken ct)
    {
        lock (_lock)
            return new(new SettingsHistory(_settings.Values));
    }

    public ValueTask<int> NewestSettingsAsync(CancellationToken ct)
    {
        lock (_lock)
            return new(_settings.Keys.LastOrDefault());
    }

    public ValueTask<bool> AppendSettingsAsync(SettingsVersion version, CancellationToken ct)
    {
        lock (_lock)
            return new(_settings.TryAdd(version.Number, version));
    }

    public ValueTask<ProjectedWith> ProjectedWithAsync(CancellationToken ct)
    {
        lock (_lock)
            return new(_projectedWith);
    }

    public ValueTask RecordProjectedWithAsync(ProjectedWith made, CancellationToken ct)
    {
        lock (_lock)
            _projectedWith = made.IsNewerThan(_projectedWith) ? made : _projectedWith;
        return ValueTask.CompletedTask;
    }

    public ValueTask PostAsync(IReadOnlyCollection<InboxItem> items, CancellationToken ct)
    {
        lock (_lock)
        {
            foreach (var item in items)
                _inbox.Add(++_lastInboxId, item);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<(long Id, InboxItem Item)>> PeekAsync(int limit, CancellationToken ct)
    {
        lock (_lock)
            return new([.. _inbox.Take(limit).Select(e => (e.Key, e.Value))]);
    }

    private void Settle(OwnPost post)
    {
        var before = _actions.GetValueOrDefault(post.ActionId)?.SecondPost;
        SettleOne(post);
        if (before is null || _actions[post.ActionId].SecondPost is not { } named || named == before)
            return;
        var more = _doubles.TryGetValue(post.ActionId, out var known) ? known : _doubles[post.ActionId] = [];
        more.Add(before.Value);
        more.Remove(named);
    }

    private void SettleOne(OwnPost post)
    {
        if (!_actions.TryGetValue(post.ActionId, out var action) || action.PostedAt == post.Ts || action.SecondPost == post.Ts)
            return;
        if ((action.Place is { } place ? place.Thread : action.Action.Root) is { } root && post.Root != root)
        {
            var status = action.PostedAt is null ? ActionStatus.Cancelled : action.Status;
            _actions[post.ActionId] = action with { Status = status, SecondPost = post.Ts };
            return;
        }

        _actions[post.ActionId] = action.PostedAt is not { } known
            ? action with { Status = ActionStatus.Sent, PostedAt = post.Ts }
            : action with
            {
                Status = ActionStatus.Sent,
                PostedAt = known < post.Ts ? known : post.Ts,
                SecondPost = known < post.Ts ? post.Ts : known,
            };
    }
}
