using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain.Actions;
using Subot.Simulator;
using Subot.Simulator.Model;

namespace Subot.Tests.Faults;

/// <summary>
/// A bot that dies between posting and writing that down, again and again, while it has much to say: nothing is said twice.
/// </summary>
[NonParallelizable]
public sealed class ReminderKillTests
{
    private const string Help = "C0HELP0001";
    private const int Requests = 30;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    [Test]
    public async Task Killed_between_posted_and_recorded_nothing_is_posted_twice()
    {
        using var limit = new CancellationTokenSource(s_longest);
        var folder = Directory.CreateTempSubdirectory("subot-kill").FullName;
        var workspace = new Workspace(new AppIdentity(), TimeProvider.System);
        workspace.Add(new Channel(Help, "help", ChannelKind.Public), workspace.App.BotUserId);
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Workspace = workspace }, limit.Token);
        var environment = new Dictionary<string, string>
        {
            ["SLACK_ID"] = Help,
            ["SUBOT_TEAM"] = "U0TIM",
            ["SUBOT_DATA"] = folder,
            ["SUBOT_POST_RATE"] = "0",
            ["SUBOT_WORKING_HOURS"] = "Mon-Sun 00:00-24:00",
            ["SUBOT_REMIND_AFTER"] = "2s",
        };
        var asked = 0;
        for (var kill = 1; kill <= 8; kill++)
        {
            await using var bot = BotProcess.Start(simulator, environment, new KillPoint(kill % 2 == 0 ? KillPoint.AfterPost : KillPoint.BeforeRecord, 1 + (kill % 4)));
            var gone = bot.ExitAsync(limit.Token);
            // Each run has some replies to give, and reminders of what was asked before: of more than three requests at once in one
            // message.
            for (; asked < Requests * kill / 8; asked++)
                workspace.Post($"U0ASKER{asked:D2}", Help, $"request {asked}");
            Assert.That(await gone, Is.EqualTo(137), bot.Output);
        }

        await using var last = BotProcess.Start(simulator, environment);
        await UntilAsync(workspace, () => PostsOf(workspace).Count(p => p.StartsWith("reply:", StringComparison.Ordinal)) == Requests && PostsOf(workspace).Exists(p => p.EndsWith(":3", StringComparison.Ordinal)), limit.Token);
        Assert.That(await last.StopAsync(limit.Token), Is.Zero, last.Output);

        var posts = PostsOf(workspace);
        Assert.That(posts, Is.Unique);
        Assert.That(posts.Select(p => BotAction.KindOf(p)), Does.Contain(ActionKind.Reminders).Or.Contain(ActionKind.Reminder));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The ids of the actions that the bot's posts carry.</summary>
    private static List<string> PostsOf(Workspace workspace)
    {
        lock (workspace.Gate)
            return [.. workspace.FindChannel(Help)!.MessagesOf(workspace.App.BotUserId).Select(IdOf).OfType<string>()];
    }

    private static string? IdOf(Message message) => (message.Body()["metadata"] as JsonObject)?["event_payload"]?["id"]?.GetValue<string>();

    private static async Task UntilAsync(Workspace workspace, Func<bool> holds, CancellationToken ct)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (holds())
                reached.TrySetResult();
        }

        workspace.Shown += _ => Look();
        Look();
        await reached.Task.WaitAsync(ct);
    }
}
