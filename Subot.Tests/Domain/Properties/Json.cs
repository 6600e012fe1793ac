using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Subot.Domain.Projection;

namespace Subot.Tests.Domain.Properties;

/// <summary>Everything there is in a value, so that two can be compared. Sets of reactions are written in order.</summary>
public static class Json
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OrderSets } },
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, s_options);

    private static void OrderSets(JsonTypeInfo type)
    {
        foreach (var set in type.Properties.Where(p => p.PropertyType == typeof(HashSet<RootReaction>)))
        {
            var get = set.Get!;
            set.Get = owner => ((HashSet<RootReaction>)get(owner)!)
                .OrderBy(r => r.Emoji, StringComparer.Ordinal).ThenBy(r => r.User).ToHashSet();
        }
    }
}
