using Subot.Domain;
using Subot.Domain.Values;

namespace Subot.Storage.Privacy;

/// <summary>Asks a store to forget. The bot that runs on it does so within seconds.</summary>
public sealed class PrivacyRequests(IStore store, TimeProvider time)
{
    /// <summary>Asks to erase a person.</summary>
    /// <param name="author">Who asks.</param>
    public async Task<PrivacyRequest> EraseAsync(UserId person, string author, CancellationToken ct)
    {
        var erased = await ErasedPeople.OfAsync(store, ct);
        var known = (await store.PeopleAsync([person], ct)).GetValueOrDefault(person);
        var erasure = erased.Erase(person, NamesOf(known));
        await LetTheTeamKnowBothAsync(erasure, ct);
        return await RecordAsync(New(erased.OfAuthor(author)) with { Erasure = erasure }, ct);
    }

    /// <summary>Asks to forget the texts of messages before an instant.</summary>
    public async Task<PrivacyRequest> ForgetTextsAsync(Ts before, string author, CancellationToken ct) =>
        await RecordAsync(New((await ErasedPeople.OfAsync(store, ct)).OfAuthor(author)) with { TextsBefore = before }, ct);

    private PrivacyRequest New(string author) => new(Guid.NewGuid().ToString("N"), author, time.GetUtcNow());

    private async Task<PrivacyRequest> RecordAsync(PrivacyRequest request, CancellationToken ct)
    {
        await store.RecordPrivacyRequestAsync(request, ct);
        return request;
    }

    /// <summary>
    /// From now on some facts name the person and some the pseudonym, until the last thread is rewritten. Whoever of both comes, is of the
    /// team if the person is; versions that say so have to be there before the request is.
    /// </summary>
    private async Task LetTheTeamKnowBothAsync(Erasure erasure, CancellationToken ct)
    {
        foreach (var version in (await store.SettingsAsync(ct)).Written)
        {
            var (person, settings) = (erasure.Person!.Value.Value, version.Settings);
            var both = settings with
            {
                Team = With(settings.Team, person),
                TeamGroups = new ValueDictionary<ValueSet>(settings.TeamGroups.Select(g => KeyValuePair.Create(g.Key, With(g.Value, person)))),
            };
            if (both != settings)
                await store.RewriteSettingsAsync(version with { Settings = both }, ct);
        }

        ValueSet With(ValueSet people, string person) => people.Contains(person) ? [.. people, erasure.Pseudonym.Value] : people;
    }

    private static IEnumerable<string> NamesOf(Person? person) =>
        person is null ? [] : new[] { person.Email, person.Name, person.RealName, person.DisplayName }.Where(n => n.Length > 0);
}
