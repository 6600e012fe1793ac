using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage.Settings;

namespace Subot.Storage.Privacy;

/// <summary>
/// The people who were erased, as they are known again when Slack, an export or a settings file names them: by keyed hashes of their ids.
/// What is stored is stored under their pseudonyms.
/// </summary>
public sealed class ErasedPeople
{
    /// <summary>What the names of the API's visitors begin with where facts and settings name who made them.</summary>
    public const string VisitorPrefix = "web:";

    private const int MostKept = 100_000;
    private const int PseudonymLength = 20;
    private readonly IReadOnlyList<Erasure> _erasures;
    private readonly ConcurrentDictionary<UserId, UserId> _known = new();

    /// <param name="requests">All requests of a store.</param>
    public ErasedPeople(IEnumerable<PrivacyRequest> requests)
    {
        _erasures = [.. requests.Select(r => r.Erasure).OfType<Erasure>()];
        Renaming = new Renaming(Of);
    }

    /// <summary>Nobody was erased.</summary>
    public static ErasedPeople None { get; } = new([]);

    /// <summary>Whether there is nobody.</summary>
    public bool IsEmpty => _erasures.Count == 0;

    /// <summary>Puts pseudonyms in the place of ids.</summary>
    public Renaming Renaming { get; }

    /// <summary>Reads who was erased from a store.</summary>
    public static async ValueTask<ErasedPeople> OfAsync(IPrivacyStore store, CancellationToken ct) =>
        new(await store.PrivacyRequestsAsync(ct));

    /// <summary>A wish to erase somebody under a random pseudonym, under the one that a former wish gave them if there was one.</summary>
    /// <param name="names">What the directory may call the person, who is a visitor of the API by them.</param>
    public Erasure Erase(UserId person, IEnumerable<string> names)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var pseudonym = Of(person) is { IsErased: true } known ? known : new UserId(UserId.ErasedPrefix + RandomNumberGenerator.GetHexString(PseudonymLength));
        return new Erasure(pseudonym, key, [.. names.Select(n => VisitorPrefix + n).Prepend(person.Value).Select(id => Hash(key, id)).DistinctBy(Convert.ToHexString)]) { Person = person };
    }

    /// <summary>The pseudonym of a person who was erased; of anybody else the same id.</summary>
    public UserId Of(UserId id)
    {
        if (IsEmpty || id.IsErased)
            return id;
        if (_known.Count >= MostKept)
            _known.Clear();
        return _known.GetOrAdd(id, wanted => _erasures.FirstOrDefault(e => Forms(wanted.Value).Any(f => e.Hashes.Any(h => h.AsSpan().SequenceEqual(Hash(e.Key, f)))))?.Pseudonym ?? wanted);
    }

    /// <summary>The same if nobody was erased since; it remembers whom it looked up.</summary>
    public ErasedPeople OrOf(IReadOnlyList<PrivacyRequest> requests) =>
        requests.Count(r => r.Erasure is not null) == _erasures.Count ? this : new(requests);

    /// <summary>The people who were not erased.</summary>
    public IReadOnlyList<Person> Without(IEnumerable<Person> people) => [.. people.Where(p => !Include(p.Id))];

    /// <summary>Whether a person was erased.</summary>
    public bool Include(UserId id) => Of(id) != id;

    /// <summary>Settings that name pseudonyms.</summary>
    public TeamSettings Of(TeamSettings settings)
    {
        if (IsEmpty)
            return settings;
        var written = SettingsJson.Write(settings);
        return Renaming.Of(written) is var renamed && renamed != written ? SettingsJson.Read(renamed) : settings;
    }

    /// <summary>A version of the settings that names pseudonyms, as its author too.</summary>
    public SettingsVersion Of(SettingsVersion version) => version with
    {
        Settings = Of(version.Settings),
        Author = OfAuthor(version.Author),
        Environment = Of(version.Environment),
    };

    /// <summary>
    /// Who wrote settings: a person, a visitor of the API, or a part of the program that followed one (<c>topic:U0ANN</c>).
    /// </summary>
    public string OfAuthor(string author) => Renaming.Of(Of(new UserId(author)).Value);

    /// <summary>What the environment says, naming pseudonyms.</summary>
    public ValueDictionary<string>? Of(ValueDictionary<string>? environment) => environment is null || IsEmpty
        ? environment
        : new ValueDictionary<string>(environment.ToDictionary(e => e.Key, e => Renaming.Of(e.Value)));

    /// <summary>What an id is known by: itself, or of a visitor of the API their name and their id there.</summary>
    private static string[] Forms(string id)
    {
        if (!id.StartsWith(VisitorPrefix, StringComparison.Ordinal) || !id.EndsWith(')') || id.LastIndexOf(" (", StringComparison.Ordinal) is not (var at and > 0))
            return [id];
        return [id[..at], VisitorPrefix + id[(at + 2)..^1]];
    }

    // The names of visitors are told apart by no letter's size; Slack's ids are in capitals anyway.
    private static byte[] Hash(byte[] key, string id) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id.ToLowerInvariant()));
}
