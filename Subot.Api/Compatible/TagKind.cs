using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage.Settings;

namespace Subot.Api.Compatible;

/// <summary>Tools or labels, which are of one shape.</summary>
internal sealed record TagKind(
    string Name, Func<TeamSettings, ValueList<Tag>> Of, Func<TeamSettings, ValueList<Tag>, TeamSettings> With, Func<Answer, string?> UsedBy)
{
    public static TagKind Tool { get; } = new("tool", s => s.Tools, (s, tags) => s with { Tools = tags }, a => a.Tool);

    public static TagKind Label { get; } = new("label", s => s.Labels, (s, tags) => s with { Labels = tags }, a => a.Label);

    /// <summary>What is not deleted.</summary>
    public IReadOnlyList<TagShape> Shapes(TeamSettings settings) =>
        [.. Of(settings).Where(t => !t.Archived).Select(t => new TagShape(t.Id, t.Name, new QueryShape(new RegexpShape(InputOf(t)))))];

    /// <summary>The settings with a new tag, or another one of a given id.</summary>
    public TeamSettings Put(TeamSettings settings, string? id, TagBody body)
    {
        var tags = Of(settings);
        var known = tags.FirstOrDefault(t => t.Id == id);
        var name = body.Name ?? "";
        if (string.IsNullOrWhiteSpace(name) || (body.Input.Length == 0 && (known is null || InputOf(known).Length > 0)))
            throw CompatibleSettings.Refused($"cannot create empty {Name}");
        // Who renames a tag sends its expression with it: patterns that are none of Lucene's stay.
        var patterns = known is not null && InputOf(known) == body.Input ? known.Patterns : [new Pattern(PatternKind.Word, body.Input)];
        var tag = new Tag(string.IsNullOrEmpty(id) ? SettingsReader.FreeId(name, Name, tags.Select(t => t.Id)) : id, name, patterns);
        return With(settings, known is null ? [.. tags, tag] : [.. tags.Select(t => t == known ? tag : t)]);
    }

    /// <summary>The settings without a tag; it is kept for what was found.</summary>
    public TeamSettings Delete(TeamSettings settings, string id)
    {
        var known = Of(settings).FirstOrDefault(t => t.Id == id && !t.Archived) ?? throw CompatibleSettings.Unknown(id);
        if (settings.Answers.Any(a => !a.Archived && UsedBy(a) == id))
            throw CompatibleSettings.Refused($"cannot delete {Name} : already in use");
        return With(settings, [.. Of(settings).Select(t => t == known ? t with { Archived = true } : t)]);
    }

    /// <summary>All patterns as one expression.</summary>
    private static string InputOf(Tag tag) =>
        tag.Patterns is [var only] ? only.Text : string.Join('|', tag.Patterns.Select(p => $"({p.Text})"));
}
