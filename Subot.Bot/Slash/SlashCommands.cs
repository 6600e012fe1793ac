using Microsoft.Extensions.Logging;
using Subot.Bot.Configuration;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Slash;

/// <summary>Answers slash commands, to the person who typed them alone.</summary>
internal sealed partial class SlashCommands(BotOptions options, StatsAnswer stats, ILogger<SlashCommands> log)
{
    public async Task AnswerAsync(SlashCommandDelivery command, CancellationToken ct)
    {
        var words = command.Text.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        try
        {
            await command.RespondAsync(await AnswerAsync(command.Channel, words, ct), ct);
        }
        catch (StoreException e)
        {
            Log.Failed(log, e.Message);
            await command.RespondAsync(new ResponseMessage { Text = "The numbers cannot be read just now: " + e.Message }, ct);
        }
    }

    private async Task<ResponseMessage> AnswerAsync(string channel, string[] words, CancellationToken ct) => words switch
    {
        [] or ["help", ..] => Help(),
        ["stats"] => await stats.AnswerAsync(channel, "7d", ct),
        ["stats", var period] when StatsAnswer.Periods.Contains(period) => await stats.AnswerAsync(channel, period, ct),
        ["stats", var period, ..] => new ResponseMessage
        {
            Text = $"'{SlackText.Escape(period)}' is no period. Try `{options.Command} stats {string.Join(" | ", StatsAnswer.Periods)}`.",
        },
        [var word, ..] => new ResponseMessage { Text = $"There is no command '{SlackText.Escape(word)}'. `{options.Command} help` lists them." },
    };

    private ResponseMessage Help() => new()
    {
        Text = $"""
            *What you can ask me*
            `{options.Command} stats [{string.Join(" | ", StatsAnswer.Periods)}]` — requests, solved, response times (the last 7 days if you name no period)
            `{options.Command} help` — this list
            """,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A slash command could not be answered: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
