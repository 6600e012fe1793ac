using System.Text;

namespace Subot.Domain.Patterns;

/// <summary>A word that is searched for, in lower case.</summary>
/// <param name="IsBeginning">Every word will do that begins so.</param>
public readonly record struct SearchedWord(string Text, bool IsBeginning)
{
    /// <inheritdoc/>
    public override string ToString() => IsBeginning ? Text + "*" : Text;
}

/// <summary>
/// Words that texts are searched for: all of them have to occur in a text, in any order and whatever the case. What a word is,
/// <see cref="Words"/> says: the same as to Elasticsearch's index of the texts.
/// </summary>
public sealed class WordSearch
{
    private const char Fence = '\n';

    private readonly string[] _fenced;

    private WordSearch(IReadOnlyList<SearchedWord> words)
    {
        Words = words;
        _fenced = [.. words.Select(w => w.IsBeginning ? Fence + w.Text : Fence + w.Text + Fence)];
    }

    /// <summary>The words, each once.</summary>
    public IReadOnlyList<SearchedWord> Words { get; }

    /// <summary>
    /// Reads what somebody types: words, the last of what stands together with an asterisk if it is only how a word begins. Null if there
    /// is no word in it.
    /// </summary>
    public static WordSearch? Read(string typed)
    {
        var words = new List<SearchedWord>();
        foreach (var part in typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var found = Patterns.Words.Lines(part).Split(Fence, StringSplitOptions.RemoveEmptyEntries);
            words.AddRange(found.Select((w, i) => new SearchedWord(w, i == found.Length - 1 && part.EndsWith('*'))));
        }

        return words.Count == 0 ? null : new WordSearch([.. words.Distinct()]);
    }

    /// <summary>Whether all the words occur in a text, which is in Slack's markup.</summary>
    public bool IsIn(string text)
    {
        // Most texts are told by a glance. What is not there letter by letter is no word there; but for two letters that are i and k in
        // lower case, and where word and text both have others than ASCII's, of which there may be more of that kind.
        var isAscii = Ascii.IsValid(text);
        if ((isAscii || !text.AsSpan().ContainsAny('\u0130', '\u212a')) && Words.Any(w => (isAscii || Ascii.IsValid(w.Text)) && !text.Contains(w.Text, StringComparison.OrdinalIgnoreCase)))
            return false;
        var words = $"{Fence}{Patterns.Words.Lines(text)}{Fence}";
        return Array.TrueForAll(_fenced, w => words.Contains(w, StringComparison.Ordinal));
    }
}
