using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Tests.Storage;

public sealed partial class MemoryStore
{
    private readonly SortedDictionary<UserId, Person> _people = [];

    public ValueTask RecordPeopleAsync(IReadOnlyCollection<Person> people, CancellationToken ct)
    {
        lock (_lock)
        {
            foreach (var person in people.Where(p => !_people.TryGetValue(p.Id, out var known) || known.AsOf <= p.AsOf))
                _people[person.Id] = person;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyDictionary<UserId, Person>> PeopleAsync(IReadOnlyCollection<UserId> ids, CancellationToken ct)
    {
        lock (_lock)
            return new(ids.Distinct().Where(_people.ContainsKey).ToDictionary(id => id, id => _people[id]));
    }

    public async IAsyncEnumerable<Person> ReadPeopleAsync([EnumeratorCancellation] CancellationToken ct)
    {
        List<Person> people;
        lock (_lock)
            people = [.. _people.Values];
        foreach (var person in people)
            yield return person;
        await Task.CompletedTask;
    }
}
