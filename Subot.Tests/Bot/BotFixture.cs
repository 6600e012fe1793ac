using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Subot.Bot.Commands;
using Subot.Bot.Configuration;
using Subot.Domain;
using Subot.Hosting.Configuration;
using Subot.Simulator;
using Subot.Simulator.Model;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.Faults;

namespace Subot.Tests.Bot;

/// <summary>A whole bot in this process, on a store of its own, with a simulated workspace as the outside.</summary>
public abstract class BotFixture
{
    protected const string Help = "C0HELP0001";
    protected const string Ann = "U0ANN";
    protected const string Bob = "U0BOB";
    protected const string Tim = "U0TIM";
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private CancellationTokenSource _limit = null!;
    private CancellationTokenSource _stop = null!;
    private Task _running = Task.CompletedTask;

    protected CancellationToken Limit => _limit.Token;

    /// <summary>The bot's parameters; a test may change them before it starts.</summary>
    protected Dictionary<string, string> Parameters { get; } = [];

    internal RecordedLogs Logs { get; private set; } = new();

    internal BotReplies Replies { get; private set; } = null!;

    protected SimulatorServer Simulator { get; private set; } = null!;

    protected Workspace Workspace => Simulator.Workspace;

    /// <summary>Slack's clock.</summary>
    protected virtual TimeProvider SlacksTime => TimeProvider.System;

    /// <summary>Where the bot keeps what it stores.</summary>
    protected string Folder { get; private set; } = "";

    /// <summary>The app as it is declared in the workspace.</summary>
    protected virtual AppIdentity App => new();

    [SetUp]
    public async Task StartSimulatorAsync()
    {
        (_limit, _stop, _running) = (new CancellationTokenSource(s_longest), new CancellationTokenSource(), Task.CompletedTask);
        Folder = Directory.CreateTempSubdirectory("subot-bot").FullName;
        var workspace = new Workspace(App, SlacksTime);
        workspace.Add(new Channel(Help, "help", ChannelKind.Public), workspace.App.BotUserId);
        Simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Workspace = workspace, Time = SlacksTime, SocketMode = new Subot.Simulator.SocketMode.SocketModeOptions { RetrySeconds = [0.3, 0.3, 0.3, 0.3] } }, Limit);
        Replies = new BotReplies(workspace);
        Parameters.Clear();
        Parameters["SLACK_ID"] = Help;
        Parameters["SLACK_API_URL"] = Simulator.ApiUrl.ToString();
        Parameters["SLACK_APP_TOKEN"] = Simulator.AppToken;
        Parameters["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = Simulator.BotToken;
        Parameters["SUBOT_TEAM"] = Tim;
        Parameters["SUBOT_POST_RATE"] = "0";
    }

    [TearDown]
    public async Task StopEverythingAsync()
    {
        await StopBotAsync();
        await Simulator.DisposeAsync();
        Logs.Dispose();
        _stop.Dispose();
        _limit.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts a bot; returns when it has caught up.</summary>
    protected async Task StartBotAsync(Func<IStore, ISlackApi, (IStore, ISlackApi)>? outside = null, string? folder = null)
    {
        Logs.Dispose();
        Logs = new RecordedLogs();
        _stop.Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        var options = BotOptions.Read(new ParameterSource(Parameters.GetValueOrDefault), folder ?? Folder);
        var logs = Logs;
        _running = RunCommand.RunAsync(options, logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Debug), _stop.Token, outside);
        var caughtUp = Logs.UntilAsync("Caught up", 1, Limit);
        await await Task.WhenAny(caughtUp, _running);
    }

    /// <summary>Stops the bot as Ctrl-C does.</summary>
    protected async Task StopBotAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // Stopped while it was still starting.
        }
    }

    /// <summary>Waits until the bot ends by itself.</summary>
    protected Task EndedAsync()
    {
        var running = _running;
        _running = Task.CompletedTask;
        return running.WaitAsync(Limit);
    }

    /// <summary>Waits until every event is acknowledged: what it led to is stored.</summary>
    protected Task AcknowledgedAsync() => Simulator.Hub.WaitUntilAtMostAsync(0, Limit);

    /// <summary>Waits until the bot has so many replies in a thread.</summary>
    protected Task RepliedAsync(Message root, int times = 1) => Replies.UntilAsync(() => Replies.To(Help, root.Ts) == times, Limit);

    /// <summary>What the bot wrote in a thread.</summary>
    protected IReadOnlyList<string> WordsIn(Message root) => WordsIn(Help, root.Ts);

    /// <inheritdoc cref="WordsIn(Message)"/>
    protected IReadOnlyList<string> WordsIn(string channel, string root)
    {
        lock (Workspace.Gate)
            return [.. Workspace.FindChannel(channel)!.MessagesOf(Workspace.App.BotUserId).Where(m => m.ThreadTs == root).Select(m => m.Text)];
    }

    protected Message Ask(string user, string text = "The printer is on fire") => Workspace.Post(user, Help, text);

    protected Message Answer(Message root, string user, string text = "Which one?") => Workspace.Post(user, Help, text, root.Ts);

    /// <summary>What is stored of a thread; null if nothing is.</summary>
    protected Task<ThreadRecord?> ThreadAsync(Message root) => WithStoreAsync(async store =>
    {
        await foreach (var record in store.ReadThreadsAsync(new ChannelId(Help), Limit))
        {
            if (record.Thread.State.Key.Root == Subot.Domain.Ts.Parse(root.Ts))
                return record;
        }

        return null;
    });

    /// <summary>The stored text of a message.</summary>
    protected Task<string?> TextAsync(Message message) =>
        WithStoreAsync(store => store.TextAsync(new MessageKey(new ChannelId(Help), Subot.Domain.Ts.Parse(message.Ts)), Limit).AsTask());

    /// <summary>All actions.</summary>
    protected Task<List<StoredAction>> ActionsAsync() => WithStoreAsync(async store =>
    {
        var actions = new List<StoredAction>();
        await foreach (var action in store.ReadActionsAsync(Limit))
            actions.Add(action);
        return actions;
    });

    /// <summary>Asks the store as a crash at this moment would leave it: what is acknowledged is there.</summary>
    protected async Task<T> WithStoreAsync<T>(Func<IStore, Task<T>> ask)
    {
        var copy = Directory.CreateDirectory(Path.Combine(Folder, "copies", Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in Directory.GetFiles(Folder, "subot.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        await using var store = SqliteStore.Open(copy);
        return await ask(store);
    }
}
