using System.Runtime.CompilerServices;
using Subot.Api.Settings;
using Subot.Api.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.OnCall;
using Subot.Storage;

namespace Subot.Api.Compatible;

/// <summary>A request as it is told, and what it adds.</summary>
internal sealed record AnalyticsMessage(MessageShape Shape, bool Answered);

/// <summary>What the messages of a period add up to.</summary>
internal sealed class AnalyticsSums
{
    private long _fixed;
    private long _answered;
    private long _minutes;

    public long Messages { get; private set; }

    /// <summary>The mean of those that the team answered; the first Subot counted the others as answered at once.</summary>
    public long ResponseMinutes => _answered == 0 ? 0 : _minutes / _answered;

    public long FixedPercent => Messages == 0 ? 0 : 100 * _fixed / Messages;

    public void Add(AnalyticsMessage message)
    {
        Messages++;
        _fixed += message.Shape.Status == "fixed" ? 1 : 0;
        _answered += message.Answered ? 1 : 0;
        _minutes += message.Shape.ResponseTime;
    }
}

/// <summary>Reads what the dashboard of the first Subot shows: the requests of every channel, and who was on call.</summary>
internal sealed class Analytics(IThreadStore store, IPeopleStore people, ThreadReading reading, SettingsReading settings, TimeProvider time)
{
    private const int ThreadsAtOnce = 100;
    private const long KeysAtOnce = 366 * 86_400 * Ts.Second;

    /// <summary>The requests whose root lies in a period, channel by channel, by root.</summary>
    public async IAsyncEnumerable<AnalyticsMessage> MessagesAsync(Ts from, Ts to, [EnumeratorCancellation] CancellationToken ct)
    {
        if (from >= to)
            yield break;
        var history = await settings.HistoryAsync(ct);
        var waiting = await reading.WaitingAsync(ct);
        foreach (var channel in await store.ChannelsAsync(ct))
        {
            await foreach (var keys in KeysAsync(channel.Id, from, to, ct))
            {
                var threads = await reading.RequestsAsync(keys, waiting, history, ct);
                var shapes = new MessageShapes(history, Ts.From(time.GetUtcNow()), await TextsAsync(threads, ct), await AuthorsAsync(threads, ct));
                foreach (var thread in threads)
                    yield return new AnalyticsMessage(shapes.Of(thread), thread.State.Course!.FirstTeamReply is not null);
            }
        }
    }

    private async IAsyncEnumerable<ThreadKey[]> KeysAsync(ChannelId channel, Ts from, Ts to, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var at = from; at < to; at = new Ts(at.Micros + KeysAtOnce))
        {
            var end = new Ts(Math.Min(at.Micros + KeysAtOnce, to.Micros));
            foreach (var keys in (await store.ThreadsBetweenAsync(channel, at, end, ct)).Chunk(ThreadsAtOnce))
                yield return keys;
        }
    }

    /// <summary>Whose turn on call began in a period, each once; if nobody's did, who was on call.</summary>
    public async Task<IReadOnlyList<UserShape>> FiremenAsync(Ts from, Ts to, CancellationToken ct)
    {
        if (from >= to)
            return [];
        var plan = OnCallHistory.Of(await settings.HistoryAsync(ct));
        var shifts = new List<Shift>();
        foreach (var channel in await store.ChannelsAsync(ct))
            shifts.AddRange(plan.Shifts(channel.Id, from, to).Where(s => s.User is not null));
        var begun = shifts.Where(s => s.From > from).ToList();
        List<UserId> firemen = [.. (begun.Count > 0 ? begun : shifts).OrderBy(s => s.From).Select(s => new UserId(s.User!)).Distinct()];
        var known = await people.PeopleAsync(firemen, ct);
        return [.. firemen.Select(f => UserShapes.Of(known.GetValueOrDefault(f)) with { Id = f.Value })];
    }

    private ValueTask<IReadOnlyDictionary<MessageKey, string>> TextsAsync(IReadOnlyList<ReadThread> threads, CancellationToken ct) =>
        store.LoadTextsAsync([.. threads.SelectMany(t => t.Facts.OfType<MessageFact>(), (t, m) => new MessageKey(t.State.Key.Channel, m.Time))], ct);

    private ValueTask<IReadOnlyDictionary<UserId, Person>> AuthorsAsync(IReadOnlyList<ReadThread> threads, CancellationToken ct) =>
        people.PeopleAsync([.. threads.SelectMany(t => t.Facts.OfType<MessageFact>()).Select(m => m.Author).OfType<UserId>().Distinct()], ct);
}
