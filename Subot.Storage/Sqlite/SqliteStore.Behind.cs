using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

/// <summary>A thread whose facts are committed, and whose row is not written yet.</summary>
internal sealed record BehindThread(
    int Channel, long Root, long Version, long LastFact, long? Silence, byte[] State, Contribution Contribution, Dimensions Dimensions);

/// <summary>A message whose row is not written yet.</summary>
internal sealed record BehindMessage(int Channel, long Ts, long Root, long? Text);

/// <summary>
/// What the tables of states, contributions and messages are behind the facts. A commit makes facts, texts and actions durable, appended
/// to a few pages; the rest follows from the facts, lies scattered, and changes again soon: it is written for many commits at once, and
/// made anew from the facts after a crash.
/// </summary>
internal sealed class Behind
{
    private const int Most = 4096;

    public Dictionary<(int Channel, long Root), BehindThread> Threads { get; } = [];

    public Dictionary<(int Channel, long Ts), BehindMessage> Messages { get; } = [];

    public bool IsLarge => Threads.Count >= Most || Messages.Count >= 4 * Most;

    public bool IsEmpty => Threads.Count == 0 && Messages.Count == 0;

    public void Add(List<BehindThread> threads, List<BehindMessage> messages)
    {
        foreach (var thread in threads)
            Threads[(thread.Channel, thread.Root)] = thread;
        foreach (var message in messages)
            Messages[(message.Channel, message.Ts)] = message;
    }

    public void Clear()
    {
        Threads.Clear();
        Messages.Clear();
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
        Write(() =>
        {
            // In the order of the keys each page is touched once.
            foreach (var (_, thread) in _behind.Threads.OrderBy(t => t.Key))
            {
                _database["INSERT INTO thread(channel, root, version, last_fact, silence, state) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(channel, root) DO UPDATE SET version = ?3, last_fact = ?4, silence = ?5, state = ?6"]
                    .Bind(1, thread.Channel).Bind(2, thread.Root).Bind(3, thread.Version).Bind(4, thread.LastFact).Bind(5, thread.Silence).Bind(6, thread.State).Run();
                WriteContribution(thread.Channel, thread.Contribution, thread.Dimensions);
            }

            foreach (var (_, message) in _behind.Messages.OrderBy(m => m.Key))
            {
                _database["INSERT INTO message(channel, ts, root, text) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(channel, ts) DO UPDATE SET root = ?3, text = ?4"]
                    .Bind(1, message.Channel).Bind(2, message.Ts).Bind(3, message.Root).Bind(4, message.Text).Run();
            }

            Mark("facts_projected", _facts.Newest);
            Mark("texts_indexed", _newestText);
        });
        _behind.Clear();
    }

    /// <summary>After a crash: projects the threads whose facts are newer than the tables that follow from them.</summary>
    private void Recover()
    {
        _newestText = Math.Max(_database.Scalar("SELECT max(id) FROM text"), _database.Scalar("SELECT value FROM meta WHERE key = 'texts_indexed'"));
        var projected = _database.Scalar("SELECT value FROM meta WHERE key = 'facts_projected'");
        if (_facts.Newest == projected)
            return;

        var settings = ReadSettings() is { IsEmpty: false } stored ? stored : SettingsHistory.Always(new TeamSettings());
        var threads = new List<BehindThread>();
        var rows = new List<(int Channel, Ts Root, long Last)>();
        using (var newer = _database["SELECT channel, root, max(id) FROM fact WHERE id > ? GROUP BY channel, root"].Bind(1, projected))
        {
            while (newer.Step())
                rows.Add(((int)newer.Integer(0), new Ts(newer.Integer(1)), newer.Integer(2)));
        }

        foreach (var (channel, root, last) in rows)
        {
            var state = ThreadProjection.Fold(new ThreadKey(new ChannelId(_names.Name(_database, channel)), root), FactChain.Read(_database, last), settings);
            _blob.Clear();
            StateCodec.Write(_blob, state);
            threads.Add(new BehindThread(
                channel, root.Micros, Find(channel, root).Version + 1, last, HourOf(state.SilentSince), _blob.Written.ToArray(), Contribution.Of(state, settings), Dimensions.Of(state)));
        }

        _behind.Add(threads, NewerMessages(projected));
        CatchUpProjections();
    }

    private List<BehindMessage> NewerMessages(long projected)
    {
        var messages = new Dictionary<(int Channel, long Ts), BehindMessage>();
        using (var facts = _database["SELECT channel, time, root FROM fact WHERE id > ? AND kind = ?"].Bind(1, projected).Bind(2, (long)FactKind.Message))
        {
            while (facts.Step())
                messages[((int)facts.Integer(0), facts.Integer(1))] = new BehindMessage((int)facts.Integer(0), facts.Integer(1), facts.Integer(2), null);
        }

        // A text also comes with an edit of a message that was indexed before.
        using var texts = _database["SELECT text.channel, text.ts, text.id, message.root FROM text LEFT JOIN message ON message.channel = text.channel AND message.ts = text.ts WHERE text.id > (SELECT coalesce(max(value), 0) FROM meta WHERE key = 'texts_indexed') ORDER BY text.id"];
        while (texts.Step())
        {
            var key = ((int)texts.Integer(0), texts.Integer(1));
            if (messages.TryGetValue(key, out var message))
                messages[key] = message with { Text = texts.Integer(2) };
            else if (!texts.IsNull(3))
                messages[key] = new BehindMessage(key.Item1, key.Item2, texts.Integer(3), texts.Integer(2));
        }

        return [.. messages.Values];
    }

    private void Mark(string key, long value) => _database["INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)"].Bind(1, key).Bind(2, value).Run();
}
