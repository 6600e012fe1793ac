using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Notices;
using Subot.Domain;
using Subot.Slack;

namespace Subot.Bot.Home;

/// <summary>
/// Shows home tabs when they are opened, one after the other, beside all other work. When too many are opened the oldest wait in vain.
/// </summary>
internal sealed partial class HomeTab(HomePublisher publisher, ILogger<HomeTab> log) : BackgroundService, INoticeReader
{
    private const int Most = 200;

    private readonly Channel<UserId> _opened =
        Channel.CreateBounded<UserId>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public Task ReadAsync(SlackEvent slackEvent, CancellationToken ct)
    {
        if (slackEvent is AppHomeOpened { Tab: null or "home" } opened)
            _opened.Writer.TryWrite(new UserId(opened.User));
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var user in _opened.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await publisher.PublishAsync(user, notice: null, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, user, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The home tab of {User} could not be made")]
        public static partial void Failed(ILogger log, UserId user, Exception e);
    }
}
