using FsCheck;
using FsCheck.Fluent;

namespace Subot.Tests.Domain.Patterns;

/// <summary>An expression of Lucene's with its meaning told naively: where a match that starts at a place of a word can end.</summary>
internal sealed record LuceneOracle(string Text, Func<string, int, IEnumerable<int>> Ends)
{
    public static Gen<LuceneOracle> Any { get; } = Gen.Sized(size => Choice(Math.Min(size, 12)));

    private static readonly Gen<(string Text, int Min, int Max)> s_times = Gen.Frequency(
        (8, Gen.Constant(("", 1, 1))),
        (1, Gen.Elements(("?", 0, 1), ("*", 0, 99), ("+", 1, 99), ("{2}", 2, 2), ("{1,}", 1, 99), ("{0,2}", 0, 2), ("{2,1}", 2, 1))));

    public bool Matches(string word) => Ends(word, 0).Contains(word.Length);

    public override string ToString() => Text;

    private static Gen<LuceneOracle> Choice(int size) =>
        from options in Gen.Frequency((3, Sequence(size).Select(s => new List<LuceneOracle> { s })), (1, Sequence(size / 2).ListOf(2).Select(l => l.ToList())))
        select new LuceneOracle(string.Join('|', options.Select(o => o.Text)), (w, at) => options.SelectMany(o => o.Ends(w, at)).Distinct());

    private static Gen<LuceneOracle> Sequence(int size) =>
        from count in Gen.Choose(1, 4)
        from parts in Repeated(size / 2).ListOf(count)
        select new LuceneOracle(
            string.Concat(parts.Select(p => p.Text)),
            (w, at) => parts.Aggregate((IEnumerable<int>)[at], (starts, part) => starts.SelectMany(f => part.Ends(w, f)).Distinct()));

    private static Gen<LuceneOracle> Repeated(int size) =>
        from item in Item(size)
        from times in s_times
        select times.Text == "" ? item : new LuceneOracle(item.Text + times.Text, (w, at) => Repeat(item, w, at, times.Min, times.Max));

    private static HashSet<int> Repeat(LuceneOracle item, string word, int at, int min, int max)
    {
        var (ends, current) = (new HashSet<int>(), new HashSet<int> { at });
        for (var times = 0; times <= Math.Min(max, word.Length + min + 1); times++)
        {
            if (times >= min)
                ends.UnionWith(current);
            current = [.. current.SelectMany(c => item.Ends(word, c))];
        }

        return ends;
    }

    private static Gen<LuceneOracle> Item(int size) => Gen.Frequency(
        (8, Gen.Elements("a", "b", "i", "k", "s", "é", "ß", "1", "2", "_", "𐐨", "A", "\\d", "\\\u0301").Select(Just)),
        (2, Gen.Constant(new LuceneOracle(".", (w, at) => Next(w, at)))),
        (1, Gen.Constant(new LuceneOracle("@", (w, at) => Enumerable.Range(at, w.Length - at + 1).Where(e => e == w.Length || !char.IsLowSurrogate(w[e]))))),
        (1, Gen.Constant(new LuceneOracle("#", (_, _) => []))),
        (1, Gen.Constant(new LuceneOracle("()", (_, at) => [at]))),
        (1, Gen.Elements("ab", "k", "").Select(s => Just(s) with { Text = $"\"{s}\"" })),
        (1, Gen.Elements("1", "a1", "ik", "a-k", "^a", "^é-ß").Select(Class)),
        (1, Gen.Elements((1, 12, 0), (1, 2, 1), (10, 21, 2), (0, 200, 0)).Select(Interval)),
        (size > 0 ? 2 : 0, size > 0 ? Choice(size / 2).Select(c => c with { Text = $"({c.Text})" }) : Gen.Constant(Just("a"))));

    private static LuceneOracle Just(string text)
    {
        var plain = text.TrimStart('\\');
        return new(text, (w, at) => string.CompareOrdinal(w, at, plain, 0, plain.Length) == 0 ? [at + plain.Length] : []);
    }

    private static IEnumerable<int> Next(string word, int at) =>
        at == word.Length ? [] : [at + (char.IsHighSurrogate(word[at]) ? 2 : 1)];

    private static LuceneOracle Class(string items)
    {
        var (negated, rest) = (items[0] == '^', items.TrimStart('^'));
        bool Has(char c) => rest is [var from, '-', var to] ? c >= from && c <= to : rest.Contains(c);
        return new($"[{items}]", (w, at) => at < w.Length && Has(w[at]) != negated ? Next(w, at) : []);
    }

    private static LuceneOracle Interval((int From, int To, int Digits) bounds) =>
        new($"<{bounds.From}-{bounds.To}>", (w, at) => Enumerable.Range(at, w.Length - at + 1).Where(end =>
            end > at && w.AsSpan(at..end).IndexOfAnyExceptInRange('0', '9') < 0 && (bounds.Digits == 0 || end - at == bounds.Digits)
            && long.TryParse(w.AsSpan(at..end), out var number) && number >= bounds.From && number <= bounds.To));
}
