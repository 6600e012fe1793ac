using Subot.Bot.Words;
using Subot.Hosting;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>What somebody may have meant, as a question for the end of an error.</summary>
internal static class SlashHint
{
    /// <summary>The question; empty if no word is near.</summary>
    public static string Of(SlashQuestion question, string typed, IEnumerable<string> words) =>
        DidYouMean.Nearest(typed, words) is { } word ? " " + question.Say(TextId.SlashDidYouMean, ("word", SlackText.Escape(word))) : "";
}
