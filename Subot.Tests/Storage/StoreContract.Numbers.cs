using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    private const int Channels = 4;
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 1);
    private static readonly Ts s_end = RandomThreads.At(2025, 9, 1);

    [Test]
    public async Task Numbers_equal_those_in_memory_whatever_is_packed_and_changed([Values(1, 2, 3)] int seed)
    {
        var random = new RandomThreads(seed);
        await using var memory = new MemoryStore();
        await Grow(random, memory, 1800);
        await AssertNumbers(random, memory);

        await PackAll();
        await AssertNumbers(random, memory);

        await ChangeSome(random, memory, 300);
        await Grow(random, memory, 300);
        await AssertNumbers(random, memory);

        await PackAll();
        await AssertNumbers(random, memory);
        Assert.That(await Everything(), Is.EqualTo(await Everything(memory)));
    }

    [Test]
    public async Task Packing_between_changes_neither_loses_nor_doubles_a_thread()
    {
        var random = new RandomThreads(11);
        await using var memory = new MemoryStore();
        for (var round = 0; round < 30; round++)
        {
            await Grow(random, memory, random.Next(80));
            await ChangeSome(random, memory, random.Next(40));
            await Store.PackAsync(Ct);
            var all = new NumbersQuery(AllChannels, Ts.Zero, Ts.Max, s_end, NumbersFilter.None);
            Assert.That(Digits(await Store.NumbersAsync(all, RandomThreads.Settings, Ct)), Is.EqualTo(Digits(await memory.NumbersAsync(all, RandomThreads.Settings, Ct))));
        }
    }

    [Test]
    public async Task Busy_hours_are_packed_in_pieces_and_still_counted_once()
    {
        var random = new RandomThreads(12);
        await using var memory = new MemoryStore();
        for (var round = 0; round < 4; round++)
        {
            var (start, end) = (s_begin.AddSeconds(round * 3600), s_begin.AddSeconds((round + 1) * 3600));
            var changes = Enumerable.Range(0, 1500).Select(_ => random.Key(1, start, end)).Distinct()
                .Select(key => RandomThreads.Change(key, [new MessageFact(key.Root, s_ann, AuthorKind.Person, Verdicts.None)])).ToList();
            await Both(memory, Changes(changes));
            await PackAll();
        }

        await ChangeSome(random, memory, 500);
        await PackAll();
        await AssertNumbers(random, memory);
    }

    [Test]
    public async Task A_reply_that_is_deleted_again_leaves_no_trace_in_the_numbers()
    {
        var (key, reply) = (Key(1), new MessageFact(Second(5), s_ann, AuthorKind.Person, Verdicts.None));
        await Commit(RandomThreads.Change(key, [reply]));
        Assert.That((await AllNumbers()).RepliesWithoutRoot, Is.EqualTo(1));

        var deletion = new DeletionFact(Second(9), Second(5));
        await Commit(RandomThreads.Change(key, [reply, deletion], 1, [deletion]));

        Assert.That((await AllNumbers()).RepliesWithoutRoot, Is.Zero);
        await PackAll();
        Assert.That((await AllNumbers()).RepliesWithoutRoot, Is.Zero);
    }

    [Test]
    public async Task An_absorbed_thread_no_longer_counts()
    {
        var reply = new MessageFact(Second(8), s_ann, AuthorKind.Person, Verdicts.None);
        await Commit(RandomThreads.Change(Key(2), [reply]));
        await PackAll();

        await Commit(Request(1, reply) with { Absorbed = [await Load(Key(2))] });

        var numbers = await AllNumbers();
        Assert.That((numbers.Messages, numbers.Replies, numbers.RepliesWithoutRoot), Is.EqualTo((2, 1, 0)));
    }

    [Test]
    public async Task A_period_includes_its_start_and_not_its_end()
    {
        await Commit(Request(1), Request(2), Request(3));
        foreach (var packed in new[] { false, true })
        {
            if (packed)
                await PackAll();
            var query = new NumbersQuery([s_channel], Second(1), Second(3), Second(99), NumbersFilter.None);
            Assert.That((await Store.NumbersAsync(query, RandomThreads.Settings, Ct)).Requests, Is.EqualTo(2));
            Assert.That((await Store.NumbersAsync(query with { From = new Ts(Second(1).Micros + 1) }, RandomThreads.Settings, Ct)).Requests, Is.EqualTo(1));
            Assert.That((await Store.NumbersAsync(query with { From = Second(3) }, RandomThreads.Settings, Ct)).Requests, Is.Zero, "nothing lies between");
            Assert.That((await Store.NumbersAsync(query with { Channels = [s_channel, s_channel] }, RandomThreads.Settings, Ct)).Requests, Is.EqualTo(2), "a channel named twice");
            Assert.That((await Store.NumbersAsync(query with { Channels = [new ChannelId("C0NONE")] }, RandomThreads.Settings, Ct)).Requests, Is.Zero);
        }
    }

    [Test]
    public async Task The_backlog_of_an_empty_list_is_empty()
    {
        await Commit(Request(1));
        Assert.That(await Store.BacklogAsync([s_channel], [], Ct), Is.Empty);
        Assert.That(await Store.BacklogAsync([s_channel], [(uint)Second(1).CeilingSeconds, (uint)Second(0).CeilingSeconds, (uint)Second(1).CeilingSeconds], Ct), Is.EqualTo(new long[] { 1, 0, 1 }));
    }

    [Test]
    public async Task Readers_see_whole_commits_while_a_writer_writes()
    {
        // Each commit adds one request to each of two channels.
        ChannelId[] channels = [new("C1"), new("C2")];
        var commits = HasTransactions ? 300 : 40;
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < commits; i++)
            {
                var changes = channels.Select(c => new ThreadKey(c, Second(i)))
                    .Select(k => RandomThreads.Change(k, [new MessageFact(k.Root, s_ann, AuthorKind.Person, Verdicts.None)])).ToList();
                await Store.CommitAsync(Changes(changes), Ct);
                await Store.PackAsync(Ct);
            }
        });
        var query = new NumbersQuery(channels, Ts.Zero, Ts.Max, Second(0), NumbersFilter.None);
        long last = 0;
        do
        {
            var numbers = await Store.NumbersAsync(query, RandomThreads.Settings, Ct);
            Assert.That(numbers.Requests % 2, HasTransactions ? Is.Zero : Is.GreaterThanOrEqualTo(0));
            Assert.That(numbers.Requests, Is.GreaterThanOrEqualTo(last));
            Assert.That((await ListOf(Store.ReadThreadsAsync(null, Ct))).Count % 2, HasTransactions ? Is.Zero : Is.GreaterThanOrEqualTo(0));
            last = numbers.Requests;
        }
        while (!writer.IsCompleted);

        await writer;
        Assert.That((await Store.NumbersAsync(query, RandomThreads.Settings, Ct)).Requests, Is.EqualTo(2 * commits));
    }

    [Test]
    public async Task A_request_counts_with_each_of_its_tools_and_those_with_none_come_together()
    {
        await Commit(Found(1, ["git", "ci"], []), Found(2, ["ci"], []), Found(3, [], []), Request(4, new DeletionFact(Second(5), Second(4))));
        foreach (var packed in new[] { false, true })
        {
            if (packed)
                await PackAll();
            Assert.That(await Counts(NumbersDimension.Tool), Is.EqualTo(new[] { ("ci", 2L), (null, 1L), ("git", 1L) }));
            Assert.That(await Counts(NumbersDimension.Label), Is.EqualTo(new[] { ((string?)null, 3L) }));
            Assert.That(await Counts(NumbersDimension.Requester), Is.EqualTo(new[] { (s_ann.Value, 3L) }));
            Assert.That(await Counts(NumbersDimension.Tool, new NumbersFilter { Tools = ["git"] }), Is.EqualTo(new[] { ("ci", 1L), ("git", 1L) }));
            Assert.That(await Counts(NumbersDimension.Tool, new NumbersFilter { Tools = ["gi"] }), Is.Empty, "no tool, though a part of one");
        }
    }

    [Test]
    public async Task Answers_that_fit_are_told_apart_whether_they_are_posted_or_silent_and_not_when_they_are_off()
    {
        await Commit(Found(1, ["git"], []), Found(2, ["ci"], []), Found(3, ["ci"], ["access"]), Found(4, ["git"], ["access"]), Found(5, [], []));

        Assert.That(await Counts(NumbersDimension.Answer), Is.EqualTo(new[] { (null, 1L), ("a-access", 1L), ("a-git", 1L), ("a-nothing", 1L), ("a-silent", 1L) }));
        Assert.That((await Store.NumbersAsync(Query(new NumbersFilter { Answers = ["a-silent", "a-git"] }), RandomThreads.Settings, Ct)).Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task Another_text_of_the_root_moves_a_request_to_other_tools()
    {
        var request = Found(1, ["git"], []);
        await Commit(request);
        await PackAll();
        var edit = new EditFact(Second(9), Second(1), Finding(["ci"], []));
        await Commit(RandomThreads.Change(Key(1), [.. request.NewFacts, edit], 1, [edit]));

        Assert.That(await Counts(NumbersDimension.Tool), Is.EqualTo(new[] { ("ci", 1L) }));
        await PackAll();
        Assert.That(await Counts(NumbersDimension.Tool), Is.EqualTo(new[] { ("ci", 1L) }));
    }

    [Test]
    public async Task Dimensions_of_threads_come_back_as_they_were()
    {
        await Commit(Found(1, ["git", "ci"], ["access", "outage"]));
        foreach (var packed in new[] { false, true })
        {
            if (packed)
                await PackAll();
            var record = (await ListOf(Store.ReadThreadsAsync(null, Ct))).Single();
            Assert.That(record.Dimensions, Is.EqualTo(Dimensions.Of(record.Thread.State, RandomThreads.Settings)));
            Assert.That(string.Join(' ', record.Dimensions.Tools), Is.EqualTo("ci git"));
        }
    }

    protected static IReadOnlyList<ChannelId> AllChannels => [.. Enumerable.Range(0, Channels).Select(i => new ChannelId($"C{i}"))];

    protected async Task PackAll()
    {
        var rounds = 0;
        while (await Store.PackAsync(Ct))
            Assert.That(++rounds, Is.LessThan(100_000), "packing comes to an end");
    }

    private async Task<TeamNumbers> AllNumbers() => await Store.NumbersAsync(Query(NumbersFilter.None), RandomThreads.Settings, Ct);

    private async Task<IEnumerable<(string? Value, long Requests)>> Counts(NumbersDimension by, NumbersFilter? filter = null) =>
        (await Store.BreakdownAsync(Query(filter ?? NumbersFilter.None), by, RandomThreads.Settings, Ct)).Select(p => (p.Value, p.Numbers.Requests));

    private static NumbersQuery Query(NumbersFilter filter) => new([s_channel], Ts.Zero, Ts.Max, Second(99), filter);

    private static ThreadChange Found(int second, string[] tools, string[] labels) =>
        RandomThreads.Change(Key(second), [new MessageFact(Second(second), s_ann, AuthorKind.Person, Finding(tools, labels))]);

    private static Verdicts Finding(string[] tools, string[] labels) =>
        Verdicts.None with { Findings = new Findings([.. tools], [.. labels], TimedOut: false) };

    /// <summary>Random periods and filters, and the backlog, against the store in memory.</summary>
    private async Task AssertNumbers(RandomThreads random, MemoryStore memory)
    {
        for (var i = 0; i < Questions; i++)
        {
            var (a, b) = (random.Between(s_begin, s_end), random.Between(s_begin, s_end));
            var (from, to) = i == 0 ? (Ts.Zero, Ts.Max) : a < b ? (a, b) : (b, a);
            IReadOnlyList<ChannelId> channels = i % 3 == 0 ? AllChannels : [.. AllChannels.Where(_ => random.Next(2) == 0), new ChannelId("C0NONE")];
            var query = new NumbersQuery(channels, from, to, random.Between(s_begin, s_end), i % 2 == 0 ? NumbersFilter.None : random.Filter());

            Assert.That(
                Digits(await Store.NumbersAsync(query, RandomThreads.Settings, Ct)),
                Is.EqualTo(Digits(await memory.NumbersAsync(query, RandomThreads.Settings, Ct))),
                $"{query}");
            List<(Ts From, Ts To)> steps = i == 0 ? [] : [.. StepsOf(from, to, i)];
            var apart = new List<TeamNumbers>();
            foreach (var step in steps)
                apart.Add(await memory.NumbersAsync(query with { From = step.From, To = step.To }, RandomThreads.Settings, Ct));
            Assert.That(Digits(await Store.SeriesAsync(query, steps, RandomThreads.Settings, Ct)), Is.EqualTo(Digits(apart)), $"{steps.Count} steps of {query}");
            var by = (NumbersDimension)(i % 5);
            Assert.That(
                Digits(await Store.BreakdownAsync(query, by, RandomThreads.Settings, Ct)),
                Is.EqualTo(Digits(await memory.BreakdownAsync(query, by, RandomThreads.Settings, Ct))),
                $"{by}, {query}");
            var (pageSize, newestFirst) = (1 + random.Next(200), random.Next(2) == 0);
            Assert.That(Digits(await Pages(Store, query, pageSize, newestFirst)), Is.EqualTo(Digits(await Pages(memory, query, int.MaxValue, newestFirst))), $"{query}");
            uint[] instants = [.. Enumerable.Range(0, i).Select(_ => (uint)random.Between(s_begin, s_end).CeilingSeconds)];
            Assert.That(await Store.BacklogAsync(channels, instants, Ct), Is.EqualTo(await memory.BacklogAsync(channels, instants, Ct)));
        }
    }

    /// <summary>A period in as many steps, which are about the same.</summary>
    private static IEnumerable<(Ts From, Ts To)> StepsOf(Ts from, Ts to, int count) => Enumerable.Range(0, count)
        .Select(i => (new Ts(from.Micros + ((to - from) * i / count)), new Ts(from.Micros + ((to - from) * (i + 1) / count))));

    /// <summary>All requests behind a question, but no more than a few pages.</summary>
    private static async Task<List<CountedThread>> Pages(IStore store, NumbersQuery query, int pageSize, bool newestFirst)
    {
        const int Most = 600;
        List<CountedThread> threads = [];
        while (threads.Count < Most)
        {
            var limit = Math.Min(pageSize, Most - threads.Count);
            var page = await store.CountedAsync(query, new CountedPage(threads.Count == 0 ? null : threads[^1].Key, newestFirst, limit), Ct);
            threads.AddRange(page);
            if (page.Count < limit)
                break;
        }

        return threads;
    }

    private async Task Grow(RandomThreads random, MemoryStore memory, int threads)
    {
        var changes = Enumerable.Range(0, threads).Select(_ => random.Key(Channels, s_begin, s_end)).Distinct()
            .Select(key => RandomThreads.Change(key, random.Facts(key))).ToList();
        await Both(memory, Changes(changes));
    }

    /// <summary>Other facts for threads that are known: each may become anything else, even nothing.</summary>
    private async Task ChangeSome(RandomThreads random, MemoryStore memory, int threads)
    {
        var keys = new List<ThreadKey>();
        foreach (var channel in AllChannels)
            keys.AddRange(await memory.ThreadsBetweenAsync(channel, Ts.Zero, Ts.Max, Ct));
        var some = Enumerable.Range(0, threads).Select(_ => keys[random.Next(keys.Count)]).Distinct().ToList();
        var known = await memory.LoadAsync(some, Ct);
        var changes = new List<ThreadChange>();
        foreach (var key in some)
        {
            var added = random.Facts(key).Where(f => f is not SnapshotFact).ToList();
            IReadOnlyList<Fact> all = [.. await memory.LoadFactsAsync(key, Ct), .. added];
            changes.Add(RandomThreads.Change(key, [.. all.DistinctBy(f => (f.Time, f.Kind, f.Key))], known[key].Version, added));
        }

        await Both(memory, Changes(changes));
    }

    private async Task Both(MemoryStore memory, ChangeSet changes)
    {
        Assert.That(await Store.CommitAsync(changes, Ct), Is.Empty);
        Assert.That(await memory.CommitAsync(changes, Ct), Is.Empty);
    }
}
