using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Domain.Numbers;

/// <summary>Which threads count. An empty list does not filter.</summary>
public sealed record NumbersFilter
{
    /// <summary>Requests with one of these statuses.</summary>
    public IReadOnlyList<ThreadStatus> Statuses { get; init; } = [];

    /// <summary>Requests of one of these people.</summary>
    public IReadOnlyList<UserId> Requesters { get; init; } = [];

    /// <summary>Requests that one of these people answered last.</summary>
    public IReadOnlyList<UserId> Responders { get; init; } = [];

    /// <summary>Requests with one of these tools, by id.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Requests with one of these labels, by id.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Requests that one of these answers fits, by id.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Everything.</summary>
    public static NumbersFilter None { get; } = new();

    /// <summary>Whether it looks at requests only.</summary>
    public bool IsEmpty => Statuses.Count == 0 && Requesters.Count == 0 && Responders.Count == 0
        && Tools.Count == 0 && Labels.Count == 0 && Answers.Count == 0;

    /// <summary>
    /// Whether durations can be judged by Kaplan-Meier: a filter on what happened later (responder, status) would leave out those that
    /// still wait. Tools, labels and answers are known with the root.
    /// </summary>
    public bool KeepsWaiting => Statuses.Count == 0 && Responders.Count == 0;

    /// <summary>Whether a thread counts. Under a filter only requests do.</summary>
    public bool Matches(in Contribution contribution, Dimensions dimensions) => IsEmpty || (contribution.Kind == RootKind.Request
        && (Statuses.Count == 0 || Statuses.Contains(contribution.Status))
        && (Requesters.Count == 0 || (dimensions.Requester is { } requester && Requesters.Contains(requester)))
        && (Responders.Count == 0 || (dimensions.Responder is { } responder && Responders.Contains(responder)))
        && (Tools.Count == 0 || Tools.Any(dimensions.Tools.Contains))
        && (Labels.Count == 0 || Labels.Any(dimensions.Labels.Contains))
        && (Answers.Count == 0 || Answers.Any(dimensions.Answers.Contains)));
}

/// <summary>A question for the numbers of the requests whose root lies in [From, To).</summary>
/// <param name="Channels">The channels; at least one.</param>
/// <param name="AsOf">The instant as of which everything is judged, cut to a whole second.</param>
public sealed record NumbersQuery(IReadOnlyList<ChannelId> Channels, Ts From, Ts To, Ts AsOf, NumbersFilter Filter);

/// <summary>
/// The numbers of the requests that have a value in a dimension. A request counts with each of its tools, labels and answers.
/// </summary>
/// <param name="Value">An id; null: the requests that have none.</param>
public sealed record NumbersPart(string? Value, TeamNumbers Numbers);

/// <summary>The second at which waiting threads are looked at, on the wall clock and on every calendar's working clock.</summary>
public sealed class AsOf
{
    private readonly long[] _working;

    /// <summary>The clocks of all calendars at an instant, cut to a whole second.</summary>
    public AsOf(Ts instant, SettingsHistory settings)
    {
        Second = instant.Micros / Ts.Second;
        _working = [.. settings.Clocks.Select(clock => clock.At(new Ts(Second * Ts.Second)) / Ts.Second)];
    }

    /// <summary>Whole seconds since 1970.</summary>
    public long Second { get; }

    /// <summary>Cumulated working seconds of a calendar.</summary>
    public long Working(int calendar) => calendar < _working.Length ? _working[calendar] : 0;

    /// <summary>How many seconds old something is on the wall clock that runs since a virtual start; never below 0.</summary>
    public uint Age(uint start) => (uint)Math.Clamp(Second - start, 0, uint.MaxValue);

    /// <summary>The same on a calendar's working clock.</summary>
    public uint WorkingAge(uint start, int calendar) => (uint)Math.Clamp(Working(calendar) - start, 0, uint.MaxValue);
}
