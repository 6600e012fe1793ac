using System.Text.RegularExpressions;
using Subot.Bot.Words;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>People named in a command: <c>&lt;@U1|ann&gt;</c>, or a member id. A plain @name does not tell who is meant.</summary>
internal static partial class Mention
{
    /// <summary>The user id of a word; null if it names nobody.</summary>
    public static string? Parse(string word) => Person().Match(word) is { Success: true } person ? person.Groups["id"].Value : null;

    /// <summary>The user ids of words, or what is to be said of the first that names nobody.</summary>
    public static (IReadOnlyList<string> People, string? Problem) ParseAll(SlashQuestion question, IEnumerable<string> words)
    {
        List<string> people = [];
        foreach (var word in words)
        {
            if (Parse(word) is not { } person)
                return ([], question.Say(word.StartsWith('@') ? TextId.SlashPlainMention : TextId.SlashNoPerson, ("word", SlackText.Escape(word))));
            people.Add(person);
        }

        return (people, null);
    }

    /// <summary>People as Slack shows them. In an answer that one person sees a mention calls nobody.</summary>
    public static string Of(IEnumerable<string> people) => string.Join(", ", people.Select(SlackText.User));

    [GeneratedRegex(@"^(<@(?<id>[UW][A-Z0-9]+)(\|[^>]*)?>|(?<id>[UW][A-Z0-9]{2,}))$")]
    private static partial Regex Person();
}
