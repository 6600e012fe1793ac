namespace Subot.Domain.OnCall;

/// <summary>
/// Who is on call: whoever was set or swapped in for the instant (the latest added wins); else the rota's person, or the next in order who
/// is not away; else, without a rota, whoever the channel's topic names; else nobody. If all of the rota are away it is its own person.
/// </summary>
public sealed partial record OnCallPlan
{
    /// <summary>Nobody is ever on call.</summary>
    public static OnCallPlan Empty { get; } = new();

    /// <summary>Who is on call in turn; null: nobody takes turns.</summary>
    public Rota? Rota { get; init; }

    /// <summary>Who of the rota is away when.</summary>
    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>The stretches for which somebody was set or swapped in, in the order in which they were added.</summary>
    public IReadOnlyList<Duty> Duties { get; init; } = [];

    /// <summary>User ids that the topics of channels name, by channel id; they count only without a rota.</summary>
    public IReadOnlyDictionary<string, string> Topics { get; init; } = new Dictionary<string, string>();

    /// <summary>The user id of who is on call for a channel at an instant; null: nobody.</summary>
    public string? UserAt(ChannelId channel, Ts instant, TimeZoneInfo zone)
    {
        for (var i = Duties.Count - 1; i >= 0; i--)
        {
            if (Duties[i].From <= instant && instant < Duties[i].To)
                return Duties[i].User;
        }

        if (Rota is not { People.Count: > 0 })
            return Topics.GetValueOrDefault(channel.Value);

        var asked = Rota.Asked(Rota.PeriodAt(instant, zone)).ToList();
        return asked.Find(user => !IsAway(user, instant, zone)) ?? asked[0];
    }

    /// <summary>
    /// Who is on call for a channel within [from, to): without gaps, in order, each shift as long as it is one person's. It is read as far
    /// as it is asked, so the current shift and the following one are the first two of a stretch that is long enough.
    /// </summary>
    public IEnumerable<Shift> Shifts(ChannelId channel, Ts from, Ts to, TimeZoneInfo zone) => Shift.Merged(Pieces(channel, from, to, zone));

    /// <summary>Whom the topic of a channel names in vain: there is a rota, and somebody else is on call. Null: nobody.</summary>
    public string? IgnoredTopic(ChannelId channel, Ts instant, TimeZoneInfo zone) =>
        Rota is { People.Count: > 0 } && Topics.TryGetValue(channel.Value, out var named) && named != UserAt(channel, instant, zone) ? named : null;

    /// <summary>The turns that somebody was given by hand and keeps though away: an absence is for the rota alone.</summary>
    public IEnumerable<Shift> TurnsThoughAway(Absence absence, Ts from, TimeZoneInfo zone) => Duties
        .Where(d => d.User == absence.User && d.To > from && absence.Start(zone) < d.To && d.From < absence.End(zone))
        .Select(d => new Shift(d.From < from ? from : d.From, d.To, d.User))
        .Where(s => UserAt(s_anyChannel, s.From < absence.Start(zone) ? absence.Start(zone) : s.From, zone) == absence.User);

    /// <inheritdoc/>
    public bool Equals(OnCallPlan? other) => other is not null
        && Equals(Rota, other.Rota)
        && Absences.SequenceEqual(other.Absences)
        && Duties.SequenceEqual(other.Duties)
        && Topics.Count == other.Topics.Count
        && Topics.All(t => other.Topics.TryGetValue(t.Key, out var user) && user == t.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rota, Absences.Count, Duties.Count, Topics.Count);

    private IEnumerable<Shift> Pieces(ChannelId channel, Ts from, Ts to, TimeZoneInfo zone)
    {
        while (from < to)
        {
            var next = NextBound(from, zone) is var bound && bound < to ? bound : to;
            yield return new Shift(from, next, UserAt(channel, from, zone));
            from = next;
        }
    }

    /// <summary>The first instant after this one at which somebody else may be on call.</summary>
    private Ts NextBound(Ts instant, TimeZoneInfo zone)
    {
        var bounds = Duties.SelectMany(d => new[] { d.From, d.To })
            .Concat(Absences.SelectMany(a => new[] { a.Start(zone), a.End(zone) }))
            .Where(b => b > instant)
            .Append(Rota?.NextHandOver(instant, zone) ?? Ts.Max);
        return bounds.Min();
    }

    private bool IsAway(string user, Ts instant, TimeZoneInfo zone) =>
        Absences.Any(a => a.User == user && a.Start(zone) <= instant && instant < a.End(zone));
}
