using System.Runtime.InteropServices;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

/// <summary>A thread whose facts are committed, and whose row is not written yet.</summary>
/// <param name="WasRead">A snapshot is among the facts: it replaces the one before it.</param>
internal sealed record BehindThread(
    int Channel,
    long Root,
    long Version,
    long LastFact,
    long? Silence,
    byte[] State,
    Contribution Contribution,
    Dimensions Dimensions,
    bool WasRead);

/// <summary>A message whose row is not written yet.</summary>
internal sealed record BehindMessage(int Channel, long Ts, long Root)
{
    /// <summary>Its text; 0: it has none; null: as the row says.</summary>
    public long? Text { get; init; }

    /// <summary>Its fact; null: as the row says.</summary>
    public long? Fact { get; init; }
}

/// <summary>An action that is kept with the fact that made it, and whose row is not written yet.</summary>
internal sealed record BehindAction(int Channel, BotAction Action, Ts Due);

/// <summary>
/// What the tables of states, contributions, messages and actions are behind the facts. A commit makes facts and texts durable, appended to
/// a few pages; the rest follows from the facts, lies scattered, and changes again soon: it is written for many commits at once, and made
/// anew from the facts after a crash.
/// </summary>
internal sealed class Behind
{
    private const int Most = 4096;

    public Dictionary<(int Channel, long Root), BehindThread> Threads { get; } = [];

    public Dictionary<(int Channel, long Ts), BehindMessage> Messages { get; } = [];

    public List<BehindAction> Actions { get; } = [];

    public bool IsLarge => Threads.Count >= Most || Messages.Count >= 4 * Most;

    public bool IsEmpty => Threads.Count == 0 && Messages.Count == 0 && Actions.Count == 0;

    /// <summary>Adds what is behind after a further commit.</summary>
    public void Add(Behind newer)
    {
        foreach (var (key, thread) in newer.Threads)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(Threads, key, out var exists);
            known = exists && known!.WasRead ? thread with { WasRead = true } : thread;
        }

        foreach (var message in newer.Messages.Values)
            Add(message);
        Actions.AddRange(newer.Actions);
    }

    /// <summary>Adds what is newly known of a message.</summary>
    public void Add(BehindMessage message)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(Messages, (message.Channel, message.Ts), out var exists);
        known = exists ? message with { Text = message.Text ?? known!.Text, Fact = message.Fact ?? known!.Fact } : message;
    }

    public void Clear()
    {
        Threads.Clear();
        Messages.Clear();
        Actions.Clear();
    }
}

public sealed partial class SqliteStore
{
    private readonly Behind _behind = new();
    private readonly FactChain _facts;
    private long _newestText;

    /// <summary>Writes what is behind, in one commit.</summary>
    private void CatchUpProjections()
    {
        if (_behind.IsEmpty)
            return;
        Write(() => WriteRows(_behind));
        _behind.Clear();
    }

    /// <summary>Writes what follows from facts, in the present transaction.</summary>
    private void WriteRows(Behind behind)
    {
        // In the order of the keys each page is touched once.
        foreach (var (_, thread) in behind.Threads.OrderBy(t => t.Key))
        {
            _database["INSERT INTO thread(channel, root, version, last_fact, silence, state) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(channel, root) DO UPDATE SET version = ?3, last_fact = ?4, silence = ?5, state = ?6"]
                .Bind(1, thread.Channel).Bind(2, thread.Root).Bind(3, thread.Version).Bind(4, thread.LastFact).Bind(5, thread.Silence).Bind(6, thread.State).Run();
            WriteContribution(thread.Channel, thread.Contribution, thread.Dimensions);
            // Not before the row names the newest: until then a reader goes by the older one.
            if (thread.WasRead)
                _facts.Trim(thread.LastFact);
        }

        foreach (var (_, message) in behind.Messages.OrderBy(m => m.Key))
        {
            _database["INSERT INTO message(channel, ts, root, text, fact) VALUES(?1, ?2, ?3, coalesce(?4, 0), coalesce(?5, 0)) ON CONFLICT(channel, ts) DO UPDATE SET root = ?3, text = coalesce(?4, text), fact = coalesce(?5, fact)"]
                .Bind(1, message.Channel).Bind(2, message.Ts).Bind(3, message.Root).Bind(4, message.Text).Bind(5, message.Fact).Run();
        }

        foreach (var action in behind.Actions.OrderBy(a => a.Action.Id, StringComparer.Ordinal))
            Create(action.Action, action.Channel, action.Due);

        Mark("facts_projected", _facts.Newest);
        Mark("texts_indexed", _newestText);
        Mark("newest_time", _facts.NewestTime.Micros);
    }

    /// <summary>Whether facts are newer than the tables that follow from them: a bot runs, or crashed.</summary>
    private bool IsBehindFacts => _facts.Newest != Projected;

    private long Projected => Marked("facts_projected");

    /// <summary>After a crash: projects the threads whose facts are newer than the tables that follow from them.</summary>
    private void Recover()
    {
        if (!IsBehindFacts)
            return;
        var projected = Projected;

        var settings = ReadSettings() is { IsEmpty: false } stored ? stored : SettingsHistory.Always(new TeamSettings());
        var threads = new List<(int Channel, Ts Root, long Last)>();
        using (var newer = _database["SELECT channel, root, max(id) FROM fact WHERE id > ? GROUP BY channel, root"].Bind(1, projected))
        {
            while (newer.Step())
                threads.Add(((int)newer.Integer(0), new Ts(newer.Integer(1)), newer.Integer(2)));
        }

        foreach (var (channel, root, last) in threads)
        {
            var state = ThreadProjection.Fold(new ThreadKey(new ChannelId(_names.Name(_database, channel)), root), FactChain.Read(_database, last), settings);
            _blob.Clear();
            StateCodec.Write(_blob, state);
            _behind.Threads[(channel, root.Micros)] = new BehindThread(
                channel, root.Micros, Find(channel, root).Version + 1, last, HourOf(state.SilentSince), _blob.Written.ToArray(), Contribution.Of(state, settings), Dimensions.Of(state, settings), WasRead: false);
        }

        RecoverMessages(projected);
        RecoverActions(projected);
        CatchUpProjections();
    }

    private void RecoverMessages(long projected)
    {
        using (var facts = _database["SELECT channel, root, time, kind, body, id FROM fact WHERE id > ? AND kind <= ? ORDER BY id"].Bind(1, projected).Bind(2, (long)FactKind.Deletion))
        {
            while (facts.Step())
            {
                var (channel, root) = ((int)facts.Integer(0), facts.Integer(1));
                _behind.Add(FactCodec.Read(facts.Blob(4), new Ts(facts.Integer(2)), (FactKind)facts.Integer(3)) switch
                {
                    EditFact edit => new BehindMessage(channel, edit.Message.Micros, root),
                    DeletionFact deletion => new BehindMessage(channel, deletion.Message.Micros, root),
                    var message => new BehindMessage(channel, message.Time.Micros, root) { Fact = facts.Integer(5) },
                });
            }
        }

        // Every text comes with a message or an edit.
        using var texts = _database["SELECT channel, ts, id FROM text WHERE id > (SELECT coalesce(max(value), 0) FROM meta WHERE key = 'texts_indexed') ORDER BY id"];
        while (texts.Step())
        {
            if (_behind.Messages.TryGetValue(((int)texts.Integer(0), texts.Integer(1)), out var message))
                _behind.Add(message with { Text = texts.Integer(2) });
        }
    }

    private void RecoverActions(long projected)
    {
        using var facts = _database["SELECT channel, root, actions FROM fact WHERE id > ? AND actions IS NOT NULL"].Bind(1, projected);
        while (facts.Step())
        {
            var thread = new ThreadKey(new ChannelId(_names.Name(_database, facts.Integer(0))), new Ts(facts.Integer(1)));
            foreach (var (action, due) in ActionCodec.Read(facts.Blob(2), thread))
                _behind.Actions.Add(new BehindAction((int)facts.Integer(0), action, due));
        }
    }

    private long Marked(string key)
    {
        using var row = _database["SELECT value FROM meta WHERE key = ?"].Bind(1, key);
        return row.Step() ? row.Integer(0) : 0;
    }

    private void Mark(string key, long value) =>
        _database["INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)"].Bind(1, key).Bind(2, value).Run();
}
