using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using YamlDotNet.Serialization;

namespace Subot.Bot.Words;

/// <summary>
/// The bot's words in one language. They lie in a file per language, by name; a team may have its own for each name. A text has places such
/// as <c>{fireman}</c>, and words that go by a number, <c>{count|request|requests}</c>, or by whether a moment names its day.
/// </summary>
internal sealed partial class Wording
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> s_languages = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly ValueDictionary<string> _own;

    private Wording(string language, ValueDictionary<string> own) => (Language, _texts, _own) = (language, Texts(language), own);

    /// <summary>The languages there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr"];

    /// <summary>en or fr.</summary>
    public string Language { get; }

    /// <summary>For dates and percentages.</summary>
    public CultureInfo Culture => Language == "fr" ? Cultures.French : Cultures.English;

    /// <summary>The words of a team.</summary>
    public static Wording Of(TeamSettings settings) => new(settings.Language, settings.Templates);

    /// <summary>The texts of a language, by name.</summary>
    public static IReadOnlyDictionary<string, string> Texts(string language) => s_languages.GetOrAdd(language, Load);

    /// <summary>The name of a text in the files: <c>keep_to_threads</c>.</summary>
    public static string NameOf(TextId id) => WordStart().Replace(id.ToString(), "_$0").ToLowerInvariant().TrimStart('_');

    /// <summary>The places of a text.</summary>
    public static IReadOnlySet<string> PlacesOf(string text) => Place().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet();

    /// <summary>What is wrong with a team's own texts, in sentences; nothing if they can be used.</summary>
    public static IReadOnlyList<string> Problems(ValueDictionary<string> own)
    {
        var known = Texts("en");
        return [.. own.SelectMany(entry => known.TryGetValue(entry.Key, out var text)
            ? PlacesOf(entry.Value).Except(PlacesOf(text)).Select(p => $"The template '{entry.Key}' has no place {{{p}}}; it has: {string.Join(", ", PlacesOf(text).Select(k => $"{{{k}}}"))}.")
            : [$"There is no template '{entry.Key}'. There are: {string.Join(", ", known.Keys)}."])];
    }

    /// <summary>A text with its places filled in. What people wrote must be escaped.</summary>
    public string Say(TextId id, params IReadOnlyList<(string Name, object? Value)> places)
    {
        var name = NameOf(id);
        var text = _own.TryGetValue(name, out var own) ? own : _texts[name];
        return Place().Replace(text, place =>
        {
            var value = places.FirstOrDefault(p => p.Name == place.Groups["name"].Value).Value;
            return place.Groups["one"].Success
                ? place.Groups[IsOne(value) ? "one" : "many"].Value
                : Convert.ToString(value, Culture) ?? "";
        });
    }

    /// <summary>Seconds as people say them: 42 s, 12 min, 3 h 05 min, 2 d 4 h.</summary>
    public string Length(long seconds) => seconds switch
    {
        < 60 => $"{seconds} s",
        < 3600 => $"{seconds / 60} min",
        < 86_400 => $"{seconds / 3600} h {seconds % 3600 / 60:00} min",
        _ => $"{seconds / 86_400} {Say(TextId.DaySign)} {seconds % 86_400 / 3600} h",
    };

    /// <summary>A moment for people: of today the time, else the day too.</summary>
    public SpokenMoment Moment(Ts instant, Ts now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone);
        var namesDay = LocalDay.Of(instant, zone) != LocalDay.Of(now, zone);
        return new SpokenMoment(local.ToString(namesDay ? "ddd d MMM HH:mm" : "HH:mm", Culture), namesDay);
    }

    // French has one of nothing.
    private bool IsOne(object? value) => value switch
    {
        int n => n == 1 || (n == 0 && Language == "fr"),
        long n => n == 1 || (n == 0 && Language == "fr"),
        SpokenMoment moment => !moment.NamesDay,
        _ => false,
    };

    private static Dictionary<string, string> Load(string language)
    {
        using var file = typeof(Wording).Assembly.GetManifestResourceStream($"Subot.Bot.Words.{language}.yaml")!;
        using var reader = new StreamReader(file);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>(reader);
    }

    [GeneratedRegex(@"\{(?<name>[a-z_]+)(\|(?<one>[^|}]*)\|(?<many>[^}]*))?\}")]
    private static partial Regex Place();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
