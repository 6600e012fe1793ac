using Subot.Domain;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>How many messages a search looks at before it says where to go on: some tenths of a second.</summary>
    internal int MostLookedAt { get; set; } = 100_000;

    /// <inheritdoc/>
    /// <remarks>
    /// It looks at the texts one by one. An index of words would cost every commit, and know words of texts that are forgotten.
    /// </remarks>
    public ValueTask<FoundMessages> FindMessagesAsync(MessageSearch search, CancellationToken ct)
    {
        List<(ChannelId Id, int Number)> channels;
        lock (_writing)
        {
            CatchUpProjections();
            channels = [.. search.Channels.Distinct().Select(c => (c, Channel(c))).Where(c => c.Item2 != 0)];
        }

        // A connection of its own: nobody waits for a search.
        using var reader = Database.Open(_path, readOnly: true);
        var parts = channels.ConvertAll(c => Find(reader, c.Id, c.Number, search, MostLookedAt / channels.Count, ct));
        // Up to where every channel was looked at.
        var ends = parts.Select(p => p.Next).OfType<MessageKey>().ToList();
        MessageKey? end = ends.Count == 0 ? null : ends.Order(Comparer<MessageKey>.Create(MessageSearch.Compare)).First();
        List<FoundMessage> found =
        [
            .. parts.SelectMany(p => p.Messages).Where(m => end is not { } known || MessageSearch.Compare(m.Message, known) <= 0)
                .Order(Comparer<FoundMessage>.Create((left, right) => MessageSearch.Compare(left.Message, right.Message))),
        ];
        return new(FoundMessages.Of(found, search.Limit, end));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SilentThread>> SilentThreadsAsync(
        IReadOnlyList<ChannelId> channels, SilentThread? after, int limit, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpProjections();
            return new([.. channels.Distinct().SelectMany(c => Silent(c, after, limit)).Order().Take(limit)]);
        }
    }

    private static FoundMessages Find(Database reader, ChannelId channel, int number, MessageSearch search, int most, CancellationToken ct)
    {
        var found = new List<FoundMessage>();
        using var rows = reader["SELECT ts, root, text FROM message WHERE channel = ? AND ts >= ? AND ts <= ? ORDER BY ts DESC"]
            .Bind(1, number).Bind(2, search.From.Micros).Bind(3, search.Newest(channel).Micros);
        for (var lookedAt = 1; rows.Step(); lookedAt++)
        {
            ct.ThrowIfCancellationRequested();
            var (message, thread) = (new MessageKey(channel, new Ts(rows.Integer(0))), new ThreadKey(channel, new Ts(rows.Integer(1))));
            if (thread.Root >= search.From && thread.Root < search.To && TextOf(reader, rows.Integer(2)) is { } text && search.Words.IsIn(text))
                found.Add(new FoundMessage(message, thread, text));
            if (found.Count == search.Limit || lookedAt >= most)
                return new FoundMessages(found, message);
        }

        return new FoundMessages(found, null);
    }

    private static string? TextOf(Database reader, long id)
    {
        using var row = reader["SELECT body FROM text WHERE id = ?"].Bind(1, id);
        return row.Step() ? row.Text(0) : null;
    }

    /// <summary>
    /// The first ones of a channel, at least so many; rows tell the hour of a silence, so all of the last hour are looked at.
    /// </summary>
    private List<SilentThread> Silent(ChannelId channel, SilentThread? after, int limit)
    {
        var silent = new List<SilentThread>();
        using var rows = _database["SELECT root, state, silence FROM thread WHERE silence IS NOT NULL AND channel = ? AND silence >= ? ORDER BY silence"]
            .Bind(1, Channel(channel)).Bind(2, HourOf(after?.Since) ?? 0);
        for (var hour = 0L; rows.Step() && (silent.Count < limit || rows.Integer(2) == hour);)
        {
            hour = rows.Integer(2);
            var key = new ThreadKey(channel, new Ts(rows.Integer(0)));
            if (StateCodec.Read(rows.Blob(1), key).SilentSince is not { } since)
                continue;
            var thread = new SilentThread(since, key);
            if (after is not { } known || thread.CompareTo(known) > 0)
                silent.Add(thread);
        }

        return silent;
    }
}
