using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>What can stand in a context block: text or a picture.</summary>
[JsonDerivedType(typeof(PlainText))]
[JsonDerivedType(typeof(Mrkdwn))]
[JsonDerivedType(typeof(ImageElement))]
public abstract record ContextElement
{
    /// <summary>Slack's name for it.</summary>
    public abstract string Type { get; }
}

/// <summary>Text: plain, or in Slack's markup.</summary>
[JsonDerivedType(typeof(PlainText))]
[JsonDerivedType(typeof(Mrkdwn))]
public abstract record TextObject(string Text) : ContextElement;

/// <summary>Text shown as it is, but for emoji names in colons: the place for words of people.</summary>
public sealed record PlainText(string Text) : TextObject(Text)
{
    /// <inheritdoc/>
    public override string Type => "plain_text";
}

/// <summary>Text in Slack's markup. Words of people in it must be escaped: <see cref="SlackText.Escape"/>.</summary>
public sealed record Mrkdwn(string Text) : TextObject(Text)
{
    /// <inheritdoc/>
    public override string Type => "mrkdwn";
}

/// <summary>A small picture.</summary>
public sealed record ImageElement(Uri ImageUrl, string AltText) : ContextElement
{
    /// <inheritdoc/>
    public override string Type => "image";
}

/// <summary>What people act on.</summary>
[JsonDerivedType(typeof(Button))]
[JsonDerivedType(typeof(StaticSelect))]
[JsonDerivedType(typeof(UsersSelect))]
[JsonDerivedType(typeof(OverflowMenu))]
[JsonDerivedType(typeof(PlainTextInput))]
public abstract record BlockElement
{
    /// <summary>Slack's name for it.</summary>
    public abstract string Type { get; }

    /// <summary>Comes back with the interaction, at most 255 characters.</summary>
    public required string ActionId { get; init => field = Limit.Text(value, 255, "action_id"); }
}

/// <summary>A button.</summary>
public sealed record Button : BlockElement
{
    /// <inheritdoc/>
    public override string Type => "button";

    /// <summary>At most 75 characters.</summary>
    public required PlainText Text { get; init => field = Limit.Text(value, 75, "a button's text"); }

    /// <summary>Comes back when it is pressed, at most 2,000 characters.</summary>
    public string? Value { get; init => field = Limit.Text(value, 2000, "a button's value"); }

    /// <summary>Where pressing it leads; the press comes as an interaction all the same.</summary>
    public Uri? Url { get; init; }

    /// <summary><c>primary</c> or <c>danger</c>; null for the usual look.</summary>
    public string? Style { get; init; }
}

/// <summary>A list to choose one of.</summary>
public sealed record StaticSelect : BlockElement
{
    /// <inheritdoc/>
    public override string Type => "static_select";

    /// <summary>At most 100.</summary>
    public required IReadOnlyList<SelectOption> Options { get; init => field = Limit.Count(value, 100, "a select"); }

    /// <summary>Shown while nothing is chosen, at most 150 characters.</summary>
    public PlainText? Placeholder { get; init => field = Limit.Text(value, 150, "a placeholder"); }

    /// <summary>Chosen at first.</summary>
    public SelectOption? InitialOption { get; init; }
}

/// <summary>A list of people to choose one of.</summary>
public sealed record UsersSelect : BlockElement
{
    /// <inheritdoc/>
    public override string Type => "users_select";

    /// <summary>The id of the person chosen at first.</summary>
    public string? InitialUser { get; init; }

    /// <summary>Shown while nobody is chosen, at most 150 characters.</summary>
    public PlainText? Placeholder { get; init => field = Limit.Text(value, 150, "a placeholder"); }
}

/// <summary>Three dots that open a menu.</summary>
public sealed record OverflowMenu : BlockElement
{
    /// <inheritdoc/>
    public override string Type => "overflow";

    /// <summary>At most 5.</summary>
    public required IReadOnlyList<SelectOption> Options { get; init => field = Limit.Count(value, 5, "an overflow menu"); }
}

/// <summary>One thing to choose.</summary>
public sealed record SelectOption
{
    /// <summary>At most 75 characters.</summary>
    public required PlainText Text { get; init => field = Limit.Text(value, 75, "an option's text"); }

    /// <summary>Comes back when it is chosen, at most 150 characters.</summary>
    public required string Value { get; init => field = Limit.Text(value, 150, "an option's value"); }
}

/// <summary>A field to type text into.</summary>
public sealed record PlainTextInput : BlockElement
{
    /// <inheritdoc/>
    public override string Type => "plain_text_input";

    /// <summary>Several lines.</summary>
    public bool? Multiline { get; init; }

    /// <summary>What it holds at first.</summary>
    public string? InitialValue { get; init; }

    /// <summary>Shown while it is empty, at most 150 characters.</summary>
    public PlainText? Placeholder { get; init => field = Limit.Text(value, 150, "a placeholder"); }
}
