using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Configuration;
using Subot.Bot.Sending;
using Subot.Bot.Slash;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot;

/// <summary>Puts the bot together.</summary>
internal static class BotServices
{
    /// <summary>Adds everything that runs. Hosted services stop in reverse order: what takes from the queue stops last but for the socket, which still acknowledges.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services, BotOptions options, BotStart start)
    {
        services.AddSingleton(options);
        services.AddSingleton(start.Identity);
        services.AddSingleton(start.Store);
        services.AddSingleton<IThreadStore>(start.Store);
        services.AddSingleton(start.Slack);
        services.AddSingleton(start.Time);
        services.AddSingleton(new CurrentSettings(start.Settings));
        services.AddSingleton(new ReplyPolicy(!options.ObserveOnly, options.AnswerWithinSeconds));
        services.AddSingleton(new SocketModeOptions());
        services.AddSingleton(new ReplyTexts(options.Language));
        services.AddSingleton<SocketModeClient>();
        services.AddSingleton<IAcknowledger, SocketAcknowledger>();
        services.AddSingleton<Translation>();
        services.AddSingleton<ApplyQueue>();
        services.AddSingleton<ApplyBatch>();
        services.AddSingleton<SendSignal>();
        services.AddSingleton<BotHealth>();
        services.AddSingleton<Reentry>();
        services.AddSingleton<AsOfClock>();
        services.AddSingleton<StatsAnswer>();
        services.AddSingleton<SlashCommands>();
        services.AddSingleton(p => new CatchUp(
            start.Store, start.Slack, p.GetRequiredService<Translation>(), p.GetRequiredService<ApplyQueue>(), start.Time, options.HistorySeconds,
            p.GetRequiredService<ILogger<CatchUp>>()));
        services.AddSingleton<CatchUpService>();

        services.AddHostedService<SlackConnection>();
        services.AddHostedService<ApplyLoop>();
        services.AddHostedService<Sender>();
        services.AddHostedService(p => p.GetRequiredService<CatchUpService>());
        services.AddHostedService<Housekeeping>();
        return services;
    }
}
