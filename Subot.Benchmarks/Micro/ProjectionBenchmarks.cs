using BenchmarkDotNet.Attributes;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Benchmarks.Micro;

/// <summary>
/// What the domain does for one event: a step, or a walk over all facts when only that can tell. Not sealed: BenchmarkDotNet derives from
/// it.
/// </summary>
[MemoryDiagnoser]
public class ProjectionBenchmarks
{
    private static readonly ThreadKey s_key = new(new ChannelId("C0HELP00001"), new Ts(1_763_884_800_000_000));
    private static readonly SettingsHistory s_settings = SettingsHistory.Always(new TeamSettings { Team = ["U0TEAM"] });

    private List<Fact> _facts = [];
    private ProjectedThread _state = new(s_key);

    [Params(10, 10_000)]
    public int Replies { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _facts = [.. Enumerable.Range(0, Replies + 1).Select(i => Message(s_key.Root.AddSeconds(i), i % 2 == 0 ? "U0ASK" : "U0TEAM"))];
        _state = ThreadProjection.Fold(s_key, _facts, s_settings);
    }

    /// <summary>A reply that is newer than all that is known.</summary>
    [Benchmark]
    public bool Step() => ThreadProjection.TryStep(_state, Message(new Ts(_state.LastTime.Micros + 1), "U0ASK"), s_settings);

    /// <summary>All facts.</summary>
    [Benchmark]
    public ProjectedThread Fold() => ThreadProjection.Fold(s_key, _facts, s_settings);

    /// <summary>What the thread adds to the numbers.</summary>
    [Benchmark]
    public Contribution Contribute() => Contribution.Of(_state, s_settings);

    private static MessageFact Message(Ts time, string user) => new(time, new UserId(user), AuthorKind.Person, Verdicts.None);
}
