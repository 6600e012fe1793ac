using System.Text.Json;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;

namespace Subot.Tests.Storage;

/// <summary>What every engine must do. An engine's fixture inherits it and opens a new, empty store for each test.</summary>
public abstract partial class StoreContract
{
    private static readonly ChannelId s_channel = new("C0HELP");
    protected static readonly UserId s_ann = new("U0P1");

    protected IStore Store { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    /// <summary>Whether a commit of several threads is seen as a whole or not at all.</summary>
    protected virtual bool HasTransactions => true;

    /// <summary>How many questions are asked at a time; fewer where each takes a while.</summary>
    protected virtual int Questions => 40;

    protected abstract Task<IStore> OpenEmptyAsync();

    [SetUp]
    public async Task OpenStore() => Store = await OpenEmptyAsync();

    [TearDown]
    public async Task CloseStore() => await Store.DisposeAsync();

    /// <summary>A request asked at a second of 2025-03-03, with further facts.</summary>
    protected static ThreadChange Request(int second, params Fact[] more)
    {
        var key = Key(second);
        return RandomThreads.Change(key, [new MessageFact(key.Root, s_ann, AuthorKind.Person, Verdicts.None), .. more]);
    }

    protected static ThreadKey Key(int second) => new(s_channel, Second(second));

    protected static Ts Second(int second) => RandomThreads.At(2025, 3, 3).AddSeconds(second);

    protected static ChangeSet Changes(params IReadOnlyList<ThreadChange> threads) => new() { Threads = threads, Now = Second(0) };

    protected async Task<IReadOnlyList<ThreadKey>> Commit(params IReadOnlyList<ThreadChange> threads) =>
        await Store.CommitAsync(Changes(threads), Ct);

    protected async Task<StoredThread> Load(ThreadKey key) => (await Store.LoadAsync([key], Ct))[key];

    /// <summary>Every digit of some numbers.</summary>
    protected static string Digits(TeamNumbers numbers) => JsonSerializer.Serialize(numbers);

    protected static string Digits(IReadOnlyList<TeamNumbers> numbers) => JsonSerializer.Serialize(numbers);

    protected static string Digits(IReadOnlyList<NumbersPart> parts) => JsonSerializer.Serialize(parts);

    protected static string Digits(IReadOnlyList<CountedThread> threads) => JsonSerializer.Serialize(threads);

    protected static string Text(StoredThread thread) =>
        $"{thread.State.Key} v{thread.Version} {Convert.ToHexString(Copies.Bytes(thread.State))}";

    protected static async Task<List<T>> ListOf<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }
}
