using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.Configuration;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Privacy;
using Subot.Storage.Settings;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot;

/// <summary>From when on the environment's values are valid.</summary>
public sealed class StartSettingsTests
{
    private const string Ann = "U0ANN";
    private const string Bob = "U0BOB";
    private const string Tim = "U0TIM";
    private static readonly DateTimeOffset s_monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private MemoryStore _store = null!;
    private SettingsHistory _settings = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public void OpenStore() => (_store, _settings) = (new MemoryStore(), new SettingsHistory());

    [Test]
    public async Task Another_team_is_valid_from_the_start_on_whatever_our_clock_says()
    {
        await StartAsync(s_monday, s_monday, Tim);
        await AskAsync(s_monday.AddHours(1));
        await StartAsync(s_monday.AddDays(1), ours: s_monday.AddYears(4), Bob);
        await AskAsync(s_monday.AddDays(1).AddHours(1));
        await StartAsync(s_monday.AddDays(2), ours: s_monday.AddYears(-1), Ann);
        await AskAsync(s_monday.AddDays(2).AddHours(1));

        Assert.That(Enumerable.Range(0, 3).Select(day => TeamAt(s_monday.AddDays(day).AddHours(1))), Is.EqualTo([Tim, Bob, Ann]));
        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Is.Empty);
    }

    [Test]
    public async Task What_was_asked_since_another_team_became_valid_is_judged_by_it()
    {
        await StartAsync(s_monday, s_monday, Tim);
        // Slack tells its time in whole seconds: this was asked before the start.
        await AskAsync(s_monday.AddHours(1).AddMilliseconds(300));
        await StartAsync(s_monday.AddHours(1), s_monday.AddHours(1), Ann);
        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Is.Empty);
    }

    [Test]
    public async Task Values_that_a_clock_ahead_of_Slacks_put_off_are_replaced()
    {
        await StartAsync(s_monday, s_monday, Tim);
        var later = Ts.From(s_monday.AddYears(4));
        await _store.AppendSettingsAsync(new SettingsVersion(2, later, _settings.Latest.Settings with { Team = [Bob] }, "environment"), Ct);
        await StartAsync(s_monday.AddDays(1), s_monday.AddDays(1), Ann);
        Assert.That((TeamAt(s_monday.AddDays(1)), TeamAt(s_monday.AddYears(5))), Is.EqualTo((Ann, Ann)));
    }

    [Test]
    public async Task A_store_of_a_newer_program_is_left_alone()
    {
        await _store.RecordProjectedWithAsync(new ProjectedWith(ThreadProjection.Version + 1, 0), Ct);
        Assert.That(() => StartAsync(s_monday, s_monday, Tim), Throws.TypeOf<StartRefusedException>().With.Message.Contains("Run the newer program"));
        Assert.That((await _store.SettingsAsync(Ct)).IsEmpty);
    }

    [Test]
    public async Task What_an_older_program_projected_is_projected_anew_also_if_that_was_broken_off([Values] bool brokenOff)
    {
        foreach (var version in RandomThreads.Settings.Written)
            await _store.AppendSettingsAsync(version, Ct);
        await _store.RecordProjectedWithAsync(brokenOff ? new ProjectedWith(ThreadProjection.Version, 0) : new ProjectedWith(ThreadProjection.Version - 1, 9), Ct);
        var key = new ThreadKey(new ChannelId("C0HELP0001"), Ts.From(s_monday));
        var asked = RandomThreads.Change(key, [new MessageFact(key.Root, new UserId(Ann), AuthorKind.Person, Verdicts.None)]);
        await _store.CommitAsync(new ChangeSet { Threads = [asked with { State = new ProjectedThread(key) }], Now = key.Root }, Ct);
        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Is.Not.Empty);

        await Reprojection.RunIfNeededAsync(_store, RandomThreads.Settings, Ct);

        Assert.That((await Check.RunAsync(_store, Ct)).Differences, Is.Empty);
        Assert.That(await _store.ProjectedWithAsync(Ct), Is.EqualTo(new ProjectedWith(ThreadProjection.Version, RandomThreads.Settings.Number)));
    }

    [Test]
    public async Task An_environment_that_names_somebody_who_was_erased_says_nothing_new()
    {
        await StartAsync(s_monday, s_monday, $"{Ann},{Bob}");
        await new SettingsEditor(_store, new FakeTimeProvider(s_monday)).ChangeAsync(s => s with { Team = [.. s.Team, Tim] }, "test", Ts.From(s_monday.AddHours(1)), Ct);
        var request = await new PrivacyRequests(_store, TimeProvider.System).EraseAsync(new UserId(Ann), "test", Ct);
        await new PrivacyExecution(_store, TimeProvider.System).RunAsync(request, Ct);

        await StartAsync(s_monday.AddDays(1), s_monday.AddDays(1), $"{Ann},{Bob}");
        Assert.That(_settings.Number, Is.EqualTo(2));
        await StartAsync(s_monday.AddDays(2), s_monday.AddDays(2), $"{Ann},{Bob}", language: "fr");

        Assert.That((_settings.Number, _settings.Latest.Settings.Language), Is.EqualTo((3, "fr")));
        Assert.That(_settings.Latest.Settings.Team, Is.EquivalentTo(new[] { request.Erasure!.Pseudonym.Value, Bob, Tim }), "who was added since stays");
    }

    private string TeamAt(DateTimeOffset moment) => _settings.At(Ts.From(moment)).Settings.Team.Single();

    private async Task StartAsync(DateTimeOffset slacks, DateTimeOffset ours, string team, string language = "en")
    {
        var parameters = new Dictionary<string, string>
        {
            ["SLACK_ID"] = "C0HELP0001",
            ["SLACK_APP_TOKEN"] = "xapp-1-test",
            ["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = "xoxb-test",
            ["SUBOT_TEAM"] = team,
            ["SUBOT_LANGUAGE"] = language,
        };
        var slack = Between.Put<ISlackApi>(null!, (method, _, _) => method switch
        {
            "get_ServerTime" => (DateTimeOffset?)slacks,
            nameof(ISlackApi.AuthTestAsync) => Task.FromResult(new AuthTest { UserId = "U0BOT" }),
            nameof(ISlackApi.GetChannelAsync) => Task.FromResult(new SlackChannel { Name = "help", IsMember = true }),
            _ => throw new NotSupportedException(method),
        });
        var options = BotOptions.Read(new ParameterSource(parameters.GetValueOrDefault), ".");
        _settings = (await BotStart.PrepareAsync(options, _store, slack, new FakeTimeProvider(ours), NullLogger.Instance, Ct)).Settings;
    }

    /// <summary>Ann asks: a request, unless she is in the team.</summary>
    private async Task AskAsync(DateTimeOffset at)
    {
        var key = new ThreadKey(new ChannelId("C0HELP0001"), Ts.From(at));
        var asked = new Arrival(key, new(key.Channel, key.Root), new MessageFact(key.Root, new UserId(Ann), AuthorKind.Person, Verdicts.None));
        await new ApplyBatch(_store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync([asked], _settings, key.Root, Ct);
    }
}
