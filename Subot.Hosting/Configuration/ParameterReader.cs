using System.Globalization;
using Cronos;
using Subot.Domain.Settings;
using Subot.Hosting.Calendars;

namespace Subot.Hosting.Configuration;

/// <summary>Reads parameters and gathers what is wrong with them, so that one message can tell it all.</summary>
public sealed class ParameterReader(ParameterSource source)
{
    private const int YearsBack = 3;
    private const int YearsAhead = 5;

    private readonly List<string> _problems = [];

    /// <summary>Stops with everything that was wrong so far.</summary>
    /// <exception cref="ConfigurationException">Something was.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
            throw new ConfigurationException(_problems);
    }

    /// <summary>Notes a problem that only the reader of several parameters sees.</summary>
    public void Refuse(string problem) => _problems.Add(problem);

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => source.Find(name);

    /// <summary>A text that must be there; its value is never shown.</summary>
    public string Required(string name, string meaning, string example)
    {
        if (source.Find(name) is { } value)
            return value;
        _problems.Add($"{name} is missing: {meaning}, for example {name}={example}");
        return "";
    }

    /// <summary>A secret with a known beginning; its value is never shown.</summary>
    public string RequiredToken(string name, string meaning, string prefix)
    {
        var value = Required(name, meaning, prefix + "...");
        if (value.Length > 0 && !value.StartsWith(prefix, StringComparison.Ordinal))
            _problems.Add($"{name} is no {meaning}: one begins with {prefix}");
        return value;
    }

    /// <summary>A comma-separated list.</summary>
    public IReadOnlyList<string> List(string name, string fallback = "") =>
        (source.Find(name) ?? fallback).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A comma-separated list of Slack's ids, each beginning with one of these letters.</summary>
    public IReadOnlyList<string> Ids(string name, string meaning, string letters, string example)
    {
        IReadOnlyList<string> ids = [.. List(name).Select(id => id.TrimStart('@'))];
        foreach (var id in ids.Where(id => id.Length < 2 || !letters.Contains(id[0]) || id.Any(c => !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))))
            _problems.Add($"{name}: '{id}' is no {meaning}; write for example {name}={example}");
        return ids;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string name, string fallback, params string[] words)
    {
        var value = source.Find(name) ?? fallback;
        if (words.Contains(value, StringComparer.OrdinalIgnoreCase))
            return value.ToLowerInvariant();
        _problems.Add($"{name}={value} is none of {string.Join(", ", words)}");
        return fallback;
    }

    /// <summary>A length of time such as 90s, 10m, 1h, 14d, in seconds.</summary>
    public long Seconds(string name, string fallback) => SecondsOrOff(name, fallback, mayBeOff: false) ?? 0;

    /// <summary>A length of time in seconds, or null for 'off'.</summary>
    public long? SecondsOrOff(string name, string fallback, bool mayBeOff = true)
    {
        var value = source.Find(name) ?? fallback;
        if (mayBeOff && value.Equals("off", StringComparison.OrdinalIgnoreCase))
            return null;
        if (Length.TryParse(value, out var seconds))
            return seconds;
        _problems.Add($"{name}={value} is no length of time; write for example {fallback}, 90s, 10m or 2h{(mayBeOff ? ", or off" : "")}");
        return 0;
    }

    /// <summary>A positive number; 0 or 'off' where there need be no limit.</summary>
    public double Number(string name, double fallback)
    {
        if (source.Find(name) is not { } text)
            return fallback;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number))
            return number;
        _problems.Add($"{name}={text} is no number; write for example {fallback.ToString(CultureInfo.InvariantCulture)}");
        return fallback;
    }

    /// <summary>An absolute http(s) address.</summary>
    public Uri Address(string name, string fallback)
    {
        var value = source.Find(name) ?? fallback;
        if (Uri.TryCreate(value.EndsWith('/') ? value : value + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address!;
        _problems.Add($"{name}={value} is no address; write for example {fallback}");
        return new Uri(fallback);
    }

    /// <summary>Absolute http(s) addresses, with commas.</summary>
    public IReadOnlyList<Uri> Addresses(string name, string example)
    {
        var addresses = new List<Uri>();
        foreach (var text in List(name))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                addresses.Add(address!);
            else
                _problems.Add($"{name}: one of its addresses is none; write for example {name}={example}");
        }

        return addresses;
    }

    /// <summary>A time zone by its IANA name.</summary>
    public string TimeZone(string name, string fallback)
    {
        var value = source.Find(name) ?? fallback;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone))
            return zone.Id;
        _problems.Add($"{name}={value} is no time zone; write an IANA name such as Europe/Paris");
        return fallback;
    }

    /// <summary>Weekly working hours.</summary>
    public WorkingHours WorkingHours(string name)
    {
        try
        {
            return Domain.Settings.WorkingHours.Parse(source.Find(name) ?? Domain.Settings.WorkingHours.Example);
        }
        catch (FormatException e)
        {
            _problems.Add($"{name}: {e.Message}");
            return Domain.Settings.WorkingHours.Default;
        }
    }

    /// <summary>Dates without work: yyyy-MM-dd, or the path of a calendar file (.ics) whose days around this year count.</summary>
    public IReadOnlyList<DateOnly> Holidays(string name, WorkingHours hours, string zone, int thisYear)
    {
        var dates = new List<DateOnly>();
        foreach (var text in List(name))
        {
            if (text.EndsWith(".ics", StringComparison.OrdinalIgnoreCase))
                dates.AddRange(HolidaysOf(name, text, hours, TimeZoneInfo.FindSystemTimeZoneById(zone), thisYear));
            else if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                dates.Add(date);
            else
                _problems.Add($"{name}: '{text}' is neither a date nor an .ics file; write for example 2026-12-25");
        }

        return dates;
    }

    private IReadOnlyList<DateOnly> HolidaysOf(string name, string path, WorkingHours hours, TimeZoneInfo zone, int thisYear)
    {
        try
        {
            return HolidayFile.Read(path, hours, zone, thisYear - YearsBack, thisYear + YearsAhead).Days;
        }
        catch (ConfigurationException e)
        {
            _problems.AddRange(e.Problems.Select(p => $"{name}: {p}"));
            return [];
        }
    }

    /// <summary>A cron expression of five fields, or null for 'off'.</summary>
    public string? CronOrOff(string name)
    {
        var value = source.Find(name);
        if (value is null || value.Equals("off", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!CronExpression.TryParse(value, out _))
            _problems.Add($"{name}={value} is no cron expression; write for example 0 19 * * 5 (Fridays at 19:00), or off");
        return value;
    }
}
