using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.Configuration;
using Subot.Bot.Settings;
using Subot.Bot.Slash;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Settings;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.Slash;

/// <summary>A bot as it is put together, without its socket, on a clock that stands still: people type commands, and it answers.</summary>
internal sealed class SlashDesk : IAsyncDisposable
{
    public const string Help = "C0HELP";
    public const string Ann = "U0ANN";
    public const string Bob = "U0BOB";
    public const string Tim = "U0TIM";
    public const string Tina = "U0TINA";

    /// <summary>An admin by the settings.</summary>
    public const string Aida = "U0AIDA";

    /// <summary>An admin of the workspace.</summary>
    public const string Boss = "U0BOSS";

    private ServiceProvider _bot = null!;

    private SlashDesk()
    {
    }

    /// <summary>Monday afternoon in Paris.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));

    public MemoryStore Store { get; } = new();

    /// <summary>How often a person was looked up.</summary>
    public int LookUps { get; private set; }

    /// <summary>What a look-up fails with; null: it works.</summary>
    public SlackException? Trouble { get; set; }

    /// <summary>Messages of which Slack has no address any more.</summary>
    public ISet<Ts> Forgotten { get; } = new HashSet<Ts>();

    public Ts Now => Ts.From(Time.GetUtcNow());

    public static TeamSettings Settings { get; } = new() { TimeZone = "Europe/Paris", Team = [Tim, Tina], Admins = [Aida] };

    public static async Task<SlashDesk> OpenAsync(TeamSettings? settings = null, Action<IServiceCollection>? more = null)
    {
        var desk = new SlashDesk();
        await desk.Store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, settings ?? Settings, "test") { WrittenAt = desk.Time.GetUtcNow().AddDays(-30) }, default);
        await desk.Store.RecordChannelAsync(new ChannelRecord(new ChannelId(Help), "help", desk.Now, desk.Now.AddSeconds(-600)), default);
        var parameters = new Dictionary<string, string> { ["SLACK_ID"] = Help, ["SLACK_APP_TOKEN"] = "xapp-1-test", ["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = "xoxb-test" };
        var options = BotOptions.Read(new ParameterSource(parameters.GetValueOrDefault), ".", desk.Time);
        var start = await BotStart.PrepareAsync(options, desk.Store, Between.Put<ISlackApi>(null!, desk.Answer), desk.Time, NullLogger.Instance, default);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddLogging();
        services.AddBot(options, start);
        more?.Invoke(services);
        desk._bot = services.BuildServiceProvider();
        await desk.Loop.StartAsync(default);
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        await Loop.StopAsync(CancellationToken.None);
        await _bot.DisposeAsync();
        await Store.DisposeAsync();
    }

    /// <summary>Somebody types a command, without its name.</summary>
    public Task<string> TypeAsync(string user, string text, string channel = Help) =>
        _bot.GetRequiredService<SlashCommands>().TextAsync(new UserId(user), channel, text, default);

    /// <summary>Somebody wrote, so many hours ago.</summary>
    public async Task<Ts> WriteAsync(string user, double hoursAgo, string text, Ts? thread = null)
    {
        var ts = Ts.From(Time.GetUtcNow().AddHours(-hoursAgo));
        // Patterns look at what is asked.
        var verdicts = thread is null ? Verdicts.None with { Findings = (await SettingsAsync()).Find(text) } : Verdicts.None;
        await PutAsync(thread ?? ts, new MessageFact(ts, new UserId(user), AuthorKind.Person, verdicts), text);
        return ts;
    }

    public Task PutAsync(Ts root, Fact fact, string? text = null)
    {
        var key = new ThreadKey(new ChannelId(Help), root);
        var about = new MessageKey(key.Channel, fact is MessageFact ? fact.Time : root);
        return _bot.GetRequiredService<ApplyQueue>().AddAndWaitAsync([new Arrival(key, about, fact) { Text = text }], default);
    }

    /// <summary>Changes settings from now on, as the bot does when it hears of something.</summary>
    public async Task ChangeAsync(Func<TeamSettings, TeamSettings> edit)
    {
        await _bot.GetRequiredService<SettingsEditor>().ChangeAsync(edit, "test", Now, default);
        await _bot.GetRequiredService<SettingsWatch>().LookAsync(default);
    }

    /// <summary>The facts of a thread that people put in by commands.</summary>
    public async Task<IReadOnlyList<CorrectionFact>> CorrectionsAsync(Ts root) =>
        [.. (await Store.LoadFactsAsync(new ThreadKey(new ChannelId(Help), root), default)).OfType<CorrectionFact>()];

    /// <summary>The settings as they are valid now.</summary>
    public async Task<SettingsVersion> SettingsAsync() => (await Store.SettingsAsync(default)).At(Now);

    public static string LinkTo(Ts message) =>
        $"https://acme.slack.com/archives/{Help}/p{message.ToString().Replace(".", "", StringComparison.Ordinal)}";

    private ApplyLoop Loop => _bot.GetServices<IHostedService>().OfType<ApplyLoop>().Single();

    private object? Answer(string method, object?[] arguments, Func<object?> next) => method switch
    {
        "get_ServerTime" => (DateTimeOffset?)Time.GetUtcNow(),
        nameof(ISlackApi.AuthTestAsync) => Task.FromResult(new AuthTest { UserId = "U0BOT", User = "subot" }),
        nameof(ISlackApi.GetChannelAsync) => Task.FromResult(new SlackChannel { Name = "help", IsMember = true }),
        nameof(ISlackApi.GetPermalinkAsync) => FindLink(Ts.Parse((string)arguments[1]!)),
        nameof(ISlackApi.GetUserAsync) => LookUp((string)arguments[0]!),
        _ => throw new NotSupportedException(method),
    };

    private Task<string> FindLink(Ts message) => Forgotten.Contains(message)
        ? Task.FromException<string>(new SlackException("chat.getPermalink", "message_not_found", SlackErrorKind.Gone))
        : Task.FromResult(LinkTo(message));

    private Task<SlackUser> LookUp(string user)
    {
        LookUps++;
        return Trouble is null ? Task.FromResult(new SlackUser { Id = user, RealName = user[2..].ToLowerInvariant(), IsAdmin = user == Boss }) : Task.FromException<SlackUser>(Trouble);
    }
}
