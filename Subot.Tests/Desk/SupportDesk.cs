using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.Configuration;
using Subot.Bot.Notices;
using Subot.Bot.Reports;
using Subot.Bot.Scheduling;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Settings;
using Subot.Tests.Storage;

namespace Subot.Tests.Desk;

/// <summary>
/// A bot as it is put together, without its socket, on a clock that stands still until the test moves it: events are handed to it one by
/// one, what is due is looked at each minute, and what it says is written down. It can be stopped and started at any moment.
/// </summary>
internal sealed class SupportDesk : IAsyncDisposable
{
    public const string Help = "C0HELP";
    private readonly MemoryStore _store = new();
    private readonly TimeZoneInfo _zone;
    private readonly List<string> _transcript = [];
    private readonly Dictionary<string, string> _labels = [];
    private ServiceProvider? _bot;

    /// <param name="start">The local time at which it begins.</param>
    public SupportDesk(string zone, DateTime start)
    {
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Time = new FakeTimeProvider(LocalMoment(start));
        Slack = new DeskSlack(Time) { Seen = Write };
        Parameters["SLACK_ID"] = Help;
        Parameters["SLACK_APP_TOKEN"] = "xapp-1-test";
        Parameters["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = "xoxb-test";
        Parameters["SUBOT_TIME_ZONE"] = zone;
    }

    public FakeTimeProvider Time { get; }

    public DeskSlack Slack { get; }

    public Dictionary<string, string> Parameters { get; } = [];

    /// <summary>What the bot said, in order, with local times and the names of requests and people.</summary>
    public string Transcript => string.Join('\n', _transcript);

    /// <summary>What the bot posted, in order.</summary>
    public IReadOnlyList<SlackMessage> Posts => Slack.Posts;

    private IServiceProvider Bot => _bot ?? throw new InvalidOperationException("The bot is down.");

    public async Task StartAsync(CancellationToken ct = default)
    {
        var options = BotOptions.Read(new ParameterSource(Parameters.GetValueOrDefault), ".", Time);
        var start = await BotStart.PrepareAsync(options, _store, Slack.Api, Time, NullLogger.Instance, ct);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddLogging();
        services.AddBot(options, start);
        // It has no connection that could be behind.
        services.AddSingleton<IsBehind>(new IsBehind(_ => false));
        _bot = services.BuildServiceProvider();
        await Bot.GetRequiredService<ChannelLeases>().RenewAsync(ct);
        await Loop.StartAsync(ct);
    }

    public async Task StopAsync()
    {
        if (_bot is null)
            return;
        await Loop.StopAsync(CancellationToken.None);
        await _bot.DisposeAsync();
        _bot = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _store.DisposeAsync();
    }

    /// <summary>Writes a line of one's own into the transcript.</summary>
    public void Note(string text) => _transcript.Add($"{Now():ddd dd HH:mm} -- {text}");

    /// <summary>Changes settings as an admin does.</summary>
    public async Task ChangeAsync(Func<TeamSettings, TeamSettings> edit)
    {
        await Bot.GetRequiredService<SettingsEditor>().ChangeAsync(edit, "U0ADMIN", Ts.From(Time.GetUtcNow()), default);
        await Bot.GetRequiredService<SettingsWatch>().LookAsync(default);
    }

    /// <summary>Somebody writes; a label names what they wrote in the transcript.</summary>
    public async Task<Ts> SayAsync(string user, string label, string text, Ts? thread = null)
    {
        var ts = Slack.NextTs();
        _labels[ts.ToString()] = label;
        await HearAsync(new MessagePosted(Help, "channel", new SlackMessage { Ts = ts.ToString(), ThreadTs = thread?.ToString(), User = user, Text = text }, ts.ToString()));
        return ts;
    }

    public Task ReactAsync(string user, Ts root, string emoji, bool added = true) => HearAsync(added
        ? new ReactionAdded(user, emoji, null, "message", Help, root.ToString(), Slack.NextTs().ToString())
        : new ReactionRemoved(user, emoji, null, "message", Help, root.ToString(), Slack.NextTs().ToString()));

    public Task JoinAsync(string user) => HearAsync(new MemberJoinedChannel(user, Help, null, Slack.NextTs().ToString()));

    /// <summary>Puts a fact in as a button does.</summary>
    public async Task PutAsync(Ts root, Fact fact)
    {
        var key = new ThreadKey(new ChannelId(Help), root);
        await Bot.GetRequiredService<ApplyQueue>().AddAndWaitAsync([new Arrival(key, new MessageKey(key.Channel, root), fact)], default);
        await SendAsync();
    }

    /// <summary>Hands an event to the bot, if it runs, and lets it answer.</summary>
    public async Task HearAsync(SlackEvent slackEvent)
    {
        if (Bot.GetRequiredService<Translation>().Translate(slackEvent) is { } arrival)
            await Bot.GetRequiredService<ApplyQueue>().AddAndWaitAsync([arrival], default);
        foreach (var reader in Bot.GetServices<INoticeReader>())
            await reader.ReadAsync(slackEvent, default);
        await SendAsync();
    }

    /// <summary>Lets time pass until a local time; while the bot runs it looks each minute at what is due.</summary>
    public async Task UntilAsync(DateTime local)
    {
        for (var end = LocalMoment(local); Time.GetUtcNow() < end;)
        {
            Time.Advance(TimeSpan.FromMinutes(1) < end - Time.GetUtcNow() ? TimeSpan.FromMinutes(1) : end - Time.GetUtcNow());
            if (_bot is not null)
                await LookAsync();
        }
    }

    /// <summary>Looks at what is due, and sends it.</summary>
    public async Task LookAsync()
    {
        var history = Bot.GetRequiredService<CurrentSettings>().History;
        var expired = await Expiry.DueAsync(_store, new ChannelId(Help), history, Ts.From(Time.GetUtcNow()), int.MaxValue, default);
        if (expired.Count > 0)
            await Bot.GetRequiredService<ApplyQueue>().AddAndWaitAsync(expired, default);
        await Bot.GetServices<IHostedService>().OfType<Scheduler>().Single().LookAsync(new ChannelId(Help), default);
        await SendAsync();
    }

    private async Task SendAsync()
    {
        var sender = ActivatorUtilities.CreateInstance<ChannelSender>(Bot, new ChannelId(Help), Bot.GetRequiredService<Composers>(), NullLogger.Instance);
        while (await sender.SendDueAsync(default) > 0)
        {
        }
    }

    private ApplyLoop Loop => Bot.GetServices<IHostedService>().OfType<ApplyLoop>().Single();

    private void Write(string what, SlackMessage? post)
    {
        foreach (var (ts, label) in _labels)
            what = what.Replace($"<https://acme/{Help}/p{ts}|", $"<{label}|").Replace(ts, label);
        foreach (var (user, name) in Slack.Names)
            what = what.Replace($"<@{user}>", $"@{name}").Replace(user, name);
        var lines = what.Replace(Help, "#help").Split('\n');
        _transcript.Add($"{Now():ddd dd HH:mm} {lines[0]}");
        _transcript.AddRange(lines.Skip(1).Select(line => $"             {line}"));
    }

    private DateTimeOffset Now() => TimeZoneInfo.ConvertTime(Time.GetUtcNow(), _zone);

    private DateTimeOffset LocalMoment(DateTime local) =>
        LocalDay.At(DateOnly.FromDateTime(local), (int)local.TimeOfDay.TotalMinutes, _zone).ToDateTimeOffset();
}
