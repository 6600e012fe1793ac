using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Storage.Elasticsearch;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Several processes on one server: what each of them may rely on.</summary>
internal sealed class SharedStoreTests
{
    private static readonly ChannelId s_channel = new("C0HELP");
    private static readonly int[] s_oneOfTwo = [0, 1];
    private static readonly UserId s_ann = new("U0ANN");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private ServerIndices _indices = null!;
    private ElasticsearchStore _one = null!;
    private ElasticsearchStore _other = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    private static Ts Root => RandomThreads.At(2026, 3, 2);

    private static ThreadKey Key => new(s_channel, Root);

    /// <summary>Later than the stores are opened, as live events are.</summary>
    private static Ts Tomorrow => RandomThreads.At(2026, 3, 3);

    [SetUp]
    public async Task Open()
    {
        _indices = new ServerIndices(await SearchServers.SharedAsync(ServerKind.Elasticsearch));
        _one = await _indices.OpenAsync(Ct, _time);
        _other = await _indices.OpenAsync(Ct, _time);
    }

    [TearDown]
    public async Task Close()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _indices.DisposeAsync();
    }

    [Test]
    public async Task Of_two_changes_from_the_same_state_one_is_told_to_look_again()
    {
        await _one.CommitAsync(Changes(Request()), Ct);
        var (mine, theirs) = (Reaction(5), Reaction(6));
        await _one.LoadAsync([Key], Ct);
        await _other.LoadAsync([Key], Ct);

        var outcomes = new[] { await _one.CommitAsync(Changes(Request(mine) with { ExpectedVersion = 1 }), Ct), await _other.CommitAsync(Changes(Request(theirs) with { ExpectedVersion = 1 }), Ct) };

        Assert.That(outcomes.Select(o => o.Count), Is.EqualTo(s_oneOfTwo));
        Assert.That(await _other.LoadFactsAsync(Key, Ct), Has.Count.EqualTo(2).And.Contains(mine));
    }

    [Test]
    public async Task A_new_thread_is_created_by_one_of_two()
    {
        var outcomes = await Task.WhenAll(_one.CommitAsync(Changes(Request()), Ct).AsTask(), _other.CommitAsync(Changes(Request()), Ct).AsTask());

        Assert.That(outcomes.Select(o => o.Count).Order(), Is.EqualTo(s_oneOfTwo));
        Assert.That((await _one.LoadAsync([Key], Ct))[Key].Version, Is.EqualTo(1));
    }

    [Test]
    public async Task A_claim_of_one_is_seen_by_the_other_at_once()
    {
        await _one.CommitAsync(Changes(Request()), Ct);
        var seen = (await _other.ActionAsync(BotAction.Reply(Key, Ts.Max).Id, Ct))!;
        var claim = seen with { Status = ActionStatus.Sending, Attempts = 1 };

        var claims = await Task.WhenAll(_one.UpdateActionAsync(seen, claim, Ct).AsTask(), _other.UpdateActionAsync(seen, claim, Ct).AsTask());

        Assert.That(claims.Count(c => c), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reply_and_a_reaction_to_it_that_two_bots_store_at_once_end_in_one_thread([Values] bool replyIsLast)
    {
        await ApplyAsync(_one, Told(Tomorrow, Tomorrow));
        var (reply, reaction) = (Told(Tomorrow, Tomorrow.AddSeconds(5)), Reacted(Tomorrow.AddSeconds(5)));
        var (first, last) = replyIsLast ? (reaction, reply) : (reply, reaction);

        // Neither of them is known when the other is looked for.
        await ApplyAsync(BeforeCommit.Of(_one, () => ApplyAsync(_other, first)), last);

        var threads = await ThreadsAsync();
        Assert.That(threads.Select(t => t.Key.Root), Is.EqualTo(new[] { Tomorrow }));
        Assert.That(threads[0].Facts.Select(f => f.Kind), Is.EqualTo(new[] { FactKind.Message, FactKind.Message, FactKind.ReactionAdded }));
        Assert.That(await _one.FindThreadsAsync([reply.About], Ct), Is.EqualTo(new Dictionary<MessageKey, ThreadKey> { [reply.About] = threads[0].Key }));
    }

    [Test]
    public async Task A_second_reaction_is_not_lost_with_the_first_when_the_reply_comes_in_between()
    {
        await ApplyAsync(_one, Told(Tomorrow, Tomorrow));
        var reply = Told(Tomorrow, Tomorrow.AddSeconds(5));
        await ApplyAsync(_one, Reacted(reply.About.Ts));

        await ApplyAsync(BeforeCommit.Of(_other, () => ApplyAsync(_one, reply)), Reacted(reply.About.Ts, "tada"));

        var threads = await ThreadsAsync();
        Assert.That(threads.Select(t => (t.Key.Root, t.Facts.Count)), Is.EqualTo(new[] { (Tomorrow, 4) }));
    }

    [Test]
    public async Task A_reply_whose_bot_ended_before_it_looked_is_brought_again_and_takes_in_what_came_before_it()
    {
        await ApplyAsync(_one, Told(Tomorrow, Tomorrow));
        var reply = Told(Tomorrow, Tomorrow.AddSeconds(5));
        await ApplyAsync(_other, Reacted(reply.About.Ts));
        using var ended = new CancellationTokenSource();
        var first = BeforeCommit.Of(_one, () => Task.CompletedTask, ended.Cancel);
        Assert.That(async () => await new ApplyBatch(first, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync([reply], RandomThreads.Settings, Tomorrow, ended.Token), Throws.InstanceOf<OperationCanceledException>());

        await using var third = await _indices.OpenAsync(Ct, _time);
        await ApplyAsync(third, reply);

        var threads = await ThreadsAsync();
        Assert.That(threads.Select(t => (t.Key.Root, t.Facts.Count)), Is.EqualTo(new[] { (Tomorrow, 3) }));
    }

    [Test]
    public async Task A_deletion_that_tells_no_thread_and_its_reply_end_in_one_thread_and_leave_no_text(
        [Values] bool replyIsLast, [Values] bool afterReaction)
    {
        await ApplyAsync(_one, Told(Tomorrow, Tomorrow));
        var reply = Told(Tomorrow, Tomorrow.AddSeconds(5));
        if (afterReaction)
            await ApplyAsync(_other, Reacted(reply.About.Ts));
        var deletion = new Arrival(null, reply.About, new DeletionFact(Tomorrow.AddSeconds(6), reply.About.Ts));
        var (first, last) = replyIsLast ? (deletion, reply) : (reply, deletion);

        await ApplyAsync(BeforeCommit.Of(_one, () => ApplyAsync(_other, first)), last);

        var threads = await ThreadsAsync();
        Assert.That(threads.Select(t => (t.Key.Root, t.Facts.Count, t.Thread.State.Replies)), Is.EqualTo(new[] { (Tomorrow, afterReaction ? 4 : 3, 0) }));
        Assert.That(await _one.LoadTextsAsync([reply.About], Ct), Is.Empty);
    }

    [Test]
    public async Task A_new_thread_that_another_bot_has_begun_a_moment_before_is_found()
    {
        var (root, reply) = (Told(Tomorrow, Tomorrow), Told(Tomorrow, Tomorrow.AddSeconds(5)));
        await ApplyAsync(_one, root, reply);

        // Delivered once more, to another.
        await ApplyAsync(_other, root, Told(Tomorrow, Tomorrow.AddSeconds(9)));

        var threads = await ThreadsAsync();
        Assert.That(threads.Select(t => (t.Key.Root, t.Facts.Count)), Is.EqualTo(new[] { (Tomorrow, 3) }));
    }

    [Test]
    public async Task An_older_text_does_not_replace_a_newer_one_whoever_writes_last()
    {
        await _one.CommitAsync(Changes(Request()), Ct);
        EditFact Edited(int second) => new(Root.AddSeconds(second), Root, Verdicts.None);
        ThreadChange Change(EditFact edit, string text) => Request(edit) with { ExpectedVersion = 1, NewFacts = [edit], Messages = [new StoredMessage(Root, text) { Since = edit.Time }] };
        await _other.LoadAsync([Key], Ct);
        await _one.CommitAsync(Changes(Change(Edited(20), "newer")), Ct);

        Assert.That(await _other.CommitAsync(Changes(Change(Edited(10), "older")), Ct), Is.EqualTo(new[] { Key }));

        var message = new MessageKey(s_channel, Root);
        Assert.That((await _one.LoadTextsAsync([message], Ct))[message], Is.EqualTo("newer"));
    }

    [Test]
    public async Task A_lease_that_is_not_renewed_is_taken_over_after_its_length_and_not_before()
    {
        var mine = await _one.TryHoldAsync("help", Ct);
        Assert.That(await _other.TryHoldAsync("help", Ct), Is.Null);
        _time.Advance(ElasticsearchStore.LeaseLength - TimeSpan.FromSeconds(1));
        Assert.That(await _other.TryHoldAsync("help", Ct), Is.Null);
        Assert.That(mine!.IsHeld, Is.True);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(mine.IsHeld, Is.False, "its holder knows before another takes it");
        Assert.That((await _other.TryHoldAsync("help", Ct))?.IsHeld, Is.True);
        Assert.That(await _one.TryHoldAsync("help", Ct), Is.Null);
    }

    [Test]
    public async Task A_lease_that_is_renewed_stays_and_one_that_is_given_back_goes_at_once()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await _one.TryHoldAsync("help", Ct), Is.Not.Null);
            Assert.That(await _other.TryHoldAsync("help", Ct), Is.Null);
            _time.Advance(ElasticsearchStore.LeaseLength / 2);
        }

        await _one.DisposeAsync();

        Assert.That(await _other.TryHoldAsync("help", Ct), Is.Not.Null);
    }

    [Test]
    public async Task Settings_are_numbered_without_gaps()
    {
        var history = RandomThreads.Settings.Written;
        Assert.That(await _one.AppendSettingsAsync(history[0], Ct), Is.True);
        Assert.That(await _other.AppendSettingsAsync(history[0], Ct), Is.False);
        Assert.That(await _other.AppendSettingsAsync(history[1], Ct), Is.True);
        Assert.That(await _one.NewestSettingsAsync(Ct), Is.EqualTo(2));
        Assert.That(async () => await _one.AppendSettingsAsync(history[1] with { Number = 9 }, Ct), Throws.ArgumentException);
    }

    private static Task ApplyAsync(IThreadStore store, params IReadOnlyList<Arrival> arrivals) =>
        new ApplyBatch(store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync(arrivals, RandomThreads.Settings, Tomorrow, Ct).AsTask();

    private static Arrival Told(Ts root, Ts ts) =>
        new(new ThreadKey(s_channel, root), new MessageKey(s_channel, ts), new MessageFact(ts, s_ann, AuthorKind.Person, Verdicts.None)) { Text = $"at {ts}" };

    private static Arrival Reacted(Ts to, string emoji = "eyes") =>
        new(null, new MessageKey(s_channel, to), new ReactionFact(to.AddSeconds(1), true, to, emoji, s_ann, false));

    private async Task<List<ThreadRecord>> ThreadsAsync()
    {
        var threads = new List<ThreadRecord>();
        await foreach (var thread in _one.ReadThreadsAsync(null, Ct))
            threads.Add(thread);
        return threads;
    }

    private static ReactionFact Reaction(int second) => new(Root.AddSeconds(second), true, Root, "eyes", s_ann, false);

    private static ChangeSet Changes(ThreadChange change) => new() { Threads = [change], Now = Root };

    private static ThreadChange Request(params Fact[] more) =>
        RandomThreads.Change(Key, [new MessageFact(Root, s_ann, AuthorKind.Person, Verdicts.None), .. more]);
}
