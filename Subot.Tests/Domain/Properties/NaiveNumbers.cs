using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;

namespace Subot.Tests.Domain.Properties;

/// <summary>A duration as of an instant, in whole seconds on both clocks: of one that runs, its age.</summary>
public readonly record struct Duration(MeasureKind Kind, long Wall, long Working);

/// <summary>The numbers of one request as of an instant, each read from the whole history by its definition.</summary>
public sealed class NaiveNumbers(NaiveRequest request, Ts root, SettingsVersion version, Ts asOf)
{
    private readonly IReadOnlyList<Happening> _all = request.Happenings;
    private readonly Period _last = request.Periods[^1];

    private bool IsOpen => _last.Solving is null && !_last.Expired;

    private Ts? ClosedAt => _last.Solving is { } solving ? (solving.Known ? solving.At : null) : _last.End;

    private Happening? FirstReply => _all.FirstOrDefault(h => h.What == What.TeamWord);

    private IEnumerable<Happening> Solvings => request.Periods.Select(p => p.Solving).OfType<Happening>();

    private Ts ResponseStart => request.Periods.Last(p => p == request.Periods[0] || !_all.Take(p.From).Any(h => h.What == What.TeamWord)).Start;

    public int Reopenings => request.Periods.Count(p => p.Reopened);

    public bool ReopenedWithinWeek => request.Periods.Zip(request.Periods.Skip(1))
        .Any(p => p.First.Solving is { Known: true } solving && p.Second.Start - solving.At <= 7 * 86400 * Ts.Second);

    public bool EverSolved => Solvings.Any();

    private IReadOnlyList<Answer> Posted => request.BotReplied ? [.. request.Fitting.Where(a => a.State == AnswerState.Active)] : [];

    public bool Answered => Posted.Count > 0;

    public bool AskedFeedback => Posted.Any(a => a.Feedback);

    public bool RequesterSolvedFirst => Solvings.FirstOrDefault() is { } first && first.Who == request.Requester;

    public bool Deflected => Answered && RequesterSolvedFirst && !ReopenedWithinWeek && Solvings.First() switch
    {
        { Known: true } first => !_all.TakeWhile(h => !ReferenceEquals(h, first)).Any(h => h.What == What.TeamWord),
        _ => FirstReply is null && Reopenings == 0,
    };

    public Duration FirstResponse => FromTo(ResponseStart, FirstReply?.At);

    public Duration NextResponse
    {
        get
        {
            var asked = _all.SkipWhile(h => h != FirstReply).FirstOrDefault(h => h.What == What.RequesterWord);
            return asked is null ? default : FromTo(asked.At, _all.SkipWhile(h => h != asked).FirstOrDefault(h => h.What == What.TeamWord)?.At);
        }
    }

    public Duration Acknowledged
    {
        get
        {
            var first = _all.FirstOrDefault(h => h.What == What.TeamWord || (h.What == What.EmojiOn
                && version.Settings.AcknowledgingEmoji.Contains(h.Emoji) && request.InTeam(h.Who, h.At)));
            return first is { Known: false } ? default : FromTo(root, first?.At);
        }
    }

    public Duration FirstSolved => Solvings.FirstOrDefault() is { } first ? (first.Known ? Ended(root, first.At) : default) : FromTo(root, null);

    public Duration LastSolved => _last.Solving is { Known: true } solving ? Ended(root, solving.At) : default;

    public Duration OnTeam => Turns(ofTeam: true);

    public Duration OnRequester => request.Periods.Any(p => Words(p).Any(w => w.What == What.TeamWord)) ? Turns(ofTeam: false) : default;

    public IEnumerable<(Ts Start, Ts? End)> Open => request.Periods.Select(p => (p.Start, p.End));

    /// <summary>met, breached, running, or nothing.</summary>
    public TargetOutcome? Target
    {
        get
        {
            var due = version.Clock.Add(ResponseStart, version.Settings.ResponseTargetSeconds * Ts.Second);
            if (FirstReply is { } reply && reply.At <= due)
                return TargetOutcome.Met;
            if (IsOpen && FirstReply is null && asOf <= due)
                return TargetOutcome.Pending;
            return Open.Any(o => o.Start <= due && (o.End is not { } end || due < end)) ? TargetOutcome.Breached : null;
        }
    }

    private Duration FromTo(Ts from, Ts? to)
    {
        if (to is { } end)
            return Ended(from, end);
        if (IsOpen)
            return Ended(from, asOf) with { Kind = MeasureKind.Waiting };
        return ClosedAt is { } closed ? Ended(from, closed) with { Kind = MeasureKind.AtLeast } : default;
    }

    private Duration Ended(Ts from, Ts to) => new(MeasureKind.Done, (to - from) / Ts.Second, version.Clock.Elapsed(from, to) / Ts.Second);

    private IEnumerable<Happening> Words(Period period) =>
        _all.Take(period.Until).Skip(period.From).Where(h => h.What is What.TeamWord or What.RequesterWord);

    /// <summary>Adds up the stretches between words: the team's turn from the opening and from each word of the requester.</summary>
    private Duration Turns(bool ofTeam)
    {
        if (request.Periods.Any(p => p.Estimated))
            return default;

        long wall = 0, working = 0;
        var runs = false;
        foreach (var period in request.Periods)
        {
            var stretches = Words(period).Select(w => (w.At, Team: w.What == What.RequesterWord)).Prepend((At: period.Start, Team: true)).ToList();
            foreach (var (stretch, i) in stretches.Select((s, i) => (s, i)).Where(s => s.s.Team == ofTeam))
            {
                var end = i + 1 < stretches.Count ? stretches[i + 1].At : period.End ?? asOf;
                wall += end - stretch.At;
                working += version.Clock.Elapsed(stretch.At, end);
                runs |= i + 1 == stretches.Count && period.End is null;
            }
        }

        return new Duration(runs ? MeasureKind.Waiting : MeasureKind.Done, wall / Ts.Second, working / Ts.Second);
    }
}
