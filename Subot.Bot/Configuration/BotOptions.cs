using Subot.Domain;
using Subot.Hosting.Configuration;

namespace Subot.Bot.Configuration;

/// <summary>What the environment says to the bot.</summary>
internal sealed record BotOptions
{
    public required string AppToken { get; init; }

    public required string BotToken { get; init; }

    public required Uri ApiUrl { get; init; }

    /// <summary>The watched channels.</summary>
    public required IReadOnlyList<ChannelId> Channels { get; init; }

    public required StorePlace Store { get; init; }

    /// <summary>Age up to which a request found late still gets an automatic reply.</summary>
    public required long AnswerWithinSeconds { get; init; }

    /// <summary>How far back the first catch-up reads.</summary>
    public required long HistorySeconds { get; init; }

    /// <summary>Record everything, post nothing.</summary>
    public required bool ObserveOnly { get; init; }

    /// <summary>Age at which texts are forgotten; null: never.</summary>
    public required long? RetentionSeconds { get; init; }

    public required double PostsPerSecond { get; init; }

    /// <summary>The slash command, with its slash.</summary>
    public required string Command { get; init; }

    /// <summary>The parameters that are settings.</summary>
    public required SettingsParameters Settings { get; init; }

    /// <summary>Reads the parameters of the bot.</summary>
    /// <exception cref="ConfigurationException">Some are missing or wrong.</exception>
    public static BotOptions Read(ParameterSource source, string? dataFolder, TimeProvider? time = null)
    {
        var from = new ParameterReader(source);
        var command = from.Text("SUBOT_COMMAND") ?? "/subot";
        from.Required("SLACK_ID", "id of the watched channel, or several with commas", "C0123456789");
        var options = new BotOptions
        {
            AppToken = from.RequiredToken("SLACK_APP_TOKEN", "app-level token with connections:write", "xapp-"),
            BotToken = from.RequiredToken("SLACK_BOT_USER_OAUTH_ACCESS_TOKEN", "bot token", "xoxb-"),
            ApiUrl = from.Address("SLACK_API_URL", "https://slack.com/api/"),
            Channels = [.. from.Ids("SLACK_ID", "channel id", "CG", "C0123456789").Distinct().Select(id => new ChannelId(id))],
            Store = StorePlace.Read(from, dataFolder),
            AnswerWithinSeconds = from.Seconds("SUBOT_ANSWER_WITHIN", "10m"),
            HistorySeconds = from.Seconds("SUBOT_HISTORY", "30d"),
            ObserveOnly = from.Choice("SUBOT_REPLIES", "on", "on", "observe") == "observe",
            RetentionSeconds = from.SecondsOrOff("SUBOT_RETENTION", "off"),
            PostsPerSecond = from.Number("SUBOT_POST_RATE", 1),
            Command = command.StartsWith('/') ? command : "/" + command,
            Settings = SettingsParameters.Read(from, time ?? TimeProvider.System),
        };
        if (from.Choice("VAULT_ENABLED", "false", "true", "false") == "true")
            from.Refuse("VAULT_ENABLED is true, but this version reads secrets from the environment only: remove it");
        from.ThrowIfWrong();
        return options;
    }
}
