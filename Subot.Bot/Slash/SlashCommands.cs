using Microsoft.Extensions.Logging;
using Subot.Bot.Configuration;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>Answers slash commands, to the person who typed them alone.</summary>
internal sealed partial class SlashCommands(
    BotOptions options, CurrentSettings settings, SlashRights rights, StatsAnswer stats, OpenAnswer open, OnCallAnswer onCall, ReportAnswer report,
    CorrectionAnswer correction, TeamAnswer team, HealthAnswer health, TimeProvider time, ILogger<SlashCommands> log)
{
    private static readonly string[] s_names = ["help", "stats", "open", "oncall", "report", "answers", "solve", "reopen", "dismiss", "team", "health"];

    public async Task AnswerAsync(SlashCommandDelivery command, CancellationToken ct) =>
        await command.RespondAsync(new ResponseMessage { Text = await TextAsync(new UserId(command.User), command.Channel, command.Text, ct) }, ct);

    /// <summary>The answer to what somebody typed.</summary>
    /// <param name="text">What stands behind the command's name.</param>
    public async Task<string> TextAsync(UserId user, string channel, string text, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var question = new SlashQuestion(options.Command, user, channel, text, now, settings.History.At(now));
        try
        {
            return await TextAsync(question, ct);
        }
        catch (StoreException e)
        {
            Log.Failed(log, question.Name, e.Message);
            return question.Say(TextId.SlashStoreFailed, ("reason", SlackText.Escape(e.Message)));
        }
        catch (SlackException e)
        {
            Log.Failed(log, question.Name, e.Error);
            return question.Say(TextId.SlashSlackFailed, ("reason", SlackText.Escape(e.Error)));
        }
    }

    private async Task<string> TextAsync(SlashQuestion question, CancellationToken ct)
    {
        if (!s_names.Contains(question.Name))
            return question.Say(TextId.SlashUnknown, ("word", SlackText.Escape(question.Parts[0])), ("hint", SlashHint.Of(question, question.Parts[0], s_names)));
        if (question.Arguments is [var only] && only.Equals("help", StringComparison.OrdinalIgnoreCase))
            return HelpAbout(question, question.Name);
        if (SlashRights.IsForTheTeam(question) && !await rights.HasAsync(question.User, question.Version.Settings, ct))
            return question.Say(TextId.SlashTeamOnly);
        return question.Name switch
        {
            "stats" => await stats.AnswerAsync(question, ct),
            "open" => await open.AnswerAsync(question, ct),
            "oncall" => await onCall.AnswerAsync(question, ct),
            "report" => await report.AnswerAsync(question, ct),
            "answers" => AnswersAnswer.Answer(question),
            "solve" or "reopen" or "dismiss" => await correction.AnswerAsync(question, ct),
            "team" => await team.AnswerAsync(question, ct),
            "health" => await health.AnswerAsync(question, ct),
            _ => Help(question),
        };
    }

    private static string Help(SlashQuestion question) =>
        question.Arguments is [var about, ..] ? HelpAbout(question, about) : question.Say(TextId.HelpAll);

    /// <summary>More about a command, with examples.</summary>
    private static string HelpAbout(SlashQuestion question, string about) => about.ToLowerInvariant() switch
    {
        "open" => question.Say(TextId.HelpOpen),
        "report" => question.Say(TextId.HelpReport),
        "health" => question.Say(TextId.HelpHealth),
        "stats" => question.Say(TextId.HelpStats),
        "oncall" => question.Say(TextId.HelpOncall),
        "answers" => question.Say(TextId.HelpAnswers),
        "solve" or "reopen" or "dismiss" => question.Say(TextId.HelpCorrections),
        "team" => question.Say(TextId.HelpTeam),
        "help" => question.Say(TextId.HelpAll),
        _ => question.Say(TextId.SlashUnknown, ("word", SlackText.Escape(about)), ("hint", SlashHint.Of(question, about, s_names))) + "\n" + question.Say(TextId.HelpAll),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The slash command {Name} could not be answered: {Reason}")]
        public static partial void Failed(ILogger log, string name, string reason);
    }
}
