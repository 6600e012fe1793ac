using Subot.Domain;

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
        return await RecordAsync(New(author) with { Erasure = erased.Erase(person, NamesOf(known)) }, ct);
    }

    /// <summary>Asks to forget the texts of messages before an instant.</summary>
    public Task<PrivacyRequest> ForgetTextsAsync(Ts before, string author, CancellationToken ct) => RecordAsync(New(author) with { TextsBefore = before }, ct);

    private PrivacyRequest New(string author) => new(Guid.NewGuid().ToString("N"), author, time.GetUtcNow());

    private async Task<PrivacyRequest> RecordAsync(PrivacyRequest request, CancellationToken ct)
    {
        await store.RecordPrivacyRequestAsync(request, ct);
        return request;
    }

    private static IEnumerable<string> NamesOf(Person? person) =>
        person is null ? [] : new[] { person.Email, person.Name, person.RealName, person.DisplayName }.Where(n => n.Length > 0);
}
