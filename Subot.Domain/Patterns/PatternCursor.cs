namespace Subot.Domain.Patterns;

/// <summary>Where a reader is in a pattern.</summary>
internal sealed class PatternCursor(string text)
{
    private const int Excerpt = 12;

    public int Position { get; private set; }

    public bool More => Position < text.Length;

    public char Peek => text[Position];

    public ReadOnlySpan<char> Rest => text.AsSpan(Position);

    /// <exception cref="FormatException">The pattern ends here.</exception>
    public char Take() => More ? text[Position++] : throw new FormatException("the pattern ends in the middle of something");

    public bool TryTake(char c)
    {
        if (!More || Peek != c)
            return false;
        Position++;
        return true;
    }

    public void Skip(int count) => Position += count;

    public void Back() => Position--;

    /// <summary>Takes up to a character and that character; gives what stands before it.</summary>
    /// <exception cref="FormatException">It does not come.</exception>
    public ReadOnlySpan<char> TakeUntil(char end)
    {
        var length = Rest.IndexOf(end);
        if (length < 0)
            throw new FormatException($"a '{end}' is missing after '{Since(Position - 1)}'");
        var taken = Rest[..length];
        Position += length + 1;
        return taken;
    }

    /// <summary>The pattern from a position on, short enough for a message.</summary>
    public string Since(int start) => text.Length - start <= Excerpt ? text[start..] : text.AsSpan(start, Excerpt).ToString() + "...";
}
