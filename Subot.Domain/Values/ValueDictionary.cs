using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Subot.Domain.Values;

/// <summary>A table by name that never changes, and equals another with equal entries. It is walked in the order of the names.</summary>
[CollectionBuilder(typeof(ValueDictionary), nameof(ValueDictionary.Create))]
public sealed class ValueDictionary<T> : IReadOnlyDictionary<string, T>, IEquatable<ValueDictionary<T>>
{
    private readonly SortedDictionary<string, T> _entries;

    /// <summary>A table of these entries.</summary>
    public ValueDictionary(IEnumerable<KeyValuePair<string, T>> entries) =>
        _entries = new(new Dictionary<string, T>(entries), StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<T> Values => _entries.Values;

    /// <inheritdoc/>
    public T this[string key] => _entries[key];

    /// <summary>The table with one more entry, or another value of one.</summary>
    public ValueDictionary<T> With(string key, T value) => new(_entries.Where(e => e.Key != key).Append(KeyValuePair.Create(key, value)));

    /// <summary>The table without an entry.</summary>
    public ValueDictionary<T> Without(string key) => new(_entries.Where(e => e.Key != key));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _entries.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Equals(ValueDictionary<T>? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueDictionary<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Aggregate(Count, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes tables.</summary>
public static class ValueDictionary
{
    /// <summary>A table of these entries.</summary>
    public static ValueDictionary<T> Create<T>(ReadOnlySpan<KeyValuePair<string, T>> entries) => new(entries.ToArray());
}
