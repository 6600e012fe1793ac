using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Hosting.Configuration;
using Subot.Storage;
using Subot.Storage.Privacy;
using Subot.Storage.Settings;

namespace Subot.Bot.Settings;

/// <summary>The settings at the start: those of the store, and what the environment says that it did not say before.</summary>
internal static class StartSettings
{
    private const string Environment = "environment";

    /// <summary>
    /// Reads the stored settings, and makes what is new in the environment valid from now on. The first version was always valid.
    /// </summary>
    /// <param name="slacksTime">
    /// Now, on the clock of the messages: on ours the values would be valid too late or too early for them.
    /// </param>
    /// <param name="time">Our own clock, for the record.</param>
    public static async Task<SettingsHistory> LoadAsync(
        IStore store, SettingsParameters parameters, Ts slacksTime, TimeProvider time, CancellationToken ct)
    {
        var erased = await ErasedPeople.OfAsync(store, ct);
        while (true)
        {
            var history = await store.SettingsAsync(ct);
            var before = LastSaid(history, parameters, erased);
            var news = history.IsEmpty || parameters.Texts.Any(t => before is null || before.GetValueOrDefault(t.Key) != t.Value);
            if (!news || await AppendAsync(store, history, before, parameters, slacksTime, time.GetUtcNow(), erased, ct))
                return await store.SettingsAsync(ct);
        }
    }

    /// <summary>
    /// What the environment said last, in its own words: who was erased since is named in them still, and that is no news.
    /// </summary>
    private static ValueDictionary<string>? LastSaid(SettingsHistory history, SettingsParameters parameters, ErasedPeople erased) =>
        history.Written.LastOrDefault(v => v.Environment is not null)?.Environment is not { } stored
            ? null
            : new ValueDictionary<string>(stored.Select(s =>
                KeyValuePair.Create(s.Key, parameters.Texts.TryGetValue(s.Key, out var text) && erased.Renaming.Of(text) == s.Value ? text : s.Value)));

    /// <summary>Writes the new values from now on, and over what is to become valid later.</summary>
    private static async Task<bool> AppendAsync(
        ISettingsStore store,
        SettingsHistory history,
        ValueDictionary<string>? before,
        SettingsParameters parameters,
        Ts slacksTime,
        DateTimeOffset writtenAt,
        ErasedPeople erased,
        CancellationToken ct)
    {
        var number = history.Number;
        // What the environment says for the first time it always said: nothing else is known of the time before.
        foreach (var validFrom in SettingsEditor.Instants(history, before is null ? Ts.Zero : slacksTime).Distinct())
        {
            var settings = history.IsEmpty ? new TeamSettings() : history.At(validFrom).Settings;
            var version = new SettingsVersion(++number, validFrom, parameters.Over(settings, before), Environment) { WrittenAt = writtenAt, Environment = parameters.Texts };
            if (!await store.AppendSettingsAsync(erased.Of(version), ct))
                return false;
        }

        return true;
    }
}
