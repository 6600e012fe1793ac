using System.Runtime.CompilerServices;
using System.Text.Json;
using Subot.Domain;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

public sealed partial class ElasticsearchStore
{
    /// <inheritdoc/>
    public async ValueTask RecordPeopleAsync(IReadOnlyCollection<Person> people, CancellationToken ct)
    {
        foreach (var some in people.Chunk(PageSize))
        {
            // Somebody else wrote in between: what is there now may be the later word.
            for (List<Person> left = [.. some]; left.Count > 0;)
            {
                ct.ThrowIfCancellationRequested();
                var known = await _client.MultiGetAsync(_indices.Records, left.ConvertAll(p => PersonIdOf(p.Id)), DocumentsJson.Default.PersonDocument, ct);
                var newer = left.Zip(known).Where(p => p.Second is null || p.Second.Source.AsOf <= p.First.AsOf.Micros).ToList();
                var outcomes = await WriteAsync(newer.ConvertAll(p => ItemOf(p.First, p.Second?.Version)), ct);
                left = [.. newer.Zip(outcomes).Where(o => o.Second.Kind != BulkOutcomeKind.Done).Select(o => o.First.First)];
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<UserId, Person>> PeopleAsync(IReadOnlyCollection<UserId> ids, CancellationToken ct)
    {
        var people = new Dictionary<UserId, Person>();
        foreach (var some in ids.Distinct().Chunk(PageSize))
        {
            var documents = await _client.MultiGetAsync(_indices.Records, [.. some.Select(PersonIdOf)], DocumentsJson.Default.PersonDocument, ct);
            foreach (var document in documents.OfType<Document<PersonDocument>>())
                people[new UserId(document.Source.Person)] = PersonOf(document.Source);
        }

        return people;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Person> ReadPeopleAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await RefreshAsync(ct);
        await foreach (var document in PagesAsync(_indices.Records, Query.Of(Query.Exists("person")), ["person"], DocumentsJson.Default.PersonDocument, ct))
            yield return PersonOf(document.Source);
    }

    private static string PersonIdOf(UserId id) => $"person:{id}";

    private BulkItem ItemOf(Person person, DocumentVersion? known)
    {
        var document = new PersonDocument(
            person.Id.Value, person.AsOf.Micros, person.Name, person.RealName, person.FirstName, person.LastName, person.DisplayName, person.Email, person.Image32, person.Image512, person.IsBot);
        var body = JsonSerializer.SerializeToUtf8Bytes(document, DocumentsJson.Default.PersonDocument);
        return known is null ? new BulkCreate(_indices.Records, PersonIdOf(person.Id), body) : new BulkIndex(_indices.Records, PersonIdOf(person.Id), body, known);
    }

    private static Person PersonOf(PersonDocument document) => new(new UserId(document.Person), new Ts(document.AsOf))
    {
        Name = document.Name,
        RealName = document.RealName,
        FirstName = document.FirstName,
        LastName = document.LastName,
        DisplayName = document.DisplayName,
        Email = document.Email,
        Image32 = document.Image32,
        Image512 = document.Image512,
        IsBot = document.IsBot,
    };
}
