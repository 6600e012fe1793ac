using Subot.Storage.Settings;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Subot.Hosting.SettingsFiles;

/// <summary>The keys of a settings file: those that there are, and those that are slips.</summary>
public static class SettingsKeys
{
    private static readonly INamingConvention s_naming = UnderscoredNamingConvention.Instance;

    /// <summary>All keys that no setting has, each with its line and what may be meant.</summary>
    public static List<string> Unknown(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        List<string> problems = [];
        if (stream.Documents is [var document, ..])
            Look(document.RootNode, typeof(SettingsDocument), "", problems);
        return problems;
    }

    /// <param name="place">The keys that lead to the node; empty at the top.</param>
    private static void Look(YamlNode node, Type type, string place, List<string> problems)
    {
        var inner = type.IsGenericType ? type.GetGenericArguments()[^1] : null;
        switch (node)
        {
            case YamlSequenceNode list when inner is not null:
                foreach (var item in list)
                    Look(item, inner, place, problems);
                break;
            case YamlMappingNode entries when inner is not null:
                foreach (var (key, value) in entries)
                    Look(value, inner, Join(place, key), problems);
                break;
            // Values of other kinds are looked at when they are read.
            case YamlMappingNode settings when type.Namespace == typeof(SettingsDocument).Namespace:
                LookAtSettings(settings, type, place, problems);
                break;
        }
    }

    private static void LookAtSettings(YamlMappingNode settings, Type type, string place, List<string> problems)
    {
        var known = type.GetProperties().ToDictionary(p => s_naming.Apply(p.Name), p => p.PropertyType);
        foreach (var (key, value) in settings)
        {
            var name = key.ToString();
            if (known.TryGetValue(name, out var inner))
                Look(value, inner, Join(place, key), problems);
            else
                problems.Add($"line {key.Start.Line}: there is no setting '{Join(place, key)}'; {DidYouMean.Hint(name, known.Keys)}");
        }
    }

    private static string Join(string place, YamlNode key) => place.Length == 0 ? key.ToString() : $"{place}.{key}";
}
