using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Simulator.Faults;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Bot;

/// <summary>A report that was due two hours ago, while the bot was down, before a whole workspace.</summary>
public sealed class ReportPostTests : BotFixture
{
    private DateTimeOffset _due;

    [SetUp]
    public async Task WasDueAsync()
    {
        _due = TimeProvider.System.GetUtcNow().AddHours(-2);
        // A bot has been here before: else nobody would have asked for that report.
        await using var store = SqliteStore.Open(Folder);
        var settings = new TeamSettings
        {
            Reports = new ReportSettings { Weekly = $"{_due.Minute} {_due.Hour} * * {(int)_due.DayOfWeek}" },
            Reminders = new ReminderSettings { Limit = 0 },
        };
        await store.AppendSettingsAsync(new SettingsVersion(1, Subot.Domain.Ts.Zero, settings, "test") { WrittenAt = _due.AddDays(-30) }, Limit);
        Workspace.Post(Ann, Help, "The printer is on fire", ts: Subot.Simulator.Model.Ts.From(_due.AddDays(-2)));
    }

    [Test]
    public async Task Report_shows_its_picture_once_slack_has_processed_it()
    {
        Simulator.Faults.Settings = new FaultSettings { FileProcessingMs = 1500 };
        await StartBotAsync();
        var report = await ReportAsync();
        var picture = report["blocks"]!.AsArray().Single(b => b!["type"]!.GetValue<string>() == "image")!;
        var file = picture["slack_file"]!["id"]!.GetValue<string>();
        Assert.That(picture["alt_text"]!.GetValue<string>(), Does.StartWith("Requests by day. "));
        Assert.That((await StoredAsync()).Attachment, Does.StartWith(file + ":"));
        Assert.That(report["text"]!.GetValue<string>(), Does.Contain("*Requests*: 1").And.Contain("comes late"));
    }

    [Test]
    public async Task Without_the_scope_the_report_goes_without_a_picture_and_the_log_says_why()
    {
        Simulator.Tokens.Scopes = [.. Simulator.Tokens.Scopes.Except(["files:write"])];
        await StartBotAsync();
        var report = await ReportAsync();
        Assert.That(report["blocks"]!.AsArray().Select(b => b!["type"]!.GetValue<string>()), Has.None.EqualTo("image"));
        Assert.That(Logs.Count("Reports go without a picture: Slack takes no upload (missing_scope; needed: files:write)"), Is.EqualTo(1));
    }

    [Test]
    public async Task Bot_that_ends_after_the_post_and_before_it_is_written_down_does_not_post_again()
    {
        var ends = new TaskCompletionSource();
        await StartBotAsync((store, slack) => (Between.Put(store, (method, arguments, next) =>
        {
            if (!IsSettling(method, arguments))
                return next();
            ends.TrySetResult();
            throw new StoreException("It ends here.", mayPass: true);
        }), slack));
        await ends.Task.WaitAsync(Limit);
        await StopBotAsync();
        Assert.That((await StoredAsync()).Status, Is.EqualTo(ActionStatus.Sending));

        var settled = new TaskCompletionSource();
        await StartBotAsync((store, slack) => (Between.Put(store, (method, arguments, next) =>
        {
            var done = next();
            if (IsSettling(method, arguments))
                settled.TrySetResult();
            return done;
        }), slack));
        await settled.Task.WaitAsync(Limit);
        Assert.That((await StoredAsync()).Status, Is.EqualTo(ActionStatus.Sent));
        Assert.That(Replies.Ever, Is.EqualTo(1));
    }

    /// <summary>The sender writes down that it posted, or the loop that the post was seen.</summary>
    private static bool IsSettling(string method, object?[] arguments) => method switch
    {
        nameof(IStore.UpdateActionAsync) => arguments[1] is StoredAction { Status: ActionStatus.Sent },
        nameof(IStore.CommitAsync) => arguments[0] is ChangeSet { OwnPosts.Count: > 0 },
        _ => false,
    };

    private async Task<JsonObject> ReportAsync()
    {
        await Replies.UntilAsync(() => Replies.InChannels.Count == 1, Limit);
        lock (Workspace.Gate)
            return Workspace.FindChannel(Help)!.Find(Replies.InChannels[0].Split(':')[1])!.Show(null);
    }

    private async Task<StoredAction> StoredAsync() => (await ActionsAsync()).Single(a => a.Action.Kind == ActionKind.Report);
}
