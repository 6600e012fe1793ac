using System.Globalization;
using Subot.Api.Access;
using Subot.Api.Answers;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Settings;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage;

namespace Subot.Api.Numbers;

/// <summary>A question that was read: what the store is asked, and under which settings.</summary>
internal sealed record NumbersQuestion(NumbersQuery Query, SettingsHistory Settings, Scope Scope)
{
    /// <summary>The zone of days and weeks.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Scope.TimeZone);
}

/// <summary>Reads questions, and tells all that is wrong with one at once.</summary>
internal sealed class NumbersQuestions(IThreadStore threads, SettingsReading settings, TimeProvider time)
{
    private const int MostValues = 100;
    private const long Behind = 3600 * Ts.Second;
    private const int FirstYear = 1970;
    private const int LastYear = 2285;
    private static readonly ThreadStatus[] s_statuses = [ThreadStatus.Unresponded, ThreadStatus.Responded, ThreadStatus.Fixed, ThreadStatus.Expired];
    private static readonly string[] s_moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>What may be asked for by status: those that a request can have.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [.. s_statuses.Select(Word.Of)];

    /// <summary>Reads one; what it asks of single people is for admins.</summary>
    /// <exception cref="RefusedException">Something in it is wrong.</exception>
    public async Task<NumbersQuestion> ReadAsync(NumbersParameters asked, HttpContext context, CancellationToken ct)
    {
        if (asked is not { Requesters: null or [], Responders: null or [] })
            context.RequireAdmin("A filter by person");
        List<string> problems = [];
        var history = await settings.HistoryAsync(ct);
        var now = Ts.From(time.GetUtcNow());
        var current = history.At(now);
        var channels = Channels(asked.Channels, await threads.ChannelsAsync(ct), problems);
        var from = Instant("from", asked.From, current.Zone, problems);
        var to = Instant("to", asked.To, current.Zone, problems);
        if (from > to)
            problems.Add("'from' lies after 'to': swap them.");
        var filter = new NumbersFilter
        {
            Tools = Tags("tool", asked.Tools, current.Settings.Tools, problems),
            Labels = Tags("label", asked.Labels, current.Settings.Labels, problems),
            Answers = Ids("answer", asked.Answers, [.. current.Settings.Answers.Select(a => a.Id)], problems),
            Statuses = StatusesOf(asked.Statuses, problems),
            Requesters = People("requester", asked.Requesters, problems),
            Responders = People("responder", asked.Responders, problems),
        };
        if (problems.Count > 0)
            throw RefusedException.Bad(problems);
        // As of the end of the one that is recorded furthest: one that the bot has left would hold back all the others.
        var asOf = channels.Count == 0 ? now : channels.Max(c => c.CompleteUntil);
        var query = new NumbersQuery([.. channels.Select(c => c.Id)], from ?? Ts.Zero, to ?? Ts.Max, asOf, filter);
        var behind = channels.Where(c => asOf - c.CompleteUntil > Behind).ToDictionary(c => c.Id.Value, c => c.CompleteUntil.ToDateTimeOffset());
        return new NumbersQuestion(query, history, ScopeOf(query, current.Zone, behind));
    }

    private static Scope ScopeOf(NumbersQuery query, TimeZoneInfo zone, IReadOnlyDictionary<string, DateTimeOffset> behind)
    {
        var filter = new Dictionary<string, IReadOnlyList<string>>();
        Add("tool", query.Filter.Tools);
        Add("label", query.Filter.Labels);
        Add("answer", query.Filter.Answers);
        Add("status", [.. query.Filter.Statuses.Select(Word.Of)]);
        Add("requester", [.. query.Filter.Requesters.Select(u => u.Value)]);
        Add("responder", [.. query.Filter.Responders.Select(u => u.Value)]);
        return new Scope
        {
            Channels = [.. query.Channels.Select(c => c.Value)],
            From = query.From == Ts.Zero ? null : query.From.ToDateTimeOffset(),
            To = query.To == Ts.Max ? null : query.To.ToDateTimeOffset(),
            TimeZone = zone.Id,
            AsOf = query.AsOf.ToDateTimeOffset(),
            Behind = behind,
            Filter = filter,
        };

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
                filter[name] = values;
        }
    }

    private static List<ChannelRecord> Channels(string[]? asked, IReadOnlyList<ChannelRecord> known, List<string> problems)
    {
        if (Values("channel", asked, problems) is not { Count: > 0 } names)
            return [.. known];
        var channels = new List<ChannelRecord>();
        foreach (var name in names)
        {
            if (ChannelNames.Find(known, name) is { } channel)
                channels.Add(channel);
            else
                problems.Add($"channel: {Quoted.Of(name)} is not recorded; {Choices.Of(known.Select(c => c.Name))}");
        }

        return [.. channels.Distinct()];
    }

    /// <summary>A local day or an instant; null if it is not given.</summary>
    private static Ts? Instant(string name, string? text, TimeZoneInfo zone, List<string> problems)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (day.Year is >= FirstYear and <= LastYear)
                return Given(LocalDay.Start(day, zone));
        }
        else if (TryMoment(text, out var moment))
        {
            if (moment.Year is >= FirstYear and <= LastYear)
                return Given(Ts.From(moment));
        }
        else
        {
            problems.Add(text.Contains(' ', StringComparison.Ordinal) && TryMoment(text.Replace(' ', '+'), out _)
                ? $"{name}: {Quoted.Of(text)} has a blank, which a + in an address stands for; write the + as %2B: {text.Replace(" ", "%2B", StringComparison.Ordinal)}."
                : $"{name}: {Quoted.Of(text)} is no instant; write a date (2026-11-23) or a moment (2026-11-23T10:00:00Z).");
            return null;
        }

        problems.Add($"{name}: {Quoted.Of(text)} is out of range; write a year from {FirstYear} to {LastYear}.");
        return null;
    }

    /// <summary>The beginning of clocks stands for no beginning: nothing was written within a microsecond of it.</summary>
    private static Ts Given(Ts instant) => instant == Ts.Zero ? new Ts(1) : instant;

    private static bool TryMoment(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, s_moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);

    private static List<string> Tags(string name, string[]? asked, ValueList<Tag> known, List<string> problems)
    {
        var ids = new List<string>();
        foreach (var value in Values(name, asked, problems))
        {
            if (TagNames.Find(known, value) is { } tag)
                ids.Add(tag.Id);
            else
                problems.Add($"{name}: there is no {Quoted.Of(value)}; {Choices.Of(known.Select(t => t.Name))}");
        }

        return [.. ids.Distinct()];
    }

    private static List<string> Ids(string name, string[]? asked, IReadOnlyList<string> known, List<string> problems)
    {
        var values = Values(name, asked, problems);
        problems.AddRange(values.Except(known).Select(v => $"{name}: there is no {Quoted.Of(v)}; {Choices.Of(known)}"));
        return values;
    }

    private static List<ThreadStatus> StatusesOf(string[]? asked, List<string> problems)
    {
        var statuses = new List<ThreadStatus>();
        foreach (var value in Values("status", asked, problems))
        {
            if (Word.Parse<ThreadStatus>(value) is { } status && s_statuses.Contains(status))
                statuses.Add(status);
            else
                problems.Add($"status: {Quoted.Of(value)} is none; {Choices.Of(Statuses)}");
        }

        return statuses;
    }

    private static List<UserId> People(string name, string[]? asked, List<string> problems)
    {
        var values = Values(name, asked, problems);
        problems.AddRange(values.Where(v => !UserId.IsOne(v)).Select(v => $"{name}: {Quoted.Of(v)} is no user id; write for example U0ANN."));
        return values.ConvertAll(v => new UserId(v));
    }

    private static List<string> Values(string name, string[]? asked, List<string> problems)
    {
        List<string> values = [.. (asked ?? []).Distinct()];
        if (values.Count <= MostValues)
            return values;
        problems.Add($"{name}: {values.Count} values are too many; at most {MostValues}.");
        return [];
    }
}
