using NUnit.Framework;
using Subot.Domain.Projection;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;
using Subot.Slack;

namespace Subot.Tests.Bot;

/// <summary>Slack's clock is not the bot's, and tells the time of a read only roughly.</summary>
public sealed class ClockTests : BotFixture
{
    private const string Check = "white_check_mark";

    private readonly OwnClock _slacks = new();

    protected override TimeProvider SlacksTime => _slacks;

    [SetUp]
    public void OnlyObserve()
    {
        (_slacks.Offset, _slacks.Standing) = (TimeSpan.Zero, null);
        Parameters["SUBOT_REPLIES"] = "observe";
    }

    [Test]
    public async Task Bot_whose_clock_is_days_behind_takes_nothing_for_deleted()
    {
        _slacks.Offset = TimeSpan.FromDays(2);
        AskAt(_slacks.GetUtcNow().AddDays(-3));
        await StartBotAsync();
        var asked = AskAt(_slacks.GetUtcNow().AddMinutes(-10));
        await AcknowledgedAsync();
        await StopBotAsync();
        await StartBotAsync();
        await StopBotAsync();
        Assert.That((await ThreadAsync(asked))!.Thread.State.Status, Is.EqualTo(ThreadStatus.Unresponded));
    }

    [Test]
    public async Task Emoji_put_as_history_is_read_solves_at_its_own_time_also_when_the_server_dates_its_answer_late()
    {
        var now = TimeProvider.System.GetUtcNow();
        _slacks.Standing = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddMilliseconds(500);
        Simulator.Faults.Settings = new FaultSettings { DateLagMs = 900 };
        var asked = AskAt(now.AddMinutes(-10));
        await StartBotAsync((store, slack) => (store, Between.Put(slack, (method, _, next) =>
        {
            if (method == nameof(ISlackApi.HistoryAsync))
                Workspace.React(Ann, Help, asked.Ts, Check);
            return next();
        })));
        await AcknowledgedAsync();
        var course = (await ThreadAsync(asked))!.Thread.State.Course!;
        Assert.That(course.FirstSolvedAt?.ToDateTimeOffset(), Is.EqualTo(_slacks.Standing).Within(1).Milliseconds);
    }

    private Message AskAt(DateTimeOffset at) => Workspace.Post(Ann, Help, "The printer is on fire", ts: Ts.From(at));

    private sealed class OwnClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public DateTimeOffset? Standing { get; set; }

        public override DateTimeOffset GetUtcNow() => Standing ?? System.GetUtcNow() + Offset;
    }
}
