using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage.Settings;

namespace Subot.Storage.Privacy;

/// <summary>Looks through all threads for a person.</summary>
public sealed class ErasureSearch(IThreadStore store)
{
    private const int AtOnce = 200;
    private const int MostNamed = 1000;

    /// <summary>The threads that name somebody who was erased.</summary>
    public async IAsyncEnumerable<ErasureTrace> FindAsync(ErasedPeople erased, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (record, texts) in ReadAsync(ct))
        {
            if (ErasureTrace.Find(record, texts, erased) is { } trace)
                yield return trace;
        }
    }

    /// <summary>Those of some threads, as they are now, that name somebody who was erased.</summary>
    internal async Task<IReadOnlyList<ErasureTrace>> FindAsync(
        IReadOnlyCollection<ThreadKey> threads, ErasedPeople erased, CancellationToken ct)
    {
        // The version first: facts that come after it make the commit conflict again.
        var stored = await store.LoadAsync(threads, ct);
        var facts = await store.LoadFactsAsync([.. stored.Keys], ct);
        List<ThreadRecord> records = [.. stored.Select(t => new ThreadRecord(t.Value, facts[t.Key], default, Dimensions.None))];
        var texts = await TextsAsync(records, ct);
        return [.. records.Select(r => ErasureTrace.Find(r, texts, erased)).OfType<ErasureTrace>()];
    }

    /// <summary>What erasing a person would change, and the threads in which others wrote their name.</summary>
    public static async Task<ErasurePreview> PreviewAsync(IStore store, UserId id, CancellationToken ct)
    {
        var person = (await store.PeopleAsync([id], ct)).GetValueOrDefault(id);
        // As if it were done: a store that was never told.
        var erased = new ErasedPeople([new PrivacyRequest("", "", default) { Erasure = (await ErasedPeople.OfAsync(store, ct)).Erase(id, []) }]);
        var names = NamesOf(person);
        var preview = new ErasurePreview(id, person?.RealName is { Length: > 0 } name ? name : person?.DisplayName, [], PlacesIn((await store.SettingsAsync(ct)).Latest.Settings, id));
        await foreach (var (record, texts) in new ErasureSearch(store).ReadAsync(ct))
        {
            if (ErasureTrace.Find(record, texts, erased) is { IsNamed: true } trace)
            {
                var messages = record.Facts.OfType<MessageFact>().Count(m => m.Author == id);
                preview = preview with
                {
                    Threads = preview.Threads + 1,
                    Messages = preview.Messages + messages,
                    Texts = preview.Texts + trace.OwnTexts,
                    Mentions = preview.Mentions + trace.Texts.Count - trace.OwnTexts,
                };
            }

            var byOthers = record.Facts.OfType<MessageFact>().Where(m => m.Author != id).Select(m => texts.GetValueOrDefault(new MessageKey(record.Key.Channel, m.Time))).OfType<string>().Select(erased.Renaming.Of);
            if (names is null || !byOthers.Any(t => names.IsMatch(t)))
                continue;
            preview = preview with { NamedThreads = preview.NamedThreads + 1 };
            if (preview.Named.Count < MostNamed)
                preview.Named.Add(record.Key);
        }

        return preview;
    }

    private async IAsyncEnumerable<(ThreadRecord Record, IReadOnlyDictionary<MessageKey, string> Texts)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var records in store.ReadThreadsAsync(null, ct).Chunk(AtOnce).WithCancellation(ct))
        {
            var texts = await TextsAsync(records, ct);
            foreach (var record in records)
                yield return (record, texts);
        }
    }

    private ValueTask<IReadOnlyDictionary<MessageKey, string>> TextsAsync(IEnumerable<ThreadRecord> records, CancellationToken ct) =>
        store.LoadTextsAsync([.. records.SelectMany(r => r.Messages(), (r, m) => new MessageKey(r.Key.Channel, m.Ts))], ct);

    /// <summary>Where the present settings name a person.</summary>
    private static List<string> PlacesIn(TeamSettings settings, UserId id)
    {
        var places = new List<string>();
        if (settings.IsInTeam(id))
            places.Add("in the team");
        if (settings.Admins.Contains(id.Value))
            places.Add("among the admins");
        if (SettingsJson.Write(new TeamSettings { OnCall = settings.OnCall }).Contains($"\"{id}\"", StringComparison.Ordinal))
            places.Add("on call");
        return places;
    }

    /// <summary>How others may have written a person's name, as words of their own; null: no name is known.</summary>
    private static Regex? NamesOf(Person? person)
    {
        if (person is null)
            return null;
        var names = new[] { person.RealName, person.DisplayName, person.Name, $"{person.FirstName} {person.LastName}" }.Select(n => n.Trim()).Where(n => n.Length > 0).Select(Regex.Escape).ToList();
        return names.Count == 0 ? null : new Regex($@"(?<!\w)({string.Join('|', names)})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}

/// <summary>What erasing a person would change.</summary>
/// <param name="Name">Their name, if it is known.</param>
/// <param name="Named">The first threads in which others wrote their name without a mention: that is prose, and stays.</param>
/// <param name="Settings">Where the present settings name them.</param>
public sealed record ErasurePreview(UserId Person, string? Name, List<ThreadKey> Named, IReadOnlyList<string> Settings)
{
    /// <summary>Threads that name the person in any way.</summary>
    public int Threads { get; init; }

    /// <summary>In how many threads others wrote their name.</summary>
    public int NamedThreads { get; init; }

    /// <summary>Messages of theirs, with or without a text.</summary>
    public int Messages { get; init; }

    /// <summary>Texts of theirs.</summary>
    public int Texts { get; init; }

    /// <summary>Texts of others that mention them.</summary>
    public int Mentions { get; init; }
}
