using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Configuration;
using Subot.Bot.Home;
using Subot.Bot.Interactions;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Notices;
using Subot.Bot.People;
using Subot.Bot.Privacy;
using Subot.Bot.Reports;
using Subot.Bot.Scheduling;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Bot.Slash;
using Subot.Bot.Words;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Settings;

namespace Subot.Bot;

/// <summary>Puts the bot together.</summary>
internal static class BotServices
{
    /// <summary>
    /// Adds everything that runs. Hosted services stop in reverse order: what takes from the queue stops last but for the socket, which
    /// still acknowledges.
    /// </summary>
    public static IServiceCollection AddBot(this IServiceCollection services, BotOptions options, BotStart start)
    {
        services.AddSingleton(options);
        services.AddSingleton(start.Identity);
        services.AddSingleton(start.Features);
        services.AddSingleton(start.Store);
        services.AddSingleton<IThreadStore>(start.Store);
        services.AddSingleton<IActionStore>(start.Store);
        services.AddSingleton<ISettingsStore>(start.Store);
        services.AddSingleton<ILeases>(start.Store);
        services.AddSingleton<IPeopleStore>(start.Store);
        services.AddSingleton(start.Slack);
        services.AddSingleton(start.Time);
        services.AddSingleton(new CurrentSettings(start.Settings));
        services.AddSingleton(new ReplyPolicy(!options.ObserveOnly, options.AnswerWithinSeconds));
        services.AddSingleton(new Forgetting(options.RetentionSeconds));
        services.AddSingleton<PrivacyDesk>();
        services.AddSingleton(new SocketModeOptions());
        services.AddSingleton<SocketModeClient>();
        services.AddSingleton<IAcknowledger, SocketAcknowledger>();
        services.AddSingleton<Translation>();
        services.AddSingleton<ApplyQueue>();
        services.AddSingleton<ApplyBatch>();
        services.AddSingleton<SendSignal>();
        services.AddSingleton<BotHealth>();
        services.AddSingleton<SeenPeople>();
        services.AddSingleton<ChannelLeases>();
        services.AddSingleton<Reentry>();
        services.AddSingleton<ClosedChannels>();
        services.AddSingleton(p => new CatchUp(
            start.Store, start.Slack, p.GetRequiredService<Translation>(), p.GetRequiredService<ApplyQueue>(), p.GetRequiredService<TopicFireman>(), p.GetRequiredService<CurrentSettings>(), p.GetRequiredService<ReplyPolicy>(), start.Time,
            options.HistorySeconds, p.GetRequiredService<ILogger<CatchUp>>()));
        services.AddSingleton<CatchUpService>();

        services.AddSettings();
        services.AddSending();
        services.AddInteractions();
        services.AddReports();
        services.AddHome();
        services.AddSlash();

        // First: nothing may be applied before it is known who was erased.
        services.AddHostedService(p => p.GetRequiredService<PrivacyDesk>());
        services.AddHostedService<SlackConnection>();
        services.AddHostedService<ApplyLoop>();
        services.AddHostedService(p => p.GetRequiredService<ChannelLeases>());
        services.AddHostedService<Sender>();
        services.AddHostedService(p => p.GetRequiredService<CatchUpService>());
        services.AddHostedService(p => p.GetRequiredService<SettingsWatch>());
        services.AddHostedService(p => p.GetRequiredService<TeamGroups>());
        services.AddHostedService(p => p.GetRequiredService<NoticeDesk>());
        services.AddHostedService(p => p.GetRequiredService<HomeTab>());
        services.AddHostedService<PeopleLookup>();
        services.AddHostedService<Scheduler>();
        services.AddHostedService<Housekeeping>();
        return services;
    }

    private static void AddSettings(this IServiceCollection services)
    {
        services.AddSingleton<SettingsEditor>();
        services.AddSingleton<SettingsWatch>();
        services.AddSingleton<OnCallNow>();
        services.AddSingleton<TopicFireman>();
        services.AddSingleton<TeamGroups>();
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton<INoticeReader, Welcomes>();
        services.AddSingleton<INoticeReader>(p => p.GetRequiredService<TopicFireman>());
        services.AddSingleton<INoticeReader>(p => p.GetRequiredService<TeamGroups>());
    }

    private static void AddSending(this IServiceCollection services)
    {
        services.AddSingleton<Naming>();
        services.AddSingleton<RequestList>();
        services.AddSingleton<ReminderClock>();
        services.AddSingleton<ReplyComposer>();
        services.AddSingleton<FeedbackComposer>();
        services.AddSingleton<ReminderComposer>();
        services.AddSingleton<ChannelComposer>();
        services.AddSingleton<Composers>();
        services.AddSingleton<ISchedule, ReminderSchedule>();
        services.AddSingleton<ISchedule, WaitingSchedule>();
        services.AddSingleton<ISchedule, HandOverSchedule>();
    }

    private static void AddInteractions(this IServiceCollection services)
    {
        services.AddSingleton<FeedbackPress>();
        services.AddSingleton<SnoozePress>();
        services.AddSingleton<InteractionDesk>();
        services.AddSingleton<Corrector>();
        services.AddSingleton<Modals>();
        services.AddSingleton<RequestChoice>();
        services.AddSingleton<TrackShortcut>();
        services.AddSingleton<SameAsShortcut>();
        services.AddSingleton<AnswerToShortcut>();
        services.AddSingleton<ShortcutDesk>();
        services.AddSingleton<ModalDesk>();
    }

    private static void AddHome(this IServiceCollection services)
    {
        services.AddSingleton<HomeReader>();
        services.AddSingleton<HomePublisher>();
        services.AddSingleton<HomePress>();
        services.AddSingleton<HomeTab>();
        services.AddSingleton<INoticeReader>(p => p.GetRequiredService<HomeTab>());
    }

    private static void AddSlash(this IServiceCollection services)
    {
        services.AddSingleton<AsOfClock>();
        services.AddSingleton<SlashRights>();
        services.AddSingleton<SlashEditor>();
        services.AddSingleton<StatsAnswer>();
        services.AddSingleton<OpenAnswer>();
        services.AddSingleton<OnCallChange>();
        services.AddSingleton<OnCallAnswer>();
        services.AddSingleton<ReportAnswer>();
        services.AddSingleton<CorrectionAnswer>();
        services.AddSingleton<TeamAnswer>();
        services.AddSingleton<HealthAnswer>();
        services.AddSingleton<SlashCommands>();
    }
}
