using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Hosting;
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

    [Test]
    public async Task History_that_a_broken_store_did_not_take_is_read_again()
    {
        var broken = new Switch { IsOn = true };
        var asked = Workspace.Post(Ann, Help, "The printer is on fire", ts: Subot.Simulator.Model.Ts.From(TimeProvider.System.GetUtcNow().AddMinutes(-10)));
        // Slack gives the event up: only history has it.
        await AcknowledgedAsync();
        var starting = StartBotAsync((store, slack) => (Between.Put(store, (method, arguments, next) =>
            broken.IsOn && method == nameof(IStore.CommitAsync) && ((ChangeSet)arguments[0]!).Threads.Count > 0
                ? throw new StoreException("The database is damaged.", mayPass: false) : next()), slack));
        await Logs.UntilAsync("could not be stored and stay unacknowledged: The database is damaged.", 1, Limit);
        broken.IsOn = false;
        Ask(Bob);
        await starting;
        Assert.That(await ThreadAsync(asked), Is.Not.Null);
        Assert.That(Logs.Count("please report this"), Is.Zero);
    }

    [Test]
    public async Task Entry_of_the_inbox_that_cannot_be_applied_is_set_aside_and_the_others_go_on()
    {
        IStore? inside = null;
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartBotAsync((store, slack) =>
        {
            inside = store;
            return (Between.Put(store, (method, arguments, next) =>
            {
                var entries = method == nameof(IStore.CommitAsync) ? ((ChangeSet)arguments[0]!).InboxIds : [];
                if (entries.Contains(1))
                    throw new InvalidOperationException("No calendar reaches it.");
                var done = next();
                if (entries.Contains(3))
                    last.SetResult();
                return done;
            }), slack);
        });
        var (one, other, third) = (Ask(Ann), Ask(Bob), Ask("U0EVE"));
        await AcknowledgedAsync();
        await inside!.PostAsync([Solved(one), Solved(other)], Limit);
        await Logs.UntilAsync("is set aside", 1, Limit);
        await inside.PostAsync([Solved(third)], Limit);
        await last.Task.WaitAsync(Limit);
        Assert.That(Logs.Count("could not be applied"), Is.EqualTo(1));
        Assert.That(Logs.Count("is set aside"), Is.EqualTo(1));
        Assert.That((await ThreadAsync(other))!.Thread.State.Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(await inside.PeekAsync(9, Limit), Has.One.Items, "what could not be applied is kept");
    }

    [Test]
    public async Task Document_that_can_never_be_stored_does_not_hold_up_the_others()
    {
        using var held = new ManualResetEventSlim();
        var refused = Ts.Zero;
        await StartBotAsync((store, slack) => (Between.Put(store, (method, arguments, next) =>
        {
            if (method != nameof(IStore.CommitAsync) || ((ChangeSet)arguments[0]!).Threads is not { Count: > 0 } threads)
                return next();
            held.Wait(Limit);
            return threads.Any(t => t.State.Key.Root == refused) ? throw new StoreException("The document is too large.", mayPass: false) : next();
        }), slack));
        var (first, never, second, third) = (Ask(Ann), Ask(Bob), Ask(Ann), Ask("U0EVE"));
        refused = Ts.Parse(never.Ts);
        held.Set();
        await RepliedAsync(first);
        await RepliedAsync(second);
        await RepliedAsync(third);
        await AcknowledgedAsync();
        Assert.That(Logs.Count("events could not be stored and stay unacknowledged: The document is too large."), Is.GreaterThan(0));
        Assert.That(Logs.Count("please report this"), Is.Zero);
        Assert.That(Simulator.Hub.Counters.GivenUp, Is.EqualTo(1));
        Assert.That(await ThreadAsync(never), Is.Null);
    }

    [Test]
    public async Task Bot_ends_when_a_newer_program_takes_its_store_over()
    {
        IStore? inside = null;
        await StartBotAsync((store, slack) => (inside = store, slack));
        await inside!.RecordProjectedWithAsync(new ProjectedWith(ThreadProjection.Version + 1, 0), Limit);

        Assert.That(EndedAsync, Throws.TypeOf<StartRefusedException>().With.Message.Contains("Run the newer program"));
    }

    private static InboxItem Solved(Subot.Simulator.Model.Message root)
    {
        var key = new ThreadKey(new ChannelId(Help), Ts.Parse(root.Ts));
        return new InboxItem(key, new MessageKey(key.Channel, key.Root), new CorrectionFact(new Ts(key.Root.Micros + 1), CorrectionKind.Solve, new UserId(Tim)), null);
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
