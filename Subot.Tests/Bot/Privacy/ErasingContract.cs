using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Copying;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Tests.Bot.Privacy;

/// <summary>
/// After a person is erased nothing of the store tells of them, and every number is what it was. An engine's fixture says how to look for
/// bytes.
/// </summary>
public abstract class ErasingContract
{
    protected const string Person = "U0ZEBULON7";
    private const string Secret = "xylophonequartz";
    private const string Visitor = "web:Zebulon Quagmire (zeb@quagmire.example)";
    private static readonly ChannelId s_help = new("C0HELP");
    private static readonly string[] s_places = ["in the team", "on call"];
    private static readonly UserId s_zebulon = new(Person);
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly UserId s_tim = new("U0TIM");
    private static readonly NumbersQuery s_all = new([s_help], Ts.Zero, At(100_000), At(100_000), new NumbersFilter());

    private FakeTimeProvider _time = null!;

    protected static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    /// <summary>What must not be found: the id, the names, words of every text of theirs.</summary>
    private static string[] Needles => [Person, "Quagmire", "zebbydoo77", "quagmire.example", Secret];

    protected IStore Store { get; private set; } = null!;

    protected abstract Task<IStore> OpenAsync();

    /// <summary>
    /// Whether the store's disk is free of what was erased at once; else one test waits for that, for as long as it takes.
    /// </summary>
    protected virtual bool CompactsAtOnce => true;

    /// <summary>Which of some words the store holds, in whatever form it writes them.</summary>
    /// <param name="onDisk">Whether to look through its files too.</param>
    protected abstract Task<IReadOnlyList<string>> FoundAsync(IReadOnlyList<string> needles, bool onDisk);

    [SetUp]
    public async Task FillAsync()
    {
        _time = new FakeTimeProvider(At(90_000).ToDateTimeOffset());
        Store = await OpenAsync();
        var settings = new TeamSettings { Team = [Person, s_tim.Value], OnCall = new OnCallPlan { Topics = new Dictionary<string, string> { [s_help.Value] = Person } } };
        await Store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, settings, "environment") { WrittenAt = _time.GetUtcNow(), Environment = new ValueDictionary<string>([KeyValuePair.Create("SUBOT_TEAM", $"{Person},{s_tim}")]) }, Ct);
        await Store.AppendSettingsAsync(new SettingsVersion(2, At(50_000), settings with { Language = "fr" }, Visitor) { WrittenAt = _time.GetUtcNow() }, Ct);
        await Store.AppendSettingsAsync(new SettingsVersion(3, At(60_000), settings, $"topic:{Person}") { WrittenAt = _time.GetUtcNow() }, Ct);
        await Store.RecordChannelAsync(new ChannelRecord(s_help, "help", At(90_000), At(90_000)), Ct);
        await Store.RecordPeopleAsync(
            [
                new Subot.Storage.Person(s_zebulon, At(1)) { Name = "zeb", RealName = "Zebulon Quagmire", DisplayName = "zebbydoo77", Email = "zeb@quagmire.example" },
                new Subot.Storage.Person(s_ann, At(1)) { Name = "ann", RealName = "Ann Example" },
            ],
            Ct);
        await ApplyAsync(Forgetting.Nothing);
        var welcome = BotAction.Welcome(s_help, s_zebulon, new DateOnly(2026, 11, 2), At(99_000));
        var reminder = BotAction.Reminder(new ThreadKey(s_help, At(100)), At(100), 1);
        await Store.CreateActionsAsync([.. new[] { welcome, reminder }.Select(a => new StoredAction(a, ActionStatus.Pending) { NextTry = At(1) })], Ct);
        foreach (var id in new[] { welcome.Id, reminder.Id })
        {
            var action = (await Store.ActionAsync(id, Ct))!;
            await Store.UpdateActionAsync(action, action with { Status = ActionStatus.Sent, Attempts = 1, Text = $"<@{Person}> asked: {Secret}", PostedAt = At(2) }, Ct);
        }

        while (await Store.PackAsync(Ct))
        {
        }
    }

    [TearDown]
    public async Task CloseAsync() => await Store.DisposeAsync();

    [Test]
    public async Task Nothing_tells_of_the_person_and_every_number_is_what_it_was()
    {
        var before = await NumbersAsync();
        await Store.RecordPrivacyRequestAsync(new PrivacyRequest("earlier", Visitor, At(1).ToDateTimeOffset()) { TextsBefore = At(1), DoneAt = At(1).ToDateTimeOffset() }, Ct);
        Assert.That(await FoundAsync(Needles, onDisk: true), Is.EquivalentTo(Needles), "or the search would find nothing whatever there is");

        var pseudonym = await EraseAsync(compact: true);

        Assert.That(await FoundAsync(Needles, onDisk: true), Is.Empty);
        Assert.That(await NumbersAsync(), Is.EqualTo(before.Replace(Person, pseudonym.Value, StringComparison.Ordinal)));
        Assert.That((await Check.RunAsync(Store, Ct)).Differences, Is.Empty);
        Assert.That(await Store.TextAsync(new MessageKey(s_help, At(300)), Ct), Is.EqualTo($"ask <@{pseudonym}>, they know"));
        Assert.That(await Store.TextAsync(new MessageKey(s_help, At(200)), Ct), Is.EqualTo("how do I get in?"), "others' words stay");
        var settings = await Store.SettingsAsync(Ct);
        Assert.That(settings.Written.Select(v => v.Author), Is.EqualTo(new[] { "environment", pseudonym.Value, $"topic:{pseudonym}" }));
        Assert.That(settings.Written.Select(v => v.Settings.Team), Is.All.EquivalentTo(new[] { pseudonym.Value, s_tim.Value }));
        Assert.That((await Store.PeopleAsync([s_zebulon, s_ann], Ct)).Keys, Is.EqualTo(new[] { s_ann }));
        var (earlier, request) = (await Store.PrivacyRequestsAsync(Ct)) is [var one, var other] ? (one, other) : throw new AssertionException("two requests");
        Assert.That(earlier.Author, Is.EqualTo(pseudonym.Value));
        Assert.That((request.Author, request.Threads, request.Texts, request.Erasure!.Pseudonym, request.DoneAt is null, request.CompactedAt is null), Is.EqualTo(("web:Ann", 4, 3, pseudonym, false, false)));
    }

    [Test]
    public async Task The_same_events_again_bring_nothing_back()
    {
        await EraseAsync();
        var before = await StoreDigest.OfAsync(Store, Ct);

        await ApplyAsync(new Forgetting(null) { Erased = await ErasedPeople.OfAsync(Store, Ct) });

        Assert.That(await StoreDigest.OfAsync(Store, Ct), Is.EqualTo(before));
        Assert.That(await FoundAsync(Needles, CompactsAtOnce), Is.Empty);
    }

    [Test]
    public async Task Who_comes_back_is_recorded_under_the_pseudonym_and_without_words()
    {
        var pseudonym = await EraseAsync();
        var forgetting = new Forgetting(null) { Erased = await ErasedPeople.OfAsync(Store, Ct) };
        var settings = await Store.SettingsAsync(Ct);
        var batch = new ApplyBatch(Store, ReplyPolicy.None, forgetting);
        var asked = Said(70_000, s_zebulon, $"{Secret} again");
        var edited = new Arrival(null, asked.About, new EditFact(At(70_100), At(70_000), Verdicts.None)) { Text = $"{Secret} edited" };

        await batch.ApplyAsync([asked, Said(70_050, s_ann, $"hello <@{Person}|zebbydoo77>", root: 70_000)], settings, At(90_000), Ct);
        await batch.ApplyAsync([edited], settings, At(90_000), Ct);
        await new Subot.Storage.Settings.SettingsEditor(Store, _time).ChangeAsync(s => s with { Team = [.. s.Team, Person] }, Person, At(90_000), Ct);

        var thread = new ThreadKey(s_help, At(70_000));
        Assert.That((await Store.LoadFactsAsync(thread, Ct)).OfType<MessageFact>().Select(m => m.Author), Is.EqualTo(new[] { pseudonym, s_ann }));
        Assert.That((await Store.LoadTextsAsync([asked.About, new(s_help, At(70_050))], Ct)).Values, Is.EqualTo(new[] { $"hello <@{pseudonym}>" }));
        Assert.That((await Store.SettingsAsync(Ct)).Number, Is.EqualTo(3), "the team has them under the pseudonym already");
        Assert.That(await FoundAsync(Needles, CompactsAtOnce), Is.Empty);
    }

    [Test]
    public async Task A_dry_run_tells_what_would_change_and_changes_nothing()
    {
        var before = await StoreDigest.OfAsync(Store, Ct);

        var preview = await ErasureSearch.PreviewAsync(Store, s_zebulon, Ct);

        Assert.That(
            (preview.Name, preview.Threads, preview.Messages, preview.Texts, preview.Mentions),
            Is.EqualTo(("Zebulon Quagmire", 4, 3, 3, 1)));
        Assert.That(preview.Named, Is.EqualTo(new[] { new ThreadKey(s_help, At(400)) }));
        Assert.That(preview.Settings, Is.EqualTo(s_places));
        Assert.That(await StoreDigest.OfAsync(Store, Ct), Is.EqualTo(before));
        Assert.That(await Store.PrivacyRequestsAsync(Ct), Is.Empty);
    }

    [Test]
    public async Task An_erasure_that_was_stopped_is_done_by_the_next_bot()
    {
        await new PrivacyRequests(Store, _time).EraseAsync(s_zebulon, "web:Ann", Ct);
        var request = (await Store.PrivacyRequestsAsync(Ct)).Single();
        var stopping = Between.Put<IStore>(Store, (method, _, call) => method == nameof(IStore.PeekAsync) ? throw new OperationCanceledException() : call());
        Assert.That(async () => await new PrivacyExecution(stopping, _time).RunAsync(request, Ct), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await Store.SettingsAsync(Ct)).Written[0].Settings.Team, Has.Count.EqualTo(3), "the team knows both meanwhile");

        await RunDeskAsync();

        Assert.That(await FoundAsync(Needles, CompactsAtOnce), Is.Empty);
        Assert.That((await Store.SettingsAsync(Ct)).Written[0].Settings.Team, Has.Count.EqualTo(2));
        Assert.That((await Check.RunAsync(Store, Ct)).Differences, Is.Empty);
    }

    [Test]
    public async Task Texts_that_reach_the_retention_are_forgotten_and_older_ones_never_stored()
    {
        var before = await NumbersAsync();
        var forgetting = new Forgetting(89_750);
        using (var desk = Desk(forgetting))
        {
            await desk.NoticeAsync(Ct);
            await desk.WorkAsync(Ct);
            Assert.That(await TextsAsync(), Is.EqualTo(new[] { At(300), At(310), At(400) }));
            _time.Advance(TimeSpan.FromSeconds(100));
            await desk.WorkAsync(Ct);
            Assert.That(await TextsAsync(), Has.Count.EqualTo(3), "it looks every hour");
            _time.Advance(TimeSpan.FromHours(1));
            await desk.WorkAsync(Ct);
            Assert.That(await TextsAsync(), Is.Empty);
        }

        await ApplyAsync(forgetting);
        Assert.That(await TextsAsync(), Is.Empty, "the events come again");
        var late = Said(500, s_ann, "an old one, imported late");
        await new ApplyBatch(Store, ReplyPolicy.None, forgetting).ApplyAsync([late], await Store.SettingsAsync(Ct), Ts.From(_time.GetUtcNow()), Ct);
        Assert.That(await TextsAsync(), Is.Empty);
        Assert.That((await Store.LoadFactsAsync(new ThreadKey(s_help, At(500)), Ct)).Single(), Is.EqualTo(late.Fact), "what patterns found in it is known");
        Assert.That((await Store.ActionAsync(BotAction.Reminder(new ThreadKey(s_help, At(100)), At(100), 1).Id, Ct))!.Text, Is.Null);
        Assert.That(before, Is.Not.Empty);
    }

    protected static Ts At(int second) =>
        new(Ts.From(new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero)).Micros + (second * Ts.Second));

    /// <summary>As an admin asks for it, and the bot that runs does it.</summary>
    private async Task<UserId> EraseAsync(bool compact = false)
    {
        var request = await new PrivacyRequests(Store, _time).EraseAsync(s_zebulon, "web:Ann", Ct);
        await RunDeskAsync(compact);
        return request.Erasure!.Pseudonym;
    }

    private async Task RunDeskAsync(bool compact = false)
    {
        // Not started: it would look by itself too, and count what the other look has just forgotten.
        using var desk = Desk(new Forgetting(null));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(CompactsAtOnce ? 1 : 200));
        while (await look.WaitForNextTickAsync(Ct) && (await Store.PrivacyRequestsAsync(Ct)).Any(r => r.DoneAt is null || (r.CompactedAt is null && (compact || CompactsAtOnce))))
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await desk.NoticeAsync(Ct);
            await desk.WorkAsync(Ct);
        }
    }

    private PrivacyDesk Desk(Forgetting forgetting) =>
        new(Store, forgetting, new CurrentSettings(SettingsHistory.Always(new TeamSettings())), _time, NullLogger<PrivacyDesk>.Instance);

    private static Arrival Said(int second, UserId author, string text, int? root = null) =>
        new(new ThreadKey(s_help, At(root ?? second)), new MessageKey(s_help, At(second)), new MessageFact(At(second), author, AuthorKind.Person, new Verdicts(false, text.Length, []))) { Text = text };

    private async Task ApplyAsync(Forgetting forgetting)
    {
        var mention = Said(300, s_ann, $"ask <@{Person}|zebbydoo77>, they know");
        List<Arrival> arrivals =
        [
            Said(100, s_zebulon, $"the {Secret} does not start"),
            Said(110, s_tim, "have you tried", root: 100),
            Said(120, s_zebulon, $"yes, the {Secret} too", root: 100),
            Fact(100, new ReactionFact(At(130), Added: true, At(100), "white_check_mark", s_zebulon, BySelf: false)),
            Fact(100, new VoteFact(At(140), s_zebulon, Useful: true)),
            Said(200, s_ann, "how do I get in?"),
            Said(210, s_zebulon, $"with the {Secret}", root: 200),
            Fact(200, new CorrectionFact(At(220), CorrectionKind.Solve, new UserId(Visitor), s_zebulon)),
            Fact(200, new SnapshotFact(At(230), [new SeenReaction("eyes", s_zebulon, false, At(225), true)], [])),
            mention with { Fact = (MessageFact)mention.Fact with { Verdicts = new Verdicts(false, 20, [s_zebulon]) } },
            Said(310, s_tim, "I shall", root: 300),
            Fact(300, new ReactionFact(At(320), Added: true, At(300), "eyes", s_zebulon, BySelf: false)),
            Said(400, s_ann, "who has seen ZEB today?"),
            Fact(400, new ReactionFact(At(410), Added: true, At(400), "tada", s_zebulon, BySelf: false)),
        ];
        await new ApplyBatch(Store, ReplyPolicy.None, forgetting).ApplyAsync(arrivals, await Store.SettingsAsync(Ct), Ts.From(_time.GetUtcNow()), Ct);
    }

    private static Arrival Fact(int root, Fact fact) => new(new ThreadKey(s_help, At(root)), new MessageKey(s_help, At(root)), fact);

    private async Task<string> NumbersAsync()
    {
        var settings = await Store.SettingsAsync(Ct);
        var numbers = new List<string> { JsonSerializer.Serialize(await Store.NumbersAsync(s_all, settings, Ct)) };
        foreach (var by in Enum.GetValues<NumbersDimension>())
            numbers.AddRange((await Store.BreakdownAsync(s_all, by, settings, Ct)).OrderBy(p => p.Value == Person || p.Value?.StartsWith(UserId.ErasedPrefix, StringComparison.Ordinal) == true ? "" : p.Value, StringComparer.Ordinal).Select(p => JsonSerializer.Serialize(p)));
        return string.Join('\n', numbers);
    }

    private async Task<List<Ts>> TextsAsync()
    {
        int[] all = [100, 110, 120, 200, 210, 300, 310, 400, 500];
        return [.. (await Store.LoadTextsAsync([.. all.Select(s => new MessageKey(s_help, At(s)))], Ct)).Keys.Select(m => m.Ts).Order()];
    }
}
