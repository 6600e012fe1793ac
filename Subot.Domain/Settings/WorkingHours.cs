namespace Subot.Domain.Settings;

/// <summary>A stretch of working time within one local day, in minutes after midnight: [Start, End), End up to 1440.</summary>
public readonly record struct Slot(int Start, int End)
{
    /// <inheritdoc/>
    public override string ToString() => $"{TimeOfDay.Write(Start)}-{TimeOfDay.Write(End)}";
}

/// <summary>
/// When a team works: slots per weekday and dates that differ. Written like <c>Mon-Fri 10:00-13:00 14:00-19:00; Sat 10:00-12:00</c>.
/// </summary>
/// <param name="Weekdays">Seven lists of slots, Sunday first, each sorted and without overlap.</param>
/// <param name="Exceptions">Dates with slots of their own; an empty list is a day off.</param>
public sealed record WorkingHours(
    IReadOnlyList<IReadOnlyList<Slot>> Weekdays, IReadOnlyDictionary<DateOnly, IReadOnlyList<Slot>> Exceptions)
{
    private static readonly string[] s_days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>What a valid value looks like.</summary>
    public const string Example = "Mon-Fri 10:00-13:00 14:00-19:00";

    /// <summary>The hours a team has unless it says otherwise.</summary>
    public static WorkingHours Default { get; } = Parse(Example);

    /// <summary>The slots of a local day.</summary>
    public IReadOnlyList<Slot> On(DateOnly date) => Exceptions.TryGetValue(date, out var slots) ? slots : Weekdays[(int)date.DayOfWeek];

    /// <summary>The same hours with these days off.</summary>
    /// <param name="insteadOf">Days off that are none any more.</param>
    public WorkingHours WithHolidays(IEnumerable<DateOnly> holidays, IReadOnlyCollection<DateOnly>? insteadOf = null)
    {
        var exceptions = Exceptions.Where(e => e.Value.Count > 0 || insteadOf?.Contains(e.Key) != true).ToDictionary();
        foreach (var day in holidays)
            exceptions[day] = [];
        return this with { Exceptions = exceptions };
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="FormatException">It is not one; the message says which part.</exception>
    public static WorkingHours Parse(string text)
    {
        var days = Enumerable.Range(0, 7).Select(_ => new List<Slot>()).ToArray();
        foreach (var part in text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var slots = words.Skip(1).Select(ParseSlot).ToList();
            if (slots.Count == 0)
                throw new FormatException($"'{part}' names no hours; write for example '{Example}'");
            foreach (var day in ParseDays(words[0]))
                days[day].AddRange(slots);
        }

        foreach (var day in days)
        {
            day.Sort((a, b) => a.Start.CompareTo(b.Start));
            for (var i = 1; i < day.Count; i++)
            {
                if (day[i].Start < day[i - 1].End)
                    throw new FormatException($"'{day[i - 1]}' and '{day[i]}' overlap");
            }
        }

        if (days.All(d => d.Count == 0))
            throw new FormatException($"there are no working hours; write for example '{Example}'");
        return new WorkingHours(days, new Dictionary<DateOnly, IReadOnlyList<Slot>>());
    }

    private static IEnumerable<int> ParseDays(string text)
    {
        var bounds = text.Split('-');
        var first = Day(bounds[0]);
        var last = bounds.Length == 1 ? first : Day(bounds[1]);
        for (var day = first; ; day = (day + 1) % 7)
        {
            yield return day;
            if (day == last)
                yield break;
        }
    }

    private static int Day(string name)
    {
        var day = Array.FindIndex(s_days, d => d.Equals(name, StringComparison.OrdinalIgnoreCase));
        return day >= 0 ? day : throw new FormatException($"'{name}' is no weekday; write Mon, Tue, Wed, Thu, Fri, Sat or Sun");
    }

    private static Slot ParseSlot(string text)
    {
        var bounds = text.Split('-');
        if (bounds.Length != 2)
            throw new FormatException($"'{text}' is no stretch of time; write for example 10:00-13:00");
        var slot = new Slot(Minutes(bounds[0]), Minutes(bounds[1]));
        return slot.Start < slot.End ? slot : throw new FormatException($"'{text}' ends before it starts");
    }

    private static int Minutes(string text) => text == "24:00" ? 1440
        : TimeOfDay.Parse(text) ?? throw new FormatException($"'{text}' is no time of day; write for example 14:00");

    /// <inheritdoc/>
    public bool Equals(WorkingHours? other) => other is not null && ToString() == other.ToString()
        && Exceptions.Count == other.Exceptions.Count
        && Exceptions.All(e => other.Exceptions.TryGetValue(e.Key, out var slots) && slots.SequenceEqual(e.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The weekly part in the written form.</summary>
    public override string ToString() => string.Join("; ", Enumerable.Range(1, 7).Select(d => d % 7)
        .Where(d => Weekdays[d].Count > 0)
        .Select(d => $"{s_days[d]} {string.Join(' ', Weekdays[d])}"));
}
