using Subot.Domain.Settings;

namespace Subot.Api.Settings;

/// <summary>Tools and labels as people name them.</summary>
internal static class TagNames
{
    /// <summary>The tag of an id, or of a name whatever its case, rather one that is in use; null if there is none.</summary>
    public static Tag? Find(IEnumerable<Tag> tags, string named) =>
        tags.FirstOrDefault(t => t.Id == named) ?? tags.OrderBy(t => t.Archived).FirstOrDefault(t => t.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
}
