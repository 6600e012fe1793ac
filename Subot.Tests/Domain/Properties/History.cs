using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Tests.Domain.Properties;

/// <summary>
/// A thread's history: the facts that moves make, and the reads that showed its reactions. What people do unseen is told by no fact of
/// its own; only a read shows it. The settings change within the week in which all histories begin.
/// </summary>
public sealed class History
{
    public static readonly UserId Q = new("UQ");
    public static readonly UserId Stays = new("UT1");
    public static readonly UserId Leaves = new("UT2");
    public static readonly UserId Joins = new("UT3");
    public static readonly UserId Stranger = new("UX");
    public static readonly UserId Bot = new("UBOT");

    /// <summary>When another calendar and another team become valid.</summary>
    public static readonly Ts Change = Ts.From(new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero));

    private const long Silence = 2 * 86400;

    private static readonly ValueList<Answer> s_answers =
    [
        new("asks", "git", null, "") { Feedback = true },
        new("tells", "git", "access", ""),
        new("silent", "ci", null, "") { Feedback = true, State = AnswerState.Silent },
        new("off", "ci", "access", "") { State = AnswerState.Off },
        new("gone", null, null, "") { Archived = true },
    ];

    private static readonly string[] s_solving = ["heavy_check_mark", "white_check_mark"];

    private readonly List<Fact> _facts = [];
    private readonly List<Ts> _messages = [];
    private readonly HashSet<(string Emoji, UserId User)> _standing = [];
    private Ts _now;

    public static SettingsHistory Settings { get; } = new(
        new SettingsVersion(1, Ts.Zero, new TeamSettings
        {
            Team = [Stays.Value, Leaves.Value],
            TimeZone = "Europe/Berlin",
            WorkingHours = WorkingHours.Parse("Mon-Fri 09:00-12:00 13:00-18:00"),
            ExpireAfterSeconds = Silence,
            Answers = s_answers,
        }, "first"),
        new SettingsVersion(2, Change, new TeamSettings
        {
            Team = [Stays.Value, Joins.Value],
            TimeZone = "America/New_York",
            WorkingHours = WorkingHours.Parse("Mon-Sun 08:00-24:00"),
            ExpireAfterSeconds = Silence,
            ResponseTargetSeconds = 600,
            Answers = [new("later", "ci", null, ""), .. s_answers],
        }, "second"));

    /// <param name="start">Hours from the change of the settings to the root.</param>
    /// <param name="author">Picks who or what asks.</param>
    public History(int start, int author, IEnumerable<Move> moves)
    {
        Start = start;
        Author = author;
        Moves = [.. moves];
        // Roots do not lie on whole seconds, so that rounding shows.
        _now = new Ts(Change.Micros + start * 3600L * Ts.Second + 123_457);
        Key = new ThreadKey(new ChannelId("C1"), _now);
        Ask(author);
        if (author % 7 < 3)
            Reply();
        foreach (var move in Moves)
        {
            _now = new Ts(_now.Micros + move.Gap * Ts.Second + 1_003 * (move.What % 997) + 1);
            Make(move);
        }
    }

    public int Start { get; }

    public int Author { get; }

    public IReadOnlyList<Move> Moves { get; }

    public ThreadKey Key { get; }

    /// <summary>All facts, one for each time, kind and key; reads are not merged.</summary>
    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>The end of the history.</summary>
    public Ts End => _now;

    public override string ToString() =>
        $"root {Start} h from the change, author {Author}:{string.Concat(Moves.Select(m => $"\n  {m}"))}\n{string.Concat(_facts.Select(f => $"\n  {f}"))}";

    private void Ask(int author)
    {
        (UserId? User, AuthorKind Kind, UserId[] Mentions) root = (author % 12) switch
        {
            0 => (Stays, AuthorKind.Person, []),
            1 => (null, AuthorKind.Workflow, [Q, Stranger]),
            2 => (null, AuthorKind.Workflow, []),
            3 => (Joins, AuthorKind.Person, []),
            4 => (Bot, AuthorKind.Bot, []),
            _ => (Q, AuthorKind.Person, []),
        };
        Say(root.User, root.Kind, Verdicts.None with { Mentions = [.. root.Mentions], Findings = Found(author / 12) });
    }

    /// <summary>The bot replies at once; whenever else it writes, that may be a reply too.</summary>
    private void Reply()
    {
        _now = _now.AddSeconds(1);
        Say(Bot, AuthorKind.Self, Verdicts.None, ActionKind.Reply);
    }

    private void Make(Move move)
    {
        switch (move.Act)
        {
            case Act.RequesterWrites:
                Say(Q, AuthorKind.Person, Verdicts.None);
                break;
            case Act.RequesterThanks:
                Say(Q, AuthorKind.Person, Verdicts.None with { Courtesy = true });
                break;
            case Act.TeamWrites:
                Say(Pick(move.Who, Stays, Leaves, Joins), AuthorKind.Person, Verdicts.None with { Courtesy = move.What % 5 == 0 });
                break;
            case Act.OtherWrites:
                Say(Stranger, AuthorKind.Person, Verdicts.None);
                break;
            case Act.BotWrites:
                Say(Bot, Pick(move.Who, AuthorKind.Self, AuthorKind.Self, AuthorKind.Bot, AuthorKind.Notice), Verdicts.None, Pick<ActionKind?>(move.What, ActionKind.Reply, ActionKind.Reply, ActionKind.Reminder, null));
                break;
            case Act.AddsSolving or Act.AddsSolvingUnseen:
                Add(Pick(move.What, s_solving), Pick(move.Who, Q, Stays, Leaves, Joins, Stranger, Bot), move.Act == Act.AddsSolving);
                break;
            case Act.RemovesSolving or Act.RemovesSolvingUnseen:
                Remove(move, s_solving, move.Act == Act.RemovesSolving);
                break;
            case Act.Acknowledges:
                Add("eyes", Pick(move.Who, Q, Stays, Joins), seen: move.What % 3 != 0);
                break;
            case Act.Dismisses:
                Add("no_entry_sign", Pick(move.Who, Stays, Leaves, Stranger), seen: move.What % 3 != 0);
                break;
            case Act.RemovesDismissal:
                Remove(move, ["no_entry_sign"], seen: move.What % 3 != 0);
                break;
            default:
                MakeRarer(move);
                break;
        }
    }

    private void MakeRarer(Move move)
    {
        var message = Pick(move.Who, [.. _messages]);
        switch (move.Act)
        {
            case Act.Votes:
                _facts.Add(new VoteFact(_now, Pick(move.Who, Q, Q, Stays), move.What % 3 != 0));
                break;
            case Act.Corrects:
                Correct((CorrectionKind)(move.What % 9), move.Who, move.What);
                break;
            case Act.Edits:
                _facts.Add(new EditFact(_now, message, new Verdicts(move.What % 2 == 0, 9, [Pick(move.What, Q, Stranger)]) { Findings = Found(move.What % 3 == 0 ? move.What : Author / 12) }));
                break;
            case Act.Deletes when message != Key.Root || move.What % 4 == 0:
                Delete(message, timeKnown: move.What % 3 != 0);
                break;
            case Act.ReactsToReply:
                _facts.Add(new ReactionFact(_now, true, new Ts(message.Micros + 1), s_solving[0], Q, false));
                break;
            case Act.IsSilent:
                _now = _now.AddSeconds(Silence * (1 + move.What % 8) / 4);
                break;
            case Act.Expires:
                // Implied, void or early: what it says is for the projection to judge.
                var since = _facts.OfType<MessageFact>().Last().Time;
                _now = new Ts(Math.Max(_now.Micros, since.AddSeconds(Silence).Micros));
                _facts.Add(new ExpiryFact(_now, since));
                break;
            case Act.IsRead:
                Read(truncated: move.What % 7 == 0, lag: move.Who % 3 * Ts.Second * 45 / 100);
                break;
        }
    }

    private void Correct(CorrectionKind kind, int who, int what) => _facts.Add(new CorrectionFact(_now, kind, Pick(who, Stays, Q))
    {
        For = kind switch
        {
            CorrectionKind.Track => Pick(who, Q, Stranger),
            CorrectionKind.AnsweredOutside => Pick(who, Stays, Joins, Stranger, Q),
            _ => null,
        },
        Of = kind == CorrectionKind.Duplicate ? new Ts(Key.Root.Micros - 60 * Ts.Second) : null,
        Tags = kind == CorrectionKind.Retag ? Found(what / 9) : null,
    });

    private static Findings Found(int number) => new(
        Pick<ValueList<string>>(number, [], ["git"], ["ci"], ["git", "ci"], ["git"]),
        Pick<ValueList<string>>(number / 5, [], ["access"], []),
        TimedOut: false);

    private void Say(UserId? author, AuthorKind kind, Verdicts verdicts, ActionKind? action = null)
    {
        _facts.Add(new MessageFact(_now, author, kind, verdicts) { Action = kind == AuthorKind.Self ? action : null });
        _messages.Add(_now);
    }

    private void Delete(Ts message, bool timeKnown)
    {
        _facts.Add(new DeletionFact(timeKnown ? _now : message, message));
        _messages.Remove(message);
        if (_messages.Count == 0)
            _messages.Add(Key.Root);
    }

    private void Add(string emoji, UserId user, bool seen)
    {
        if (_standing.Add((emoji, user)) && seen)
            _facts.Add(new ReactionFact(_now, true, Key.Root, emoji, user, user == Bot));
    }

    private void Remove(Move move, string[] emoji, bool seen)
    {
        var candidates = _standing.Where(s => emoji.Contains(s.Emoji)).Order().ToArray();
        if (candidates.Length == 0)
            return;
        var gone = Pick(move.Who, candidates);
        _standing.Remove(gone);
        if (seen)
            _facts.Add(new ReactionFact(_now, false, Key.Root, gone.Emoji, gone.User, gone.User == Bot));
    }

    /// <summary>Slack tells the time of a read in whole seconds, cut, and up to a second late.</summary>
    private void Read(bool truncated, long lag)
    {
        var time = new Ts((_now.Micros - lag) / Ts.Second * Ts.Second);
        var cut = truncated ? s_solving[0] : null;
        var shown = _standing.Order().Where((s, i) => s.Emoji != cut || i > 0);
        if (!_facts.Exists(f => f is SnapshotFact && f.Time == time))
            _facts.Add(new SnapshotFact(time, [.. shown.Select(s => new SeenReaction(s.Emoji, s.User, s.User == Bot, time, true))], cut is null ? [] : [cut]));
    }

    private static T Pick<T>(int number, params T[] choices) => choices[number % choices.Length];
}
