using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>A part of a message or view (Block Kit). Slack's limits are checked when one is made.</summary>
[JsonDerivedType(typeof(SectionBlock))]
[JsonDerivedType(typeof(ActionsBlock))]
[JsonDerivedType(typeof(ContextBlock))]
[JsonDerivedType(typeof(DividerBlock))]
[JsonDerivedType(typeof(HeaderBlock))]
[JsonDerivedType(typeof(ImageBlock))]
[JsonDerivedType(typeof(InputBlock))]
public abstract record Block
{
    /// <summary>Slack's name for it.</summary>
    public abstract string Type { get; }

    /// <summary>Comes back with interactions, at most 255 characters; Slack invents one where there is none.</summary>
    public string? BlockId { get; init => field = Limit.Text(value, 255, "block_id"); }
}

/// <summary>Text, beside fields in two columns, perhaps with a button at its side.</summary>
public sealed record SectionBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "section";

    /// <summary>At most 3,000 characters.</summary>
    public TextObject? Text { get; init => field = Limit.Text(value, 3000, "a section's text"); }

    /// <summary>At most 10, of 2,000 characters each.</summary>
    public IReadOnlyList<TextObject>? Fields { get; init => field = Limit.Texts(value, 10, 2000, "a section's fields"); }

    /// <summary>What is shown at the side.</summary>
    public BlockElement? Accessory { get; init; }
}

/// <summary>A row of buttons.</summary>
public sealed record ActionsBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "actions";

    /// <summary>At most 25.</summary>
    public required IReadOnlyList<BlockElement> Elements { get; init => field = Limit.Count(value, 25, "an actions block"); }
}

/// <summary>Small grey text and pictures.</summary>
public sealed record ContextBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "context";

    /// <summary>At most 10.</summary>
    public required IReadOnlyList<ContextElement> Elements { get; init => field = Limit.Count(value, 10, "a context block"); }
}

/// <summary>A line.</summary>
public sealed record DividerBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "divider";
}

/// <summary>A headline.</summary>
public sealed record HeaderBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "header";

    /// <summary>At most 150 characters.</summary>
    public required PlainText Text { get; init => field = Limit.Text(value, 150, "a header"); }
}

/// <summary>A picture.</summary>
public sealed record ImageBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "image";

    /// <summary>Where it is, for all to read; null if it is a file of the workspace.</summary>
    public Uri? ImageUrl { get; init; }

    /// <summary>
    /// The file of the workspace that it is. Until Slack has processed an upload it refuses the whole message (<c>invalid_blocks</c>).
    /// </summary>
    public SlackFile? SlackFile { get; init; }

    /// <summary>What it shows, in words, at most 2,000 characters.</summary>
    public required string AltText { get; init => field = Limit.Text(value, 2000, "alt_text"); }
}

/// <summary>A file that was uploaded.</summary>
/// <param name="Id">The answer of <see cref="ISlackApi.UploadFileAsync"/>.</param>
public sealed record SlackFile(string Id);

/// <summary>Something to fill in; in views only.</summary>
public sealed record InputBlock : Block
{
    /// <inheritdoc/>
    public override string Type => "input";

    /// <summary>At most 2,000 characters.</summary>
    public required PlainText Label { get; init => field = Limit.Text(value, 2000, "an input's label"); }

    /// <summary>What to fill in.</summary>
    public required BlockElement Element { get; init; }

    /// <summary>May be left empty.</summary>
    public bool? Optional { get; init; }
}
