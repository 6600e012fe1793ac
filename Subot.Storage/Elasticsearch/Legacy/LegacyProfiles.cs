using System.Text.Json;
using Subot.Domain;
using static Subot.Storage.Elasticsearch.Legacy.LegacyReader;

namespace Subot.Storage.Elasticsearch.Legacy;

/// <summary>Gathers who people are: the first Subot repeated it in every message, reply and turn on call. The latest counts.</summary>
internal sealed class LegacyProfiles
{
    private readonly Dictionary<string, Person> _people = [];

    public IReadOnlyCollection<Person> People => [.. _people.Values.OrderBy(p => p.Id)];

    /// <summary>Notes whom a document is about; returns the document.</summary>
    public JsonElement Note(JsonElement document)
    {
        NoteOne(document);
        foreach (var reply in Items(document, "replies"))
            NoteOne(reply);
        return document;
    }

    private void NoteOne(JsonElement from)
    {
        var (info, profile) = (Find(from, "user_info"), Find(Find(from, "user_info"), "profile"));
        var id = Text(info, "id");
        var asOf = Ts.TryParse(Text(from, "ts"), out var ts) ? ts : Ts.Zero;
        if (id.Length == 0 || (_people.TryGetValue(id, out var known) && known.AsOf > asOf))
            return;
        _people[id] = new Person(new UserId(id), asOf)
        {
            Name = Text(info, "name"),
            RealName = Text(profile, "real_name"),
            FirstName = Text(profile, "first_name"),
            LastName = Text(profile, "last_name"),
            DisplayName = Text(profile, "display_name"),
            Email = Text(profile, "email"),
            Image32 = Text(profile, "image_32"),
            Image512 = Text(profile, "image_512"),
            IsBot = (known?.IsBot ?? false) || Find(from, "from_bot").ValueKind == JsonValueKind.True,
        };
    }
}
