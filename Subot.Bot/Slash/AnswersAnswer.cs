using Subot.Bot.Words;
using Subot.Domain.Settings;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>The automatic answers: a list of them, or what a text would get.</summary>
internal static class AnswersAnswer
{
    private const int MostLines = 30;

    public static string Answer(SlashQuestion question) => question.Arguments switch
    {
        [] => List(question),
        [var verb, _, ..] when verb.Equals("test", StringComparison.OrdinalIgnoreCase) => AnswerTest.Text(question, TextBehind(question)),
        _ => question.Say(TextId.HelpAnswers),
    };

    /// <summary>The state of an answer, for people.</summary>
    public static string StateOf(SlashQuestion question, AnswerState state) => question.Say(state switch
    {
        AnswerState.Active => TextId.AnswerActive,
        AnswerState.Silent => TextId.AnswerSilent,
        _ => TextId.AnswerOff,
    });

    /// <summary>Which requests an answer is for.</summary>
    public static string Kinds(SlashQuestion question, Answer answer)
    {
        var settings = question.Version.Settings;
        List<string> kinds = [];
        if (answer.Tool is { } tool)
            kinds.Add(question.Say(TextId.AnswerTool, ("name", NameOf(settings.Tools, tool))));
        if (answer.Label is { } label)
            kinds.Add(question.Say(TextId.AnswerLabel, ("name", NameOf(settings.Labels, label))));
        return kinds.Count == 0 ? question.Say(TextId.AnswerGeneral) : string.Join(", ", kinds);
    }

    /// <summary>The name of a tool or label.</summary>
    public static string NameOf(IReadOnlyList<Tag> tags, string id) => SlackText.Escape(tags.FirstOrDefault(t => t.Id == id)?.Name ?? id);

    private static string List(SlashQuestion question)
    {
        var answers = question.Version.Settings.Answers.Where(a => !a.Archived).ToList();
        if (answers.Count == 0)
            return question.Say(TextId.AnswersNone);
        List<string> lines = [question.Say(TextId.AnswersTitle, ("count", answers.Count)), .. answers.Take(MostLines).Select(a => Line(question, a))];
        if (answers.Count > MostLines)
            lines.Add(question.Say(TextId.MoreLines, ("count", answers.Count - MostLines)));
        return string.Join('\n', lines);
    }

    private static string Line(SlashQuestion question, Answer answer) => question.Say(
        TextId.AnswersLine,
        ("id", SlackText.Escape(answer.Id)),
        ("kinds", Kinds(question, answer)),
        ("state", StateOf(question, answer.State)),
        ("feedback", answer.Feedback ? question.Say(TextId.AnswersFeedback) : ""),
        ("excerpt", Naming.Excerpt(answer.Text) ?? question.Say(TextId.NoText)),
        ("examples", Examples(question, answer)));

    private static string Examples(SlashQuestion question, Answer answer)
    {
        var count = answer.MustMatch.Count + answer.MustNotMatch.Count;
        // An answer that is off keeps its examples: they say what it would do.
        var judged = answer with { State = AnswerState.Active };
        bool Fits(string text) => question.Version.Find(text) is var found && judged.Fits(found.Tools, found.Labels);
        return count == 0 ? "" : question.Say(
            TextId.AnswersExamples,
            ("good", answer.MustMatch.Count(Fits) + answer.MustNotMatch.Count(e => !Fits(e))),
            ("count", count));
    }

    /// <summary>The text behind the second word, as it was typed.</summary>
    private static string TextBehind(SlashQuestion question)
    {
        var behind = question.Text.TrimStart();
        for (var word = 0; word < 2; word++)
            behind = behind[behind.IndexOfAny([' ', '\t', '\n'])..].TrimStart();
        return behind;
    }
}
