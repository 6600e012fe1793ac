using System.Text.RegularExpressions;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Bot.Slash;

/// <summary>A slash command as somebody typed it.</summary>
/// <param name="Command">Its name, with the slash.</param>
/// <param name="Channel">Where it was typed; perhaps no watched channel.</param>
/// <param name="Text">What stands behind the name.</param>
/// <param name="Version">The settings that are valid now.</param>
internal sealed partial record SlashQuestion(string Command, UserId User, string Channel, string Text, Ts Now, SettingsVersion Version)
{
    /// <summary>The words of the answer.</summary>
    public Wording Words { get; } = Wording.Of(Version.Settings);

    /// <summary>What was typed, word by word; a mention or a link is one.</summary>
    public IReadOnlyList<string> Parts { get; } = [.. Part().Matches(Text).Select(m => m.Value)];

    /// <summary>What is to be done.</summary>
    public string Name => Parts.Count == 0 ? "help" : Parts[0].ToLowerInvariant();

    /// <summary>With what.</summary>
    public IReadOnlyList<string> Arguments => [.. Parts.Skip(1)];

    /// <summary>A text of the answer; the command's name is at hand in all of them.</summary>
    public string Say(TextId id, params IReadOnlyList<(string Name, object? Value)> places) =>
        Words.Say(id, [.. places, ("command", Command)]);

    /// <summary>A moment for people, in the team's zone.</summary>
    public SpokenMoment Moment(Ts instant) => Words.Moment(instant, Now, Version.Zone);

    [GeneratedRegex(@"<[^>]*>|\S+")]
    private static partial Regex Part();
}
