namespace Subot.Domain.Patterns;

/// <summary>
/// Searches a text once for the literals of many patterns (Aho and Corasick): each state is what of some literal has been read so far, and
/// falls back to the longest end of it that begins another.
/// </summary>
internal sealed class LiteralSearch
{
    private const int Root = 0;
    private const int None = -1;

    private readonly List<State> _states = [new State()];

    // All but a few characters of a text are read in the root.
    private readonly int[] _firstAscii = new int[128];
    private readonly Dictionary<char, int> _firstOthers = [];

    /// <param name="literals">For each pattern those of which a match contains one.</param>
    public LiteralSearch(IEnumerable<(int Pattern, IEnumerable<string> Literals)> literals)
    {
        foreach (var (pattern, strings) in literals)
        {
            foreach (var literal in strings)
                Add(literal, pattern);
        }

        Link();
    }

    /// <summary>Marks the patterns of which a literal occurs, in any case.</summary>
    public void Find(ReadOnlySpan<char> text, Span<bool> found)
    {
        var state = Root;
        foreach (var unfolded in text)
        {
            state = Step(state, CaseFolding.Fold(unfolded));
            for (var hit = _states[state].Hit; hit != Root; hit = _states[_states[hit].Fallback].Hit)
            {
                foreach (var pattern in _states[hit].Patterns)
                    found[pattern] = true;
            }
        }
    }

    private void Add(string literal, int pattern)
    {
        var state = Root;
        foreach (var unfolded in literal)
        {
            var c = CaseFolding.Fold(unfolded);
            var next = state == Root ? First(c) : Child(state, c);
            state = next is Root or None ? AddState(state, c) : next;
        }

        if (!_states[state].Patterns.Contains(pattern))
            _states[state].Patterns.Add(pattern);
    }

    private int AddState(int parent, char c)
    {
        var state = _states.Count;
        _states.Add(new State { Last = c, Sibling = _states[parent].Child });
        _states[parent].Child = state;
        if (parent == Root && char.IsAscii(c))
            _firstAscii[c] = state;
        else if (parent == Root)
            _firstOthers[c] = state;
        return state;
    }

    /// <summary>Shorter states first, as a state falls back to a shorter one.</summary>
    private void Link()
    {
        var queue = new Queue<int>([Root]);
        while (queue.TryDequeue(out var parent))
        {
            for (var state = _states[parent].Child; state != None; state = _states[state].Sibling)
            {
                var fallback = parent == Root ? Root : Step(_states[parent].Fallback, _states[state].Last);
                _states[state].Fallback = fallback;
                _states[state].Hit = _states[state].Patterns.Count > 0 ? state : _states[fallback].Hit;
                queue.Enqueue(state);
            }
        }
    }

    private int Step(int state, char c)
    {
        while (state != Root)
        {
            var next = Child(state, c);
            if (next != None)
                return next;
            state = _states[state].Fallback;
        }

        return First(c);
    }

    private int First(char c) => char.IsAscii(c) ? _firstAscii[c] : _firstOthers.GetValueOrDefault(c, Root);

    private int Child(int state, char c)
    {
        var child = _states[state].Child;
        while (child != None && _states[child].Last != c)
            child = _states[child].Sibling;
        return child;
    }

    private sealed class State
    {
        public char Last { get; init; }

        public int Child { get; set; } = None;

        public int Sibling { get; init; } = None;

        public int Fallback { get; set; } = Root;

        /// <summary>This state or the longest it can fall back to that ends a literal; the root: none does.</summary>
        public int Hit { get; set; } = Root;

        public List<int> Patterns { get; } = [];
    }
}
