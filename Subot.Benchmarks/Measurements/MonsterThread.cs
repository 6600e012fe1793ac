using Subot.Benchmarks.Load;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;

namespace Subot.Benchmarks.Measurements;

/// <summary>
/// What an event costs on a thread of 10,000 replies, beside one on a thread of 10: sent one at a time, from the send to the
/// acknowledgement, and in the bot's processor time.
/// </summary>
internal sealed class MonsterThread : IMeasurement
{
    private const int SmallThreads = 400;
    private const int SmallReplies = 10;
    private const int MonsterReplies = 10_000;
    private const int EventsPerRound = 400;
    private const int EditsPerRound = 100;
    private const int Rounds = 3;
    private const double Limit = 3;

    public string Name => "monster";

    public string Title => "A thread of 10,000 replies";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        var bot = await context.BotAsync(ct);
        context.Say("monster thread");
        using var scratch = new ScratchFolder();
        await using var slack = await FakeSlack.StartAsync(ct);
        await using var process = Peers.Bot(bot, slack, scratch["bot"]);
        var connection = await process.ConnectionAsync(slack, ct);

        var clock = new TsClock();
        var made = new NewThreads(clock);
        await process.LoadAsync(connection, made, SmallThreads + 1, ct);
        IReadOnlyList<LoadThread> monster = [made.Threads[^1]];
        IReadOnlyList<LoadThread> small = [.. made.Threads.SkipLast(1)];
        await process.LoadAsync(connection, new ThreadTour(clock, monster, EventFrames.Replies), MonsterReplies, ct);
        await process.LoadAsync(connection, new ThreadTour(clock, small, EventFrames.Replies), SmallThreads * SmallReplies, ct);

        // Which comes first makes no difference: the rounds alternate.
        Cost newestSmall = new(), newestMonster = new(), editSmall = new(), editMonster = new();
        IReadOnlyList<EventFrame> newest = [EventFrames.Replies[0], EventFrames.Reactions[1]];
        for (var round = 0; round < Rounds; round++)
        {
            await newestSmall.MeasureAsync(process, connection, new ThreadTour(clock, small, newest), EventsPerRound, ct);
            await newestMonster.MeasureAsync(process, connection, new ThreadTour(clock, monster, newest), EventsPerRound, ct);
            await editSmall.MeasureAsync(process, connection, new ThreadTour(clock, small, EventFrames.Edit), EditsPerRound, ct);
            await editMonster.MeasureAsync(process, connection, new ThreadTour(clock, monster, EventFrames.Edit), EditsPerRound, ct);
        }

        return new MeasuredSection(Name, Title,
        [
            new("reply or reaction, thread of 10", $"{newestSmall}"),
            new("reply or reaction, thread of 10,000", $"{newestMonster}"),
            MeasuredRow.AtMost("reply or reaction: 10,000 / 10", newestMonster.Milliseconds / newestSmall.Milliseconds, Limit, "times"),
            new("edit of the root, thread of 10", $"{editSmall}"),
            new("edit of the root, thread of 10,000", $"{editMonster}"),
            MeasuredRow.AtMost("edit of the root: 10,000 / 10", editMonster.Milliseconds / editSmall.Milliseconds, Limit, "times"),
        ]);
    }

    /// <summary>What events cost, over all rounds.</summary>
    private sealed class Cost
    {
        private readonly List<double> _milliseconds = [];
        private readonly List<double> _processor = [];

        public double Milliseconds => _milliseconds.Median();

        public async Task MeasureAsync(
            MeasuredProcess process, SocketSession connection, IEventSource source, int events, CancellationToken ct)
        {
            var before = process.ProcessorTime;
            var result = await process.LoadAsync(connection, source, events, ct, window: 1);
            _milliseconds.Add(result.MedianAck.TotalMilliseconds);
            _processor.Add((process.ProcessorTime - before).TotalMilliseconds / events);
        }

        public override string ToString() => $"{Milliseconds:0.00} ms, {_processor.Median():0.00} ms of processor time";
    }
}
