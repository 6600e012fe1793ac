using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Storage.Codecs;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// A thread as one document: facts without their texts, the state that they give, what it adds to the numbers, and the actions that its
/// facts made. It is written whole, or not at all.
/// </summary>
internal sealed record ThreadDocument
{
    public required string Channel { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Root { get; init; }

    /// <summary>Counts the changes of the facts; actions come and go without it.</summary>
    public required long Version { get; init; }

    /// <summary>The time of the newest fact.</summary>
    public required long Newest { get; init; }

    /// <summary>Since when an open request is silent.</summary>
    public long? Silence { get; init; }

    /// <summary>See <see cref="StateCodec"/>.</summary>
    public required byte[] State { get; init; }

    /// <summary>See <see cref="FactList"/>.</summary>
    public required byte[] Facts { get; init; }

    /// <summary>The whole contribution; what is searched and added up lies in <see cref="Numbers"/>.</summary>
    public required byte[] Contribution { get; init; }

    public required NumbersFields Numbers { get; init; }

    public IReadOnlyList<ActionFields>? Actions { get; init; }

    /// <summary>Searched by, which the actions themselves are not.</summary>
    public bool? HasActions { get; init; }

    public ActionTimes? ActionTimes { get; init; }

    /// <summary>The id of a thread's document.</summary>
    public static string IdOf(ThreadKey key) => $"{key.Channel}:{key.Root}";

    /// <summary>The thread of a document's id.</summary>
    public static ThreadKey KeyOf(string id)
    {
        var colon = id.LastIndexOf(':');
        return colon > 0 && Ts.TryParse(id.AsSpan(colon + 1), out var root) ? new ThreadKey(new ChannelId(id[..colon]), root) : throw Damage.Of(id);
    }

    /// <summary>The document after a change.</summary>
    /// <param name="before">The document that the change replaces, if there is one.</param>
    public static ThreadDocument Of(ThreadChange change, ThreadDocument? before, Ts now)
    {
        var key = change.State.Key;
        var blob = new BlobWriter();
        StateCodec.Write(blob, change.State);
        var state = blob.Written.ToArray();
        blob.Clear();
        ContributionCodec.Write(blob, change.Contribution, default);
        var contribution = blob.Written.ToArray();
        var facts = FactList.With(change.ReplacesFacts ? null : before?.Facts, change.NewFacts, key.Root);
        var document = new ThreadDocument
        {
            Channel = key.Channel.Value,
            Root = key.Root.Micros,
            Version = change.ExpectedVersion + 1,
            Newest = facts.Newest,
            Silence = change.State.SilentSince?.Micros,
            State = state,
            Facts = facts.Bytes,
            Contribution = contribution,
            Numbers = NumbersFields.Of(change.Contribution, change.Dimensions),
        };
        return document.With(before?.Actions ?? []).Adding(change.Actions.Select(a => ActionFields.Of(new StoredAction(a, ActionStatus.Pending) { NextTry = now })));
    }

    /// <summary>The same with actions added; those that are known stay as they are.</summary>
    public ThreadDocument Adding(IEnumerable<ActionFields> actions)
    {
        var known = Actions ?? [];
        return With([.. known, .. actions.Where(a => !known.Any(k => k.Id == a.Id))]);
    }

    /// <summary>The same with other actions.</summary>
    public ThreadDocument With(IReadOnlyList<ActionFields> actions) =>
        this with { Actions = actions.Count == 0 ? null : actions, HasActions = actions.Count == 0 ? null : true, ActionTimes = ActionTimes.Of(actions) };

    public StoredThread Thread() => new(StateCodec.Read(State, Key), Version);

    public ThreadKey Key => new(new ChannelId(Channel), new Ts(Root));

    public ThreadRecord Record()
    {
        var from = new BlobReader(Contribution);
        ContributionCodec.Read(ref from, out var contribution, out _);
        return new ThreadRecord(Thread(), FactList.Read(Facts, new Ts(Root)), contribution, Numbers.Dimensions());
    }
}
