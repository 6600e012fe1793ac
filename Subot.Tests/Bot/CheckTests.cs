using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot;

/// <summary>What a check finds, and what it does not take for a difference.</summary>
public sealed class CheckTests
{
    private MemoryStore _store = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task OpenStoreAsync()
    {
        _store = new MemoryStore();
        foreach (var version in RandomThreads.Settings.Versions)
            await _store.AppendSettingsAsync(version, Ct);
    }

    [TearDown]
    public async Task CloseStoreAsync() => await _store.DisposeAsync();

    [Test]
    public async Task What_a_bot_writes_during_a_check_is_no_difference()
    {
        await AskAsync(_store, 1);
        var (read, wrote) = (false, false);
        var busy = Between.Put<IStore>(_store, (method, arguments, next) =>
        {
            read |= method == nameof(IStore.ReadThreadsAsync) && arguments[0] is not null;
            if (method == nameof(IStore.NumbersAsync) && read && !wrote)
            {
                wrote = true;
                // The store in memory is done when it returns.
                Assert.That(AskAsync(_store, 2).IsCompletedSuccessfully);
            }

            return next();
        });
        Assert.That((await Check.RunAsync(busy, Ct)).Differences, Is.Empty);
        Assert.That(wrote);
    }

    [Test]
    public async Task Share_of_the_numbers_that_the_facts_do_not_give_is_found()
    {
        await AskAsync(_store, 1);
        var change = Request(2);
        await _store.CommitAsync(new ChangeSet { Threads = [change with { Contribution = change.Contribution with { Replies = 7 } }], Now = default }, Ct);
        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Has.One.Contains("share of the numbers"));
    }

    private static async Task AskAsync(MemoryStore store, int second) =>
        await store.CommitAsync(new ChangeSet { Threads = [Request(second)], Now = default }, Ct);

    private static ThreadChange Request(int second)
    {
        var key = new ThreadKey(new ChannelId("C0HELP"), RandomThreads.At(2025, 3, 3).AddSeconds(second));
        return RandomThreads.Change(key, [new MessageFact(key.Root, new UserId("U0P1"), AuthorKind.Person, Verdicts.None)]);
    }
}
