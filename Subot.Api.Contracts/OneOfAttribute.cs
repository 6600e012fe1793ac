using System.Reflection;

namespace Subot.Api.Contracts;

/// <summary>Which words a text may be: those of an enum's values, or a list that the code has.</summary>
/// <param name="type">The enum, or the type that has the list.</param>
/// <param name="list">The list's name, a static property of words; null for all values of the enum.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OneOfAttribute(Type type, string? list = null) : Attribute
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => list is null
        ? [.. Enum.GetNames(type).Select(Word.Of)]
        : (IReadOnlyList<string>)type.GetProperty(list, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;

    /// <summary>The words that a property or parameter may be; null if it may be any.</summary>
    public static IReadOnlyList<string>? WordsOf(ICustomAttributeProvider? where) =>
        where?.GetCustomAttributes(typeof(OneOfAttribute), inherit: false) is [OneOfAttribute oneOf, ..] ? oneOf.Words : null;
}
