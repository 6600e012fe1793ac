using System.Runtime.CompilerServices;
using Subot.Domain;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    private const int PeoplePerRead = 500;

    /// <inheritdoc/>
    public ValueTask RecordPeopleAsync(IReadOnlyCollection<Person> people, CancellationToken ct)
    {
        Write(() =>
        {
            foreach (var person in people)
            {
                _database["INSERT INTO person(id, as_of, name, real_name, first_name, last_name, display_name, email, image_32, image_512, is_bot) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET as_of = excluded.as_of, name = excluded.name, real_name = excluded.real_name, first_name = excluded.first_name, last_name = excluded.last_name, display_name = excluded.display_name, email = excluded.email, image_32 = excluded.image_32, image_512 = excluded.image_512, is_bot = excluded.is_bot WHERE excluded.as_of >= as_of"]
                    .Bind(1, person.Id.Value).Bind(2, person.AsOf.Micros).Bind(3, person.Name).Bind(4, person.RealName).Bind(5, person.FirstName).Bind(6, person.LastName)
                    .Bind(7, person.DisplayName).Bind(8, person.Email).Bind(9, person.Image32).Bind(10, person.Image512).Bind(11, person.IsBot ? 1 : 0).Run();
            }
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<UserId, Person>> PeopleAsync(IReadOnlyCollection<UserId> ids, CancellationToken ct)
    {
        var people = new Dictionary<UserId, Person>();
        Read(() =>
        {
            foreach (var id in ids)
            {
                using var row = _database["SELECT id, as_of, name, real_name, first_name, last_name, display_name, email, image_32, image_512, is_bot FROM person WHERE id = ?"].Bind(1, id.Value);
                if (row.Step())
                    people[id] = PersonOf(row);
            }
        });
        return new(people);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Person> ReadPeopleAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var page = PageOfPeople(""); page.Count > 0; page = PageOfPeople(page[^1].Id.Value))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var person in page)
                yield return person;
        }

        await Task.CompletedTask;
    }

    private List<Person> PageOfPeople(string after)
    {
        var people = new List<Person>();
        lock (_writing)
        {
            using var rows = _database["SELECT id, as_of, name, real_name, first_name, last_name, display_name, email, image_32, image_512, is_bot FROM person WHERE id > ? ORDER BY id LIMIT ?"].Bind(1, after).Bind(2, PeoplePerRead);
            while (rows.Step())
                people.Add(PersonOf(rows));
        }

        return people;
    }

    private static Person PersonOf(Statement row) => new(new UserId(row.Text(0)), new Ts(row.Integer(1)))
    {
        Name = row.Text(2),
        RealName = row.Text(3),
        FirstName = row.Text(4),
        LastName = row.Text(5),
        DisplayName = row.Text(6),
        Email = row.Text(7),
        Image32 = row.Text(8),
        Image512 = row.Text(9),
        IsBot = row.Integer(10) != 0,
    };
}
