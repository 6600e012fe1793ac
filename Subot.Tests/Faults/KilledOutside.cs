using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Tests.Faults;

/// <summary>The places around the bot's store and Slack where it may die.</summary>
internal static class KilledOutside
{
    public static (IStore Store, ISlackApi Slack) Around(IStore store, ISlackApi slack, KillPoint point) => (
        Between.Put(store, (method, arguments, next) => method switch
        {
            nameof(IStore.CommitAsync) => new ValueTask<IReadOnlyList<ThreadKey>>(CommitAsync(next, point)),
            nameof(IStore.UpdateActionAsync) when arguments[1] is StoredAction { Status: ActionStatus.Sent } => Recorded(next, point),
            _ => next(),
        }),
        Between.Put(slack, (method, _, next) => method == nameof(ISlackApi.PostMessageAsync) ? PostAsync(next, point) : next()));

    private static async Task<IReadOnlyList<ThreadKey>> CommitAsync(Func<object?> commit, KillPoint point)
    {
        point.Pass(KillPoint.BeforeCommit);
        var conflicts = await (ValueTask<IReadOnlyList<ThreadKey>>)commit()!;
        point.Pass(KillPoint.AfterCommit);
        return conflicts;
    }

    private static object? Recorded(Func<object?> record, KillPoint point)
    {
        point.Pass(KillPoint.BeforeRecord);
        return record();
    }

    private static async Task<PostedMessage> PostAsync(Func<object?> post, KillPoint point)
    {
        var posted = await (Task<PostedMessage>)post()!;
        point.Pass(KillPoint.AfterPost);
        return posted;
    }
}
