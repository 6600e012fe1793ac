using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Tests.Storage;

/// <summary>Makes threads of every sort, and the changes that bring them into a store.</summary>
internal sealed class RandomThreads(int seed)
{
    private static readonly string[] s_people = [.. Enumerable.Range(1, 12).Select(i => $"U0P{i}")];
    private static readonly string[] s_team = ["U0T1", "U0T2", "U0T3"];
    private static readonly string[] s_emoji = ["heavy_check_mark", "white_check_mark", "eyes", "no_entry_sign", "tada"];
    private static readonly string[] s_tools = ["git", "ci", "ci-runner"];
    private static readonly string[] s_labels = ["access", "outage"];
    private static readonly string[] s_answers = ["a-git", "a-access", "a-silent", "a-off", "a-gone", "a-nothing"];
    private readonly Random _random = new(seed);

    /// <summary>Two versions: the calendar, the team and an answer change in the middle of 2025.</summary>
    public static SettingsHistory Settings { get; } = new(
        new SettingsVersion(1, Ts.Zero, WithAnswers(new TeamSettings { TimeZone = "Europe/Paris", Team = [.. s_team] }, AnswerState.Active), "test"),
        new SettingsVersion(2, At(2025, 7, 1), WithAnswers(new TeamSettings
        {
            TimeZone = "Europe/Paris",
            WorkingHours = WorkingHours.Parse("Mon-Sat 08:00-12:00"),
            Team = ["U0T1", "U0T2", "U0T3", "U0P1"],
            ResponseTargetSeconds = 600,
        }, AnswerState.Silent), "test"));

    public static Ts At(int year, int month, int day) => Ts.From(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));

    /// <summary>An instant of a period, in whole seconds now and then.</summary>
    public Ts Between(Ts from, Ts to)
    {
        var at = new Ts(_random.NextInt64(from.Micros, to.Micros));
        return _random.Next(4) == 0 ? new Ts(at.Micros / Ts.Second * Ts.Second) : at;
    }

    public ThreadKey Key(int channels, Ts from, Ts to) => new(new ChannelId($"C{_random.Next(channels)}"), Between(from, to));

    /// <summary>A few facts of a thread; mostly with its root.</summary>
    public List<Fact> Facts(ThreadKey thread)
    {
        var facts = new List<Fact>();
        if (_random.Next(12) > 0)
            facts.Add(Root(thread));
        var time = thread.Root;
        for (var more = _random.Next(9); more > 0; more--)
        {
            time = new Ts(time.Micros + 1 + (long)Math.Exp(_random.NextDouble() * 29));
            facts.Add(Next(thread, time, facts));
        }

        if (_random.Next(5) == 0)
            facts.Add(Snapshot(new Ts((time.Micros / Ts.Second * Ts.Second) + Ts.Second)));
        return facts;
    }

    /// <summary>A thread with all of its facts, as one change.</summary>
    public static ThreadChange Change(
        ThreadKey thread, IReadOnlyCollection<Fact> facts, long expectedVersion = 0, IEnumerable<Fact>? added = null)
    {
        var state = ThreadProjection.Fold(thread, facts, Settings);
        return new ThreadChange
        {
            State = state,
            ExpectedVersion = expectedVersion,
            Contribution = Contribution.Of(state, Settings),
            Dimensions = Dimensions.Of(state, Settings),
            NewFacts = [.. added ?? facts],
            Messages = [.. facts.OfType<MessageFact>().Select(m => new StoredMessage(m.Time, $"text of {m.Time}"))],
            Actions = Decisions.ReplyTo(state, thread.Root, 600) is { } reply ? [reply] : [],
        };
    }

    public NumbersFilter Filter() => new()
    {
        Statuses = _random.Next(2) == 0 ? [] : [.. Enum.GetValues<ThreadStatus>().Where(_ => _random.Next(2) == 0)],
        Requesters = _random.Next(2) == 0 ? [] : [.. s_people.Where(_ => _random.Next(3) == 0).Append("U0NOBODY").Select(p => new UserId(p))],
        Responders = _random.Next(2) == 0 ? [] : [.. s_team.Where(_ => _random.Next(2) == 0).Select(p => new UserId(p))],
        Tools = _random.Next(3) > 0 ? [] : [.. Some(s_tools), "unknown"],
        Labels = _random.Next(3) > 0 ? [] : [.. Some(s_labels), "unknown"],
        Answers = _random.Next(3) > 0 ? [] : [.. Some(s_answers), "unknown"],
    };

    public int Next(int below) => _random.Next(below);

    private static TeamSettings WithAnswers(TeamSettings settings, AnswerState git) => settings with
    {
        Tools = [.. s_tools.Select(id => new Tag(id, id, []))],
        Labels = [.. s_labels.Select(id => new Tag(id, id, []))],
        Answers =
        [
            new("a-git", "git", null, "text") { Feedback = true, State = git },
            new("a-access", "git", "access", "text") { Feedback = true },
            new("a-silent", "ci", null, "text") { Feedback = true, State = AnswerState.Silent },
            new("a-off", "ci", "access", "text") { State = AnswerState.Off },
            new("a-gone", "git", "access", "text") { Archived = true },
            new("a-nothing", null, null, "text"),
        ],
    };

    private MessageFact Root(ThreadKey thread) => _random.Next(10) switch
    {
        0 => new MessageFact(thread.Root, TeamMember(), AuthorKind.Person, Verdicts()),
        1 => new MessageFact(thread.Root, null, AuthorKind.Bot, Verdicts()),
        2 => new MessageFact(thread.Root, null, AuthorKind.Workflow, Verdicts()),
        3 => new MessageFact(thread.Root, Person(), (AuthorKind)_random.Next(3, 6), Verdicts()),
        _ => new MessageFact(thread.Root, Person(), AuthorKind.Person, Verdicts()),
    };

    private Fact Next(ThreadKey thread, Ts time, List<Fact> before)
    {
        var requester = before.OfType<MessageFact>().FirstOrDefault()?.Author ?? Person();
        var someMessage = before.Count > 0 ? before[_random.Next(before.Count)].Time : thread.Root;
        var about = _random.Next(3) == 0 ? someMessage : thread.Root;
        return _random.Next(18) switch
        {
            < 4 => new MessageFact(time, TeamMember(), AuthorKind.Person, Verdicts()),
            < 7 => new MessageFact(time, requester, AuthorKind.Person, Verdicts()),
            7 => new MessageFact(time, Person(), (AuthorKind)_random.Next(6), Verdicts()),
            8 => new EditFact(time, about, Verdicts()),
            9 => new DeletionFact(time, about),
            < 13 => new ReactionFact(time, _random.Next(3) > 0, about, Emoji(), _random.Next(2) == 0 ? requester : TeamMember(), _random.Next(8) == 0),
            13 => new VoteFact(time, requester, _random.Next(2) == 0),
            14 when _random.Next(5) == 0 => new CorrectionFact(time, CorrectionKind.Retag, TeamMember()) { Tags = new Findings([.. Some(s_tools)], [.. Some(s_labels)], TimedOut: false) },
            14 => new CorrectionFact(time, (CorrectionKind)_random.Next(5), TeamMember(), _random.Next(2) == 0 ? Person() : null),
            15 => new ExpiryFact(time, about),
            _ => new MessageFact(time, null, AuthorKind.Self, Verdicts()) { Action = ActionKind.Reply },
        };
    }

    private SnapshotFact Snapshot(Ts time) => new(
        time,
        [.. Enumerable.Range(0, _random.Next(4)).Select(_ => new SeenReaction(Emoji(), Person(), _random.Next(5) == 0, new Ts(time.Micros - _random.Next(2)), _random.Next(3) > 0))],
        _random.Next(3) == 0 ? [Emoji()] : []);

    private Verdicts Verdicts() => new(_random.Next(6) == 0, _random.Next(500), [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Person())])
    {
        Findings = _random.Next(3) == 0 ? Findings.None : new Findings([.. Some(s_tools)], [.. Some(s_labels)], TimedOut: false),
    };

    private IEnumerable<string> Some(string[] ids) => ids.Where(_ => _random.Next(2) == 0);

    private UserId Person() => new(s_people[_random.Next(s_people.Length)]);

    private UserId TeamMember() => new(s_team[_random.Next(s_team.Length)]);

    private string Emoji() => s_emoji[_random.Next(s_emoji.Length)];
}
