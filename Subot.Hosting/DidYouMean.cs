namespace Subot.Hosting;

/// <summary>The word that somebody may have meant: the nearest by letters typed wrong, left out, put in or swapped.</summary>
public static class DidYouMean
{
    // A slip is made in a word, not in a page of them, which would take long to compare.
    private const int LongestWord = 100;

    /// <summary>What follows the naming of a slip in a sentence: the nearest word, or all that there are.</summary>
    public static string Hint(string typed, IReadOnlyCollection<string> words) =>
        Nearest(typed, words) is { } near ? $"did you mean '{near}'?" : $"there are: {string.Join(", ", words.Order(StringComparer.Ordinal))}.";

    /// <summary>The nearest word; null if none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> words)
    {
        if (typed.Length > LongestWord)
            return null;
        var nearest = words.Select(w => (Word: w, Distance: Distance(typed.ToLowerInvariant(), w.ToLowerInvariant()))).OrderBy(w => w.Distance).FirstOrDefault();
        // A third of the letters: more of them, and every short word is near to every other.
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, Math.Max(typed.Length, nearest.Word.Length) / 3) && nearest.Distance < nearest.Word.Length ? nearest.Word : null;
    }

    /// <summary>How many letters are to be replaced, left out, put in or swapped with the next.</summary>
    public static int Distance(string left, string right)
    {
        var d = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[left.Length, right.Length];
    }
}
