using NUnit.Framework;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Tests.Bot;

/// <summary>A store that fails, and a bot that cannot keep up.</summary>
public sealed class TroubleTests : BotFixture
{
    [Test]
    public async Task While_the_disk_is_full_nothing_is_acknowledged_and_later_nothing_is_missing()
    {
        var full = new Switch();
        await StartBotAsync((store, slack) => (Between.Put(store, (method, _, next) =>
            full.IsOn && method == nameof(IStore.CommitAsync) ? throw new StoreException("The disk is full.", mayPass: true) : next()), slack));
        full.IsOn = true;
        var asked = Ask(Ann);
        await Logs.UntilAsync("could not be stored and stay unacknowledged: The disk is full.", 1, Limit);
        Assert.That(Simulator.Hub.Counters.Acked, Is.Zero);
        full.IsOn = false;
        await RepliedAsync(asked);
        await Logs.UntilAsync("Caught up", 2, Limit);
        Assert.That(await ThreadAsync(asked), Is.Not.Null);
    }

    [Test]
    public async Task Events_beyond_a_full_queue_are_left_unacknowledged_and_found_in_the_end()
    {
        using var held = new ManualResetEventSlim(true);
        await StartBotAsync((store, slack) => (Between.Put(store, (method, _, next) =>
        {
            if (method == nameof(IStore.CommitAsync))
                held.Wait(Limit);
            return next();
        }), slack));
        held.Reset();
        var asked = Enumerable.Range(0, 10_000).Select(n => Workspace.Post(Tim, Help, $"Notice {n}").Ts).ToList();
        await Logs.UntilAsync("The queue is full", 1, Limit);
        held.Set();
        await Logs.UntilAsync("Caught up", 2, Limit);
        await AcknowledgedAsync();
        await StopBotAsync();
        var keys = await WithStoreAsync(store => store.ThreadsBetweenAsync(new ChannelId(Help), Ts.Zero, Ts.Max, Limit).AsTask());
        Assert.That(keys.Select(k => k.Root.ToString()), Is.EqualTo(asked));
    }

    [Test]
    public async Task Bot_that_was_taken_out_of_the_channel_comes_back_once()
    {
        await StartBotAsync();
        Workspace.Leave(Workspace.App.BotUserId, Help);
        await Logs.UntilAsync("has joined it", 1, Limit);
        await RepliedAsync(Ask(Ann));
        Workspace.Leave(Workspace.App.BotUserId, Help);
        await Logs.UntilAsync("cannot be read (not_in_channel)", 1, Limit);
        Assert.That(Workspace.FindChannel(Help)!.Members, Has.None.EqualTo(Workspace.App.BotUserId));
    }

    private sealed class Switch
    {
        private volatile bool _on;

        public bool IsOn
        {
            get => _on;
            set => _on = value;
        }
    }
}
