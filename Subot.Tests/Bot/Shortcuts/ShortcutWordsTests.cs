using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.Shortcuts;

/// <summary>What people see of the shortcuts, in each language, as files that were reviewed.</summary>
public sealed class ShortcutWordsTests
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A view as Slack gets it.</summary>
    internal static string Json(View view)
    {
        var call = JsonNode.Parse(JsonSerializer.Serialize(new OpenView("", view), SlackJson.Default.OpenView))!;
        return call["view"]!.ToJsonString(s_readable);
    }

    [Test]
    public void Modals_are_as_reviewed([Values("en", "fr")] string language)
    {
        var words = Words(language);
        var thread = new ThreadKey(new ChannelId("C0HELP"), Ts.Parse("1763884800.123459"));
        SelectOption[] options = [new() { Text = new PlainText("10:02 · The printer is on fire"), Value = "C0HELP:1763884700.000100" }];
        View[] views =
        [
            TrackShortcut.View(thread, new UserId("U0ANN"), words),
            TrackShortcut.View(thread, null, words),
            SameAsShortcut.View(thread, options, words),
            SameAsShortcut.View(thread, [], words),
            AnswerToShortcut.View(thread, thread.Root, new UserId("U0TIM"), options, words),
            Modals.Notice(words.Say(TextId.FormUnknown), words),
        ];
        Snapshot.Matches($"modals-{language}.json", string.Join('\n', views.Select(Json)));
    }

    [Test]
    public void Words_are_as_reviewed([Values("en", "fr")] string language)
    {
        var words = Words(language);
        var said = from id in Enum.GetValues<TextId>()
                   where id is >= TextId.ShortcutUnknown and < TextId.HomeWaiting
                   select $"{id}: {words.Say(id, ("excerpt", "The printer is on fire"), ("other", "Fire!"), ("requester", "<@U0ANN>"), ("reason", "the disk is full."))}";
        Snapshot.Matches($"words-{language}.txt", string.Join('\n', said));
    }

    [Test]
    public async Task Choices_are_the_newest_hundred_and_as_long_as_Slack_takes_them()
    {
        await using var store = new MemoryStore();
        var naming = new Naming(store, Between.Put<ISlackApi>(null!, (method, _, _) => throw new NotSupportedException(method)));
        var choice = new RequestChoice(store, new CurrentSettings(SettingsHistory.Always(new TeamSettings())), naming);
        var thread = new ThreadKey(new ChannelId("C0HELP"), Ts.Parse("1763884800.123459"));
        var many = Enumerable.Range(0, 150).Select(i => new Subot.Domain.Projection.ProjectedThread(thread with { Root = thread.Root.AddSeconds(i) }));
        var options = await choice.OptionsAsync(many, thread.Root.AddSeconds(200), Words("en"), CancellationToken.None);
        Assert.That(options, Has.Count.EqualTo(100));
        Assert.That(options[0].Value, Is.EqualTo((thread with { Root = thread.Root.AddSeconds(149) }).ToString()));
        Assert.That(options[0].Text.Text, Does.EndWith("(no text)"));
    }

    [Test]
    public void Admins_may_correct_as_the_team_may_and_nobody_else()
    {
        var corrector = new Corrector(null!, new CurrentSettings(SettingsHistory.Always(new TeamSettings { Team = ["U0TIM"], Admins = ["U0ADA"] })));
        bool May(string user) => corrector.May(new UserId(user), Ts.Parse("1763884800.0"));
        Assert.That((May("U0TIM"), May("U0ADA"), May("U0ANN")), Is.EqualTo((true, true, false)));
    }

    private static Wording Words(string language) => Wording.Of(new TeamSettings { Language = language });
}
