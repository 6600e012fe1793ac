using System.Collections;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Subot.Domain.Values;

/// <summary>A set of names or ids that never changes, and equals another with the same ones. It is walked in their order.</summary>
[CollectionBuilder(typeof(ValueSet), nameof(Create))]
public sealed class ValueSet : IReadOnlySet<string>, IEquatable<ValueSet>
{
    private readonly FrozenSet<string> _names;
    private readonly string[] _ordered;

    private ValueSet(IEnumerable<string> names)
    {
        _names = names.ToFrozenSet(StringComparer.Ordinal);
        _ordered = [.. _names.Order(StringComparer.Ordinal)];
    }

    /// <summary>The set without names.</summary>
    public static ValueSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _ordered.Length;

    /// <summary>A set of these names.</summary>
    public static ValueSet Create(ReadOnlySpan<string> names) => names.IsEmpty ? Empty : new(names.ToArray());

    /// <inheritdoc/>
    public bool Contains(string item) => _names.Contains(item);

    /// <inheritdoc/>
    public bool IsProperSubsetOf(IEnumerable<string> other) => _names.IsProperSubsetOf(other);

    /// <inheritdoc/>
    public bool IsProperSupersetOf(IEnumerable<string> other) => _names.IsProperSupersetOf(other);

    /// <inheritdoc/>
    public bool IsSubsetOf(IEnumerable<string> other) => _names.IsSubsetOf(other);

    /// <inheritdoc/>
    public bool IsSupersetOf(IEnumerable<string> other) => _names.IsSupersetOf(other);

    /// <inheritdoc/>
    public bool Overlaps(IEnumerable<string> other) => _names.Overlaps(other);

    /// <inheritdoc/>
    public bool SetEquals(IEnumerable<string> other) => _names.SetEquals(other);

    /// <inheritdoc/>
    public bool Equals(ValueSet? other) => other is not null && _ordered.AsSpan().SequenceEqual(other._ordered);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _ordered.Aggregate(Count, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_ordered).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{{{string.Join(", ", _ordered)}}}";
}
