using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Benchmarks.Store;

/// <summary>
/// Ten years of support threads, some four messages each, written through the store's own operations. The same every time.
/// </summary>
internal sealed class TenYears(IStore store, int threads)
{
    private const int ThreadsPerCommit = 1000;
    private const int TeamSize = 12;
    private const int Askers = 20_000;
    private const int Tools = 20;
    private const int Labels = 5;

    private static readonly Ts s_start = Ts.From(new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The channels, the busiest first.</summary>
    public static IReadOnlyList<ChannelId> Channels { get; } = [new("C0HELP00001"), new("C0HELP00002"), new("C0HELP00003")];

    /// <summary>From the first day to the end of the last.</summary>
    public static (Ts From, Ts To) Period { get; } = (s_start, s_start.AddSeconds(3653L * 86_400));

    public static SettingsHistory Settings { get; } = SettingsHistory.Always(new TeamSettings
    {
        TimeZone = "Europe/Paris",
        Team = [.. Enumerable.Range(0, TeamSize).Select(i => Team(i).Value)],
        Tools = [.. Enumerable.Range(0, Tools).Select(i => new Tag(Tool(i), $"Tool {i}", []))],
        Labels = [.. Enumerable.Range(0, Labels).Select(i => new Tag(Label(i), $"Label {i}", []))],
    });

    public static UserId Team(int number) => new($"U0TEAM{number % TeamSize:D5}");

    public static UserId Asker(int number) => new($"U0ASK{number % Askers:D6}");

    public static string Tool(int number) => $"tool-{number % Tools}";

    public static string Label(int number) => $"label-{number % Labels}";

    /// <summary>Writes all threads and packs as the bot does in the background; returns how many messages were written.</summary>
    public Task<long> WriteAsync(Action<string> say, CancellationToken ct) => WriteAsync(threads, say, ct);

    /// <summary>The same with the first threads alone: of half of them there are five years.</summary>
    public async Task<long> WriteAsync(int count, Action<string> say, CancellationToken ct)
    {
        await store.AppendSettingsAsync(Settings.Latest, ct);
        foreach (var channel in Channels)
            await store.RecordChannelAsync(new ChannelRecord(channel, channel.Value.ToLowerInvariant(), Period.To, Period.To), ct);
        long messages = 0;
        for (var first = 0; first < count; first += ThreadsPerCommit)
        {
            var changes = Enumerable.Range(first, Math.Min(ThreadsPerCommit, count - first)).AsParallel().AsOrdered().Select(Thread).ToList();
            messages += changes.Sum(c => c.Messages.Count);
            await store.CommitAsync(new ChangeSet { Threads = changes, Now = changes[^1].State.Key.Root }, ct);
            while (await store.PackAsync(ct))
                ct.ThrowIfCancellationRequested();
            if (first % 250_000 == 0 && first > 0)
                say($"{first:#,##0} threads written");
        }

        return messages;
    }

    /// <summary>A thread of the given number as the change that creates it.</summary>
    public ThreadChange Thread(int number)
    {
        var random = new Random(number);
        var length = (Period.To - Period.From) / threads;
        var key = new ThreadKey(Channels[random.Next(10) switch { < 6 => 0, < 9 => 1, _ => 2 }], new Ts(Period.From.Micros + (number * length) + random.NextInt64(length)));
        // Drawn apart: what the threads are about changes nothing else in them.
        var facts = Facts(key, random, About(new Random(~number)));
        return Change(key, facts, facts, null);
    }

    /// <summary>A change of a thread by new facts.</summary>
    public static ThreadChange Change(ThreadKey key, IReadOnlyCollection<Fact> all, IReadOnlyList<Fact> added, StoredThread? known)
    {
        var state = ThreadProjection.Fold(key, all, Settings);
        return new ThreadChange
        {
            State = state,
            ExpectedVersion = known?.Version ?? 0,
            Contribution = Contribution.Of(state, Settings),
            Dimensions = Dimensions.Of(state, Settings),
            NewFacts = added,
            Messages = [.. added.OfType<MessageFact>().Select(m => new StoredMessage(m.Time, "A message of about as many characters as people write."))],
        };
    }

    /// <summary>
    /// What patterns find in a root: two in three are about a tool, some about two, and every other one wants something that has a label.
    /// </summary>
    private static Findings About(Random random) => new(
        [.. Enumerable.Range(0, random.Next(6) switch { < 2 => 0, < 5 => 1, _ => 2 }).Select(_ => Tool(random.Next(Tools))).Distinct()],
        random.Next(2) == 0 ? [Label(random.Next(Labels))] : [],
        TimedOut: false);

    private static List<Fact> Facts(ThreadKey key, Random random, Findings about)
    {
        var asker = Asker(random.Next(Askers));
        var author = random.Next(50) == 0 ? Team(random.Next(TeamSize)) : asker;
        var facts = new List<Fact> { Message(key.Root, author, about) };
        var time = key.Root;
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            time = Later(time, random, 3600);
            facts.Add(Message(time, left % 2 == 0 ? asker : Team(random.Next(TeamSize)), Findings.None));
        }

        switch (random.Next(100))
        {
            case < 70:
                time = Later(time, random, 1800);
                facts.Add(Reaction(time, added: true));
                if (random.Next(30) == 0)
                    facts.Add(Reaction(Later(time, random, 3600), added: false));
                break;
            case < 98:
                facts.Add(new ExpiryFact(time.AddSeconds(14 * 86_400), time));
                break;
        }

        return facts;

        ReactionFact Reaction(Ts at, bool added) => new(at, added, key.Root, "white_check_mark", asker, BySelf: false);
    }

    private static MessageFact Message(Ts time, UserId author, Findings about) =>
        new(time, author, AuthorKind.Person, new Verdicts(false, 55, []) { Findings = about });

    private static Ts Later(Ts time, Random random, double meanSeconds) =>
        new(time.Micros + 1 + (long)(-Math.Log(1 - random.NextDouble()) * meanSeconds * Ts.Second));
}
