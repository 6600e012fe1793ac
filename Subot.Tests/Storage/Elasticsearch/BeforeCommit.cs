using System.Reflection;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>A store in which something happens once, between what a batch has read and its first commit, or right after that.</summary>
public class BeforeCommit : DispatchProxy
{
    private IThreadStore _store = null!;
    private Func<Task>? _happening;
    private Action? _then;

    /// <summary>Stands in front of a store.</summary>
    public static IThreadStore Of(IThreadStore store, Func<Task> happening, Action? then = null)
    {
        var made = Create<IThreadStore, BeforeCommit>();
        var before = (BeforeCommit)(object)made;
        (before._store, before._happening, before._then) = (store, happening, then);
        return made;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IThreadStore.CommitAsync) && Interlocked.Exchange(ref _happening, null) is { } happening
            ? new ValueTask<IReadOnlyList<ThreadKey>>(CommitAfterAsync(happening, (ChangeSet)args![0]!, (CancellationToken)args[1]!))
            : targetMethod.Invoke(_store, args);

    private async Task<IReadOnlyList<ThreadKey>> CommitAfterAsync(Func<Task> happening, ChangeSet changes, CancellationToken ct)
    {
        await happening();
        var conflicts = await _store.CommitAsync(changes, ct);
        _then?.Invoke();
        return conflicts;
    }
}
