namespace Subot.Api.Contracts.Settings;

/// <summary>A version of the settings in the audit log.</summary>
/// <param name="Author">A user id, or the name of a program.</param>
/// <param name="ValidFrom">Null: it was always valid.</param>
/// <param name="Changes">
/// The lines that changed, as in a settings file: those that went begin with a minus, those that came with a plus.
/// </param>
public sealed record SettingsEntry(
    int Number, string Author, DateTimeOffset WrittenAt, DateTimeOffset? ValidFrom, IReadOnlyList<string> Changes);

/// <summary>For whom a channel's requests were and will be.</summary>
/// <param name="People">Who the people are that it names, by user id; who is missing is not known.</param>
public sealed record OnCallShifts(
    string Channel, string TimeZone, IReadOnlyList<OnCallShift> Shifts, IReadOnlyDictionary<string, NamedPerson> People);

/// <summary>A stretch for which one person is on call.</summary>
/// <param name="User">User id; null: nobody.</param>
public sealed record OnCallShift(DateTimeOffset From, DateTimeOffset To, string? User);

/// <summary>When the team works, for a channel.</summary>
public sealed record WorkingSlots(string Channel, string TimeZone, IReadOnlyList<WorkingSlot> Slots);

/// <summary>A stretch in which the team works.</summary>
public sealed record WorkingSlot(DateTimeOffset From, DateTimeOffset To);
