using Subot.Bot.Words;
using Subot.Domain.Facts;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>What a request with a text would get: what is found by which patterns, which answers fit, and why the others do not.</summary>
internal static class AnswerTest
{
    public static string Text(SlashQuestion question, string text)
    {
        var settings = question.Version.Settings;
        var found = question.Version.Find(text);
        List<string> lines =
        [
            .. Found(question, TextId.TestTool, settings.Tools, found.Tools, text),
            .. Found(question, TextId.TestLabel, settings.Labels, found.Labels, text),
        ];
        if (lines.Count == 0)
            lines.Add(question.Say(TextId.TestNothing));
        if (found.TimedOut)
            lines.Add(question.Say(TextId.TestTimedOut));

        var answers = settings.Answers.Where(a => !a.Archived).ToList();
        var fitting = answers.FindAll(a => a.Fits(found.Tools, found.Labels));
        lines.AddRange(fitting.Select(a => question.Say(
            a.State == AnswerState.Silent ? TextId.TestSilent : TextId.TestPosted, ("id", SlackText.Escape(a.Id)), ("excerpt", Naming.Excerpt(a.Text) ?? ""))));
        if (!fitting.Exists(a => a.State == AnswerState.Active))
            lines.Add(question.Say(TextId.TestThanksOnly));
        lines.AddRange(answers.Except(fitting).Select(a => question.Say(TextId.TestNot, ("id", SlackText.Escape(a.Id)), ("reason", Reason(question, a, found)))));
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Found(SlashQuestion question, TextId line, ValueList<Tag> tags, ValueList<string> ids, string text) =>
        tags.Where(t => ids.Contains(t.Id)).Select(t => question.Say(
            line,
            ("name", SlackText.Escape(t.Name)),
            ("patterns", string.Join(", ", t.Patterns.Where(p => Matches(p, text)).Select(Code)))));

    private static bool Matches(Pattern pattern, string text) => new PatternMatcher([("", [pattern])]).Match(text).Ids.Count > 0;

    // What is between backticks cannot hold one.
    private static string Code(Pattern pattern) => $"`{SlackText.Escape(pattern.Text).Replace('`', 'ˋ')}`";

    /// <summary>Why an answer does not fit; what it needs first.</summary>
    private static string Reason(SlashQuestion question, Answer answer, Findings found)
    {
        var settings = question.Version.Settings;
        return answer switch
        {
            { State: AnswerState.Off } => question.Say(TextId.TestIsOff),
            { Tool: { } tool } when !found.Tools.Contains(tool) => question.Say(TextId.TestNeedsTool, ("name", AnswersAnswer.NameOf(settings.Tools, tool))),
            { Label: { } label } when !found.Labels.Contains(label) => question.Say(TextId.TestNeedsLabel, ("name", AnswersAnswer.NameOf(settings.Labels, label))),
            { Tool: null, Label: null } => question.Say(TextId.TestOnlyNothing),
            { Label: null } => question.Say(TextId.TestOnlyNoLabel),
            _ => question.Say(TextId.TestOnlyNoTool),
        };
    }
}
