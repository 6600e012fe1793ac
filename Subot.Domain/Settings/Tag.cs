using Subot.Domain.Patterns;
using Subot.Domain.Values;

namespace Subot.Domain.Settings;

/// <summary>
/// A tool that requests are about, or a label for what they want: found by patterns in the text of a request. Facts name it by its id, so
/// that renaming keeps its history.
/// </summary>
/// <param name="Id">Never changes and is never used again.</param>
/// <param name="Patterns">A text has the tag if one of them matches.</param>
/// <param name="Archived">Deleted: it is found no more, and its name is kept for what was found.</param>
public sealed record Tag(string Id, string Name, ValueList<Pattern> Patterns, bool Archived = false);
