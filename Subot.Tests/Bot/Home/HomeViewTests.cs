using NUnit.Framework;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.Home;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;
using Subot.Tests.Bot.Shortcuts;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.Home;

/// <summary>What home tabs show of a store, on a Monday at 15:00 in Paris.</summary>
public sealed class HomeViewTests
{
    private static readonly ChannelId s_help = new("C0HELP");
    private static readonly ChannelId s_ops = new("C0OPS");
    private static readonly Ts s_now = Ts.From(new DateTimeOffset(2026, 11, 23, 14, 0, 0, TimeSpan.Zero));
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly UserId s_bob = new("U0BOB");
    private static readonly UserId s_tim = new("U0TIM");

    private MemoryStore _store = null!;
    private bool _hasLinks;

    [SetUp]
    public void MakeStore() => (_store, _hasLinks) = (new MemoryStore(), true);

    [TearDown]
    public async Task CloseStore() => await _store.DisposeAsync();

    [Test]
    public async Task Home_of_the_team_is_as_reviewed([Values("en", "fr")] string language)
    {
        await FillAsync(language);
        var home = await Reader(language).ForTeamAsync(s_now, s_now, default);
        Snapshot.Matches($"home-team-{language}.json", ShortcutWordsTests.Json(TeamHome.View(home, notice: null, Words(language))));
    }

    [Test]
    public async Task Home_of_a_requester_is_as_reviewed([Values("en", "fr")] string language)
    {
        await FillAsync(language);
        var home = await Reader(language).ForAsync(s_ann, s_now, s_now, default);
        Snapshot.Matches($"home-requester-{language}.json", ShortcutWordsTests.Json(RequesterHome.View(home, notice: null, Words(language))));
    }

    [Test]
    public async Task Home_with_nothing_in_it_and_everything_wrong_is_as_reviewed([Values("en", "fr")] string language)
    {
        var settings = Settings(language) with { OnCall = OnCallPlan.Empty };
        var home = await Reader(settings, s_help, s_ops).ForTeamAsync(s_now, s_now, default);
        var mine = await Reader(settings, s_help, s_ops).ForAsync(s_ann, s_now, s_now, default);
        home = home with { Trouble = new HomeTrouble(Behind: true, [s_ops], "the disk is <full>.") };
        View[] views = [TeamHome.View(home, "Only the team can do that.", Words(language)), RequesterHome.View(mine, null, Words(language)), HomeParts.OnlyTrouble("the disk is <full>.", Words(language))];
        Snapshot.Matches($"home-empty-{language}.json", string.Join('\n', views.Select(ShortcutWordsTests.Json)));
    }

    [Test]
    public async Task Of_many_requests_the_longest_silent_are_shown_and_the_rest_counted()
    {
        await ApplyAsync("en", Enumerable.Range(0, 150).SelectMany(i => Asked(s_help, 9000 - i, s_ann, new string('x', 300))));
        var home = await Reader("en").ForTeamAsync(s_now, s_now, default);
        var view = TeamHome.View(home, null, Words("en"));
        Assert.That((home.Count, home.Requests.Count), Is.EqualTo((150, 20)));
        Assert.That(home.Requests[0].Thread.Key.Root, Is.EqualTo(Before(9000)));
        Assert.That(ShortcutWordsTests.Json(view), Does.Contain("… and 130 more"));
    }

    [Test]
    public async Task Requests_whose_addresses_Slack_does_not_tell_are_shown_without()
    {
        await ApplyAsync("en", Asked(s_help, 600, s_ann, "The printer is on fire"));
        _hasLinks = false;
        var home = await Reader("en").ForTeamAsync(s_now, s_now, default);
        Assert.That(ShortcutWordsTests.Json(TeamHome.View(home, null, Words("en"))), Does.Contain("*The printer is on fire*"));
    }

    [Test]
    public async Task Ten_thousand_open_requests_are_read_without_their_history()
    {
        await ApplyAsync("en", Enumerable.Range(0, 10_000).SelectMany(i => Asked(s_help, 20_000 - i, i % 100 == 0 ? s_ann : s_bob, "Help")));
        var read = new List<string>();
        var store = Between.Put<IStore>(_store, (method, _, next) =>
        {
            read.Add(method);
            return next();
        });
        var home = await Reader(Settings("en"), store, s_help).ForAsync(s_ann, s_now, s_now, default);
        Assert.That(home.Count, Is.EqualTo(100));
        Assert.That(read.Distinct(), Is.EquivalentTo([nameof(IStore.OpenThreadsAsync), nameof(IStore.LoadAsync), nameof(IStore.NumbersAsync), nameof(IStore.TextAsync)]));
        Assert.That(read.Count(m => m == nameof(IStore.TextAsync)), Is.EqualTo(20), "texts of those shown alone");
    }

    private Task FillAsync(string language) => ApplyAsync(language,
    [
        .. Asked(s_help, 3 * 86_400, s_bob, "Does anybody <https://x.test|know> this &amp; that?"),
        new Arrival(Thread(s_help, 3 * 86_400), Key(s_help, 3 * 86_400), new CorrectionFact(Before(3600), CorrectionKind.Snooze, s_tim)),
        .. Asked(s_help, 7200, s_ann, "The printer is on fire"),
        .. Asked(s_help, 6000, s_ann, "The scanner smokes"),
        .. Replied(s_help, 6000, 5400, s_tim, "Which one?"),
        .. Asked(s_help, 5000, s_ann, "The door is locked"),
        .. Replied(s_help, 5000, 4700, s_tim, "Try now"),
        .. Replied(s_help, 5000, 4000, s_ann, "It is locked still"),
        .. Asked(s_help, 4000, s_ann, "Thanks to nobody"),
        new Arrival(Thread(s_help, 4000), Key(s_help, 4000), new CorrectionFact(Before(900), CorrectionKind.Solve, s_tim)),
    ]);

    private async Task ApplyAsync(string language, IEnumerable<Arrival> arrivals) =>
        await new ApplyBatch(_store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync([.. arrivals], SettingsHistory.Always(Settings(language)), s_now, default);

    private static IEnumerable<Arrival> Asked(ChannelId channel, long secondsAgo, UserId by, string text) =>
        Replied(channel, secondsAgo, secondsAgo, by, text);

    private static IEnumerable<Arrival> Replied(ChannelId channel, long rootSecondsAgo, long secondsAgo, UserId by, string text) =>
        [new Arrival(Thread(channel, rootSecondsAgo), Key(channel, secondsAgo), new MessageFact(Before(secondsAgo), by, AuthorKind.Person, Verdicts.None)) { Text = text }];

    private static ThreadKey Thread(ChannelId channel, long secondsAgo) => new(channel, Before(secondsAgo));

    private static MessageKey Key(ChannelId channel, long secondsAgo) => new(channel, Before(secondsAgo));

    private static Ts Before(long seconds) => s_now.AddSeconds(-seconds);

    private HomeReader Reader(string language) => Reader(Settings(language), s_help);

    private HomeReader Reader(TeamSettings settings, params ChannelId[] channels) => Reader(settings, _store, channels);

    private HomeReader Reader(TeamSettings settings, IStore store, params ChannelId[] channels)
    {
        var current = new CurrentSettings(SettingsHistory.Always(settings));
        var slack = Between.Put<ISlackApi>(null!, (method, arguments, _) => method == nameof(ISlackApi.GetPermalinkAsync) && _hasLinks
            ? Task.FromResult($"https://acme.test/archives/{arguments[0]}/p{arguments[1]}")
            : throw new SlackException("chat.getPermalink", "message_not_found", SlackErrorKind.Gone));
        return new HomeReader(store, WorkspaceIdentity.Nobody(channels), current, new OnCallNow(current, new FixedTime(s_now)), new Naming(store, slack));
    }

    private static TeamSettings Settings(string language) => new()
    {
        Language = language,
        TimeZone = "Europe/Paris",
        Team = [s_tim.Value],
        OnCall = OnCallPlan.Empty with { Duties = [new Duty(Before(86_400), s_now.AddSeconds(86_400), "U0TIM"), new Duty(s_now.AddSeconds(86_400), Ts.Max, "U0EVE")] },
    };

    private static Wording Words(string language) => Wording.Of(Settings(language));

    private sealed class FixedTime(Ts now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();
    }
}
