using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Simulator.Model;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Bot;

/// <summary>The events that the first Subot was recorded with give, thread by thread, the answers that it gave.</summary>
public sealed class LegacyEventsTests : BotFixture
{
    private const string Support = "C0SUPPORT01";
    private const string TheirBot = "U0SUBOTBOT1";
    private const string Thanks = "Merci pour ton message.";

    [Test]
    public async Task Recorded_events_get_the_recorded_answers()
    {
        var settings = await GiveSettingsAsync();
        Workspace.Add(new Channel(Support, "support", ChannelKind.Public), Workspace.App.BotUserId);
        Parameters["SLACK_ID"] = Support;
        Parameters.Remove("SUBOT_TEAM");
        Parameters["SUBOT_ANSWER_WITHIN"] = "100000d";
        await StartBotAsync();
        var recorded = Recorded(settings);

        using var http = new HttpClient();
        foreach (var body in Events())
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            (await http.PostAsync(new Uri(Simulator.Url, "event"), content, Limit)).EnsureSuccessStatusCode();
            // In their order, as they came: one at a time.
            await AcknowledgedAsync();
            if (body["event"]!["ts"]?.GetValue<string>() is { } ts && recorded.ContainsKey(ts))
                await Replies.UntilAsync(() => Replies.To(Support, ts) > 0, Limit);
        }

        var answered = recorded.Keys.Order().ToDictionary(ts => ts, ts => AnswersIn(settings, string.Join('\n', WordsIn(Support, ts))));
        // m08 was deleted before anybody but the bot had replied: the reply goes with it.
        var deleted = recorded.Keys.Where(ts => WordsIn(Support, ts).Count == 0).ToList();
        Assert.That(deleted, Has.Count.EqualTo(1));
        Assert.That(
            answered.Where(a => !deleted.Contains(a.Key)).Select(a => $"{a.Key}: {a.Value}"),
            Is.EqualTo(recorded.Where(r => !deleted.Contains(r.Key)).OrderBy(r => r.Key).Select(r => $"{r.Key}: {r.Value}")));
        Assert.That(recorded.Keys.Except(deleted).Select(ts => WordsIn(Support, ts).Count), Is.All.EqualTo(1), "one reply each, also where Slack delivered twice");
    }

    /// <summary>What the first Subot was set up with, as settings that were always valid.</summary>
    private async Task<TeamSettings> GiveSettingsAsync()
    {
        var settings = new TeamSettings
        {
            Team = [.. Documents("team").Select(t => t["slack_id"]!.GetValue<string>())],
            Language = "fr",
            Tools = [.. Documents("tools").Select(TagOf)],
            Labels = [.. Documents("labels").Select(TagOf)],
            Reminders = new ReminderSettings { Limit = 0 },
        };
        settings = settings with { Answers = [.. Documents("answers").Select((a, i) => AnswerOf(a, i, settings))] };
        Assert.That(SettingsRules.Problems(settings), Is.Empty);
        await using var store = SqliteStore.Open(Folder);
        await store.AppendSettingsAsync(new SettingsVersion(1, Subot.Domain.Ts.Zero, settings, "test"), Limit);
        return settings;
    }

    private static Tag TagOf(JsonNode tag)
    {
        var name = tag["name"]!.GetValue<string>();
        return new Tag(name, name, [new Pattern(PatternKind.Word, tag["query"]!["regexp"]!["input"]!.GetValue<string>())]);
    }

    private static Answer AnswerOf(JsonNode answer, int number, TeamSettings settings)
    {
        var (tool, label) = (answer["tool"]?.GetValue<string>(), answer["label"]?.GetValue<string>());
        return new Answer($"answer-{number}", settings.Tools.FirstOrDefault(t => t.Name == tool)?.Id, settings.Labels.FirstOrDefault(l => l.Name == label)?.Id, answer["answer"]!.GetValue<string>())
        {
            Feedback = answer["feedback"]!.GetValue<bool>(),
        };
    }

    /// <summary>By thread, the answers of the recorded replies.</summary>
    private static Dictionary<string, string> Recorded(TeamSettings settings)
    {
        var calls = JsonNode.Parse(File.ReadAllText(TestData.Require("legacy", "slack-calls.json")))!.AsArray();
        return calls.Select(c => (Call: c, Body: c!["body"] as JsonObject))
            .Where(c => c.Call!["api_method"]?.GetValue<string>() == "chat.postMessage" && c.Body?["text"]?.GetValue<string>().StartsWith(Thanks, StringComparison.Ordinal) == true)
            // Slack's retry was answered twice there.
            .GroupBy(c => c.Body!["thread_ts"]!.GetValue<string>())
            .ToDictionary(c => c.Key, c => AnswersIn(settings, c.First().Body!["text"]!.GetValue<string>()));
    }

    /// <summary>What Slack told, in order; the first bot's own posts and reactions are its own.</summary>
    private static IEnumerable<JsonObject> Events() =>
        from line in File.ReadLines(TestData.Require("legacy", "events.ndjson"))
        let delivery = JsonNode.Parse(line)!.AsObject()
        where delivery["path"]!.GetValue<string>() == "/event" && delivery["body"] is JsonObject
        let body = delivery["body"]!.AsObject()
        let happened = body["event"] as JsonObject
        where happened is not null && happened["user"]?.GetValue<string>() != TheirBot && !NoteOf(delivery).StartsWith("the bot's own", StringComparison.Ordinal)
            && NoteOf(delivery) != "wrong token"
        select body.DeepClone().AsObject();

    private static string NoteOf(JsonObject delivery) => delivery["note"]?.GetValue<string>() ?? "";

    private static IEnumerable<JsonNode> Documents(string index) =>
        File.ReadLines(TestData.Require("legacy", "indices", index + ".ndjson")).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!["_source"]!);

    private static string AnswersIn(TeamSettings settings, string text) =>
        string.Join(", ", settings.Answers.Where(a => text.Contains(a.Text, StringComparison.Ordinal)).Select(a => a.Id));
}
