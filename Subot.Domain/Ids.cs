namespace Subot.Domain;

/// <summary>The form of Slack's ids: a capital that says of what, then capitals and digits.</summary>
public static class SlackId
{
    /// <summary>Whether a text is an id that begins with one of some capitals.</summary>
    public static bool IsOne(string text, string firsts) =>
        text.Length > 1 && firsts.Contains(text[0], StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}

/// <summary>A channel's id, such as C0HELP0001.</summary>
public readonly record struct ChannelId(string Value) : IComparable<ChannelId>
{
    /// <inheritdoc/>
    public int CompareTo(ChannelId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A person's id, such as U0ANN or W0ANN.</summary>
public readonly record struct UserId(string Value) : IComparable<UserId>
{
    /// <summary>What the ids of people begin with who were erased. Slack's own are shorter than any of these.</summary>
    public const string ErasedPrefix = "UERASED";

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsOne(string text) => SlackId.IsOne(text, "UW");

    /// <summary>Whether it stands for somebody who was erased: nobody has it in Slack.</summary>
    public bool IsErased => Value.Length > 16 && Value.StartsWith(ErasedPrefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(UserId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A thread: the channel and the ts of its first message.</summary>
public readonly record struct ThreadKey(ChannelId Channel, Ts Root) : IComparable<ThreadKey>
{
    /// <inheritdoc/>
    public int CompareTo(ThreadKey other)
    {
        var byChannel = Channel.CompareTo(other.Channel);
        return byChannel != 0 ? byChannel : Root.CompareTo(other.Root);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Channel}:{Root}";
}
