using Subot.Api.Contracts;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Api.Answers;

/// <summary>Who the people are that an answer names by their ids: looked up at once for all of it.</summary>
internal sealed class PeopleNames(IPeopleStore store)
{
    /// <summary>The known ones of some people, by id; of the others nothing but the id is known.</summary>
    /// <param name="ids">Each as often as it is named, and null where nobody is.</param>
    public async Task<IReadOnlyDictionary<string, NamedPerson>> OfAsync(IEnumerable<string?> ids, CancellationToken ct)
    {
        var people = await store.PeopleAsync([.. ids.OfType<string>().Distinct().Select(id => new UserId(id))], ct);
        var named = new SortedDictionary<string, NamedPerson>(StringComparer.Ordinal);
        foreach (var (id, person) in people)
        {
            if (NameOf(person) is { } name)
                named[id.Value] = new NamedPerson(name, person.Image32.Length > 0 ? person.Image32 : null);
        }

        return named;
    }

    private static string? NameOf(Person person) =>
        new[] { person.DisplayName, person.RealName, person.Name }.FirstOrDefault(n => n.Length > 0);
}
