using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Tests.Domain.Properties;

/// <summary>A time in which a request was open, and what closed it.</summary>
public sealed record Period(int From, Ts Start, bool Reopened)
{
    /// <summary>The first happening after it; all of them while it lasts.</summary>
    public int Until { get; init; } = int.MaxValue;

    public Ts? End { get; init; }

    public bool Estimated { get; init; }

    public bool Expired { get; init; }

    /// <summary>The solving that closed it, or that came after it had expired.</summary>
    public Happening? Solving { get; init; }
}

/// <summary>
/// A request as the definitions tell it, found by looking through the whole history for each question. It shares no code with the
/// projection: what was undone is struck from the history, and all is told anew.
/// </summary>
public sealed class NaiveRequest
{
    private readonly IReadOnlyList<Fact> _facts;
    private readonly SettingsHistory _history;
    private readonly TeamSettings _settings;
    private readonly MessageFact _root;
    private readonly HashSet<Happening> _undone = new(ReferenceEqualityComparer.Instance);

    public NaiveRequest(History history)
    {
        _facts = history.Facts;
        _history = History.Settings;
        _settings = _history.At(history.Key.Root).Settings;
        _root = _facts.OfType<MessageFact>().Single(m => m.Time == history.Key.Root);
        Requester = WhoAsks();
        Happenings = AllHappenings();
        Periods = IsAsked ? Tell() : [];
    }

    public UserId? Requester { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    public IReadOnlyList<Period> Periods { get; }

    public int Undoings { get; private set; }

    private CorrectionFact? Tracked => _facts.OfType<CorrectionFact>().LastOrDefault(c => c.Correction == CorrectionKind.Track);

    private bool IsAsked => Tracked is not null || _root.AuthorKind == AuthorKind.Workflow
        || (_root.AuthorKind == AuthorKind.Person && !InTeam(_root.Author, _root.Time));

    public bool IsDeleted => _facts.OfType<DeletionFact>().Any(d => d.Message == _root.Time);

    public bool IsDismissed => IsAsked && (DismissedByHand || Happenings.Any(Dismisses));

    public ThreadStatus Status
    {
        get
        {
            if (IsDeleted)
                return ThreadStatus.Deleted;
            if (!IsAsked || IsDismissed)
                return ThreadStatus.Dismissed;
            var last = Periods[^1];
            if (last.Solving is not null)
                return ThreadStatus.Fixed;
            if (last.Expired)
                return ThreadStatus.Expired;
            return Happenings.Any(h => h.What == What.TeamWord) ? ThreadStatus.Responded : ThreadStatus.Unresponded;
        }
    }

    /// <summary>The author of the last team message before it was solved.</summary>
    public UserId? Responder
    {
        get
        {
            var solved = Periods[^1].Solving is { } solving ? IndexOf(solving) : Happenings.Count;
            return Happenings.Take(solved).LastOrDefault(h => h.What == What.TeamWord)?.Who;
        }
    }

    /// <summary>
    /// The answers that fit what the root said before any edit, under the settings of the root, in the order of their ids.
    /// </summary>
    public IEnumerable<Answer> Fitting => _settings.Answers.Where(a => a.State != AnswerState.Off && !a.Archived
        && (a.Tool is { } tool ? Said.Tools.Contains(tool) : Said.Tools.Count == 0)
        && (a.Label is { } label ? Said.Labels.Contains(label) : Said.Labels.Count == 0)).OrderBy(a => a.Id, StringComparer.Ordinal);

    public bool BotReplied => _facts.OfType<MessageFact>().Any(m => m.Action == ActionKind.Reply);

    /// <summary>An edit or a person has changed what the request is about.</summary>
    public bool IsAboutSomethingElse => Found != Said;

    public Dimensions Dimensions => new()
    {
        Requester = Requester,
        Responder = Responder,
        Tools = [.. Found.Tools.Order(StringComparer.Ordinal)],
        Labels = [.. Found.Labels.Order(StringComparer.Ordinal)],
        Answers = [.. Fitting.Select(a => a.Id)],
    };

    private Findings Said => _root.Verdicts.Findings;

    /// <summary>What a person said last that it is about; else what patterns find in it as it reads now.</summary>
    private Findings Found => _facts.OfType<CorrectionFact>().LastOrDefault(c => c.Correction == CorrectionKind.Retag)?.Tags ?? Text(_root).Findings;

    public bool InTeam(UserId? user, Ts at) => user is { } known && _history.InTeam(known, at);

    private bool DismissedByHand => _facts.OfType<CorrectionFact>()
        .LastOrDefault(c => c.Correction is CorrectionKind.Dismiss or CorrectionKind.Duplicate or CorrectionKind.Restore)?.Correction is CorrectionKind.Dismiss or CorrectionKind.Duplicate;

    private bool Dismisses(Happening on) => on.What == What.EmojiOn
        && _settings.NotARequestEmoji.Contains(on.Emoji)
        && (!on.BySelf || !on.Known)
        && InTeam(on.Who, on.At)
        && !Happenings.Any(h => h.What == What.EmojiOff && h.Pair == on.Pair && IndexOf(h) > IndexOf(on))
        && !_facts.OfType<CorrectionFact>().Any(c => c.Correction == CorrectionKind.Restore && c.Time > on.At);

    private UserId? WhoAsks()
    {
        if (Tracked is { } tracked)
            return tracked.For;
        return _root.AuthorKind == AuthorKind.Workflow ? Text(_root).Mentions.Cast<UserId?>().FirstOrDefault() : _root.Author;
    }

    private List<Happening> AllHappenings()
    {
        // What reads tell comes after the facts of the same time.
        var told = _facts.Where(f => f is not SnapshotFact && f.Time >= _root.Time && f != _root)
            .OrderBy(f => f.Time).ThenBy(f => f.Kind).ThenBy(f => f.Key, StringComparer.Ordinal)
            .Select(Told);
        return [.. told.Concat(NaiveReads.Of(_facts, _root.Time)).OrderBy(h => h.At)];
    }

    private Happening Told(Fact fact) => fact switch
    {
        MessageFact { AuthorKind: AuthorKind.Person } message => Word(message),
        ReactionFact reaction when reaction.Message == _root.Time =>
            new(fact.Time, reaction.Added ? What.EmojiOn : What.EmojiOff, reaction.User, reaction.Emoji, Known: true, reaction.BySelf),
        CorrectionFact { Correction: CorrectionKind.AnsweredOutside, For: { } author } when author != Requester && InTeam(author, fact.Time) =>
            new(fact.Time, What.TeamWord, author),
        VoteFact { Useful: true } vote when vote.User == Requester => new(fact.Time, What.SolvedByHand, vote.User),
        CorrectionFact { Correction: CorrectionKind.Solve } correction => new(fact.Time, What.SolvedByHand, correction.By),
        CorrectionFact { Correction: CorrectionKind.Reopen } => new(fact.Time, What.ReopenedByHand),
        _ => new(fact.Time, What.Nothing),
    };

    private Verdicts Text(MessageFact message) =>
        _facts.OfType<EditFact>().LastOrDefault(e => e.Message == message.Time)?.Verdicts ?? message.Verdicts;

    private Happening Word(MessageFact message)
    {
        if (Text(message).Courtesy)
            return new(message.Time, What.Nothing);
        if (message.Author == Requester)
            return new(message.Time, _facts.OfType<DeletionFact>().Any(d => d.Message == message.Time) ? What.Nothing : What.RequesterWord);
        return InTeam(message.Author, message.Time) ? new(message.Time, What.TeamWord, message.Author) : new(message.Time, What.Nothing);
    }

    /// <summary>Tells the periods; when a solving turns out undone, strikes it and tells them again.</summary>
    private List<Period> Tell()
    {
        while (true)
        {
            var periods = new List<Period>();
            if (Undone(periods) is not { } struck)
                return periods;
            _undone.UnionWith(struck);
            Undoings++;
        }
    }

    private List<Happening>? Undone(List<Period> periods)
    {
        var period = new Period(0, _root.Time, Reopened: false);
        while (true)
        {
            period = Closed(period);
            periods.Add(period);
            if (period.Solving is null && !period.Expired)
                return null;

            var (solved, next) = period.Solving is { } solving ? (IndexOf(solving), IndexOf(solving) + 1) : (-1, period.Until);
            for (; next < Happenings.Count; next++)
            {
                if (Happenings[next].What is What.RequesterWord or What.ReopenedByHand)
                    break;
                if (solved >= 0 && IsUndoneAt(solved, next))
                    return [.. Happenings.Skip(solved).Take(next - solved).Where(MaySolve)];
            }

            if (next >= Happenings.Count)
                return null;
            period = new Period(next + 1, Happenings[next].At, Reopened: period.Solving is not null);
        }
    }

    /// <summary>The period with its end: a solving, a silence, or none.</summary>
    private Period Closed(Period open)
    {
        var silence = _settings.ExpireAfterSeconds!.Value;
        for (var i = open.From; i < Happenings.Count; i++)
        {
            var now = Happenings[i];
            var lastWord = Happenings.Take(i).Skip(open.From).LastOrDefault(h => h.What is What.RequesterWord or What.TeamWord)?.At ?? open.Start;
            if (now.Known && now.At >= lastWord.AddSeconds(silence))
                return SolvedAfterwards(open with { Until = i, End = lastWord.AddSeconds(silence), Expired = true });
            if (Solves(now))
                return Closed(open with { Until = i, End = now.At }, now);
        }

        return open;
    }

    private Period SolvedAfterwards(Period expired)
    {
        var next = Happenings.Skip(expired.Until).FirstOrDefault(h => Solves(h) || h.What is What.RequesterWord or What.ReopenedByHand);
        return next is not null && Solves(next) ? Closed(expired, next) : expired;
    }

    /// <summary>A solving of unknown time closes at the last message before it was seen, but not after the end by silence.</summary>
    private Period Closed(Period period, Happening solving)
    {
        if (solving.Known)
            return period with { Solving = solving };
        var lastMessage = _facts.OfType<MessageFact>()
            .Where(m => m.Time <= solving.At && !_facts.OfType<DeletionFact>().Any(d => d.Message == m.Time && m != _root))
            .Max(m => m.Time);
        var end = lastMessage < period.End ? lastMessage : period.End!.Value;
        return period with { Solving = solving, Estimated = true, End = end < period.Start ? period.Start : end };
    }

    private bool Solves(Happening happening) => happening.What == What.SolvedByHand || MaySolve(happening);

    private bool MaySolve(Happening happening) => happening.What == What.EmojiOn
        && !_undone.Contains(happening)
        && _settings.SolvedEmoji.Contains(happening.Emoji)
        && (happening.BySelf ? !happening.Known : happening.Who == Requester || InTeam(happening.Who, happening.At));

    /// <summary>The last of the emoji added since the solving is taken away here, and nobody said by hand that it is solved.</summary>
    private bool IsUndoneAt(int solved, int at)
    {
        var since = Happenings.Skip(solved).Take(at - solved).ToList();
        return Happenings[at].What == What.EmojiOff
            && !since.Exists(h => h.What == What.SolvedByHand)
            && Holding(since).SetEquals([Happenings[at].Pair]);
    }

    private HashSet<(string, UserId?)> Holding(List<Happening> since) => [.. since.Where(MaySolve).Select(h => h.Pair)
        .Where(p => since.FindLastIndex(h => h.Pair == p && MaySolve(h)) > since.FindLastIndex(h => h.Pair == p && h.What == What.EmojiOff))];

    private int IndexOf(Happening happening)
    {
        for (var i = 0; i < Happenings.Count; i++)
        {
            if (ReferenceEquals(Happenings[i], happening))
                return i;
        }

        throw new ArgumentException("not of this history", nameof(happening));
    }
}
