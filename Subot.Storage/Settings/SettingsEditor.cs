using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage.Privacy;

namespace Subot.Storage.Settings;

/// <summary>What came of a change of settings.</summary>
/// <param name="Problems">Why it is refused, in sentences; empty if it is not.</param>
/// <param name="Changed">Whether anything is different now.</param>
public sealed record SettingsChange(IReadOnlyList<string> Problems, bool Changed)
{
    /// <summary>The number of the newest version after the change, or when there was nothing to change; 0 of a refused one.</summary>
    public int Number { get; init; }

    /// <summary>Somebody else has changed the settings since they were looked at; nothing is changed.</summary>
    public static SettingsChange Outdated { get; } = new([], false) { IsOutdated = true };

    /// <summary>Whether somebody else was first.</summary>
    public bool IsOutdated { get; private init; }

    /// <summary>Nothing is changed.</summary>
    public static SettingsChange Refused(params IReadOnlyList<string> problems) => new(problems, false);
}

/// <summary>
/// Changes settings: a new version with its author, valid from an instant on. Every program that may write settings does it this way.
/// </summary>
public sealed class SettingsEditor(IStore store, TimeProvider time)
{
    /// <summary>Changes what is valid from an instant on, also what is to become valid after it.</summary>
    /// <param name="edit">The new settings; the same for no change.</param>
    /// <param name="author">A user id, or the name of a program.</param>
    /// <param name="seen">
    /// The number of the newest version that the author has seen: if there is a newer one, nothing is changed. Null: it does not matter.
    /// </param>
    public async Task<SettingsChange> ChangeAsync(
        Func<TeamSettings, TeamSettings> edit, string author, Ts from, CancellationToken ct, int? seen = null)
    {
        var erased = await ErasedPeople.OfAsync(store, ct);
        while (true)
        {
            var history = await store.SettingsAsync(ct);
            if (seen is not null && history.Number != seen)
                return SettingsChange.Outdated;
            // The first version was always valid, as the one that a bot makes at its first start.
            IEnumerable<(Ts From, TeamSettings Before)> known = history.IsEmpty ? [(Ts.Zero, new TeamSettings())] : Instants(history, from).Select(i => (i, history.At(i).Settings));
            var edited = known.Select(k => (k.From, k.Before, After: erased.Of(edit(k.Before)))).Where(e => history.IsEmpty || e.Before != e.After).ToList();
            if (edited.Count == 0)
                return new SettingsChange([], false) { Number = history.Number };
            // What was wrong before, by the rules of a newer program, is not the fault of this change.
            if (edited.Select(e => SettingsRules.Problems(e.After).Except(SettingsRules.Problems(e.Before)).ToList()).FirstOrDefault(p => p.Count > 0) is { } problems)
                return SettingsChange.Refused(problems);
            if (await AppendAsync(edited.ConvertAll(e => (e.From, e.After)), history.Number, erased.OfAuthor(author), ct))
                return new SettingsChange([], true) { Number = history.Number + edited.Count };
        }
    }

    /// <summary>An instant, and those after it at which other settings become valid.</summary>
    public static IReadOnlyList<Ts> Instants(SettingsHistory history, Ts from) =>
        [from, .. history.Versions.Select(v => v.ValidFrom).Where(v => v > from)];

    /// <summary>False if somebody else wrote first.</summary>
    private async Task<bool> AppendAsync(List<(Ts From, TeamSettings Settings)> versions, int number, string author, CancellationToken ct)
    {
        foreach (var (from, settings) in versions)
        {
            if (!await store.AppendSettingsAsync(new SettingsVersion(++number, from, settings, author) { WrittenAt = time.GetUtcNow() }, ct))
                return false;
        }

        return true;
    }
}
