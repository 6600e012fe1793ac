using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Contracts.Settings;
using Subot.Api.Contracts.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Answers that name people by their ids say who they are, as far as that is known.</summary>
internal sealed class PeopleApiTests
{
    private static readonly Ts s_root = RandomThreads.At(2025, 5, 1);
    private static readonly ThreadKey s_thread = new(new ChannelId("C1"), s_root);
    private static readonly NamedPerson s_ann = new("Ann", "https://pictures/ann-32.png");
    private static readonly NamedPerson s_tim = new("Tim Archer", null);
    private List<string> _asked = null!;
    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        var settings = RandomThreads.Settings.Latest.Settings with { OnCall = new OnCallPlan { Topics = new Dictionary<string, string> { ["C1"] = "U0T1" } } };
        await _store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, settings, "test"), Ct);
        await _store.RecordChannelAsync(new ChannelRecord(s_thread.Channel, "help", s_root.AddSeconds(9000), s_root), Ct);
        await _store.RecordPeopleAsync(
            [
                new Person(new("U0P5"), s_root) { Name = "ann5", RealName = "Ann Lee", DisplayName = "Ann", Image32 = "https://pictures/ann-32.png", Email = "ann@example.org" },
                new Person(new("U0T1"), s_root) { Name = "tim", RealName = "Tim Archer" },
                new Person(new("U0T3"), s_root),
                new Person(new("U0P9"), s_root) { Name = "not-in-this" },
            ],
            Ct);
        // Somebody nobody knows reacts, and somebody without any name replies too.
        await _store.CommitAsync(
            new ChangeSet
            {
                Threads =
                [
                    RandomThreads.Change(s_thread,
                    [
                        Said(0, "U0P5"), Said(60, "U0T1"), Said(70, "U0T3"),
                        new ReactionFact(s_root.AddSeconds(80), true, s_root, "heavy_check_mark", new UserId("U0P7"), false),
                        new CorrectionFact(s_root.AddSeconds(90), CorrectionKind.Reopen, new UserId("web:Lea")),
                    ]),
                ],
                Now = s_root,
            },
            Ct);
        _asked = [];
        var counted = Between.Put<IStore>(_store, (method, arguments, next) =>
        {
            if (method == nameof(IStore.PeopleAsync))
                _asked.Add(string.Join(' ', ((IReadOnlyCollection<UserId>)arguments[0]!).Select(u => u.Value).Order(StringComparer.Ordinal)));
            return next();
        });
        _api = await RunningApi.StartAsync(counted, asAdmin: true);
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task A_list_says_who_asked_and_who_answered()
    {
        var page = await _api.GetAsync<ThreadPage>("/v2/threads");

        Assert.That((page.Threads.Single().Requester, page.Threads.Single().Responder), Is.EqualTo(("U0P5", "U0T3")));
        Assert.That(page.People, Is.EquivalentTo(People(("U0P5", s_ann))), "who has no name stays an id");
        Assert.That(_asked.Single(), Is.EqualTo("U0P5 U0T3"));
    }

    [Test]
    public async Task The_timeline_of_a_thread_says_who_everybody_is_and_asks_once()
    {
        var detail = await _api.GetAsync<ThreadDetail>($"/v2/threads/C1/{s_root}");

        Assert.That(string.Join(' ', detail.Facts.Select(f => f.By)), Is.EqualTo("U0P5 U0T1 U0T3 U0P7 web:Lea"));
        Assert.That(detail.People, Is.EquivalentTo(People(("U0P5", s_ann), ("U0T1", s_tim))));
        Assert.That(_asked.Single(), Is.EqualTo("U0P5 U0P7 U0T1 U0T3 web:Lea"));
    }

    [Test]
    public async Task An_explanation_says_who_started_and_stopped_the_clock()
    {
        var explanation = await _api.GetAsync<Explanation>("/v2/explain/first_response");

        Assert.That(explanation.Threads.Single().Spans.Single().Stopped!.By, Is.EqualTo("U0T1"));
        Assert.That(explanation.People, Is.EquivalentTo(People(("U0P5", s_ann), ("U0T1", s_tim))));
        Assert.That(_asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_breakdown_by_person_names_them_and_others_ask_for_nobody()
    {
        var byPerson = await _api.GetAsync<Breakdown>("/v2/breakdown/requester");
        Assert.That((byPerson.Parts.Single().Id, byPerson.Parts.Single().Name), Is.EqualTo(("U0P5", "Ann")));
        Assert.That(byPerson.People, Is.EquivalentTo(People(("U0P5", s_ann))));

        Assert.That((await _api.GetAsync<Breakdown>("/v2/breakdown/tool")).People, Is.Empty);
        Assert.That(string.Join(", ", _asked), Is.EqualTo("U0P5, "));
    }

    [Test]
    public async Task Shifts_on_call_say_whose_they_are()
    {
        var shifts = await _api.GetAsync<OnCallShifts>("/v2/oncall?channel=help&from=2025-05-01&to=2025-05-08");

        Assert.That(shifts.Shifts.Select(s => s.User), Is.Not.Empty.And.All.EqualTo("U0T1"));
        Assert.That(shifts.People, Is.EquivalentTo(People(("U0T1", s_tim))));
    }

    [Test]
    public async Task Addresses_are_told_to_nobody() =>
        Assert.That(await _api.Client.GetStringAsync($"/v2/threads/C1/{s_root}", Ct), Does.Contain("Ann").And.Not.Contain("ann@example.org"));

    private static MessageFact Said(int second, string by) =>
        new(s_root.AddSeconds(second), new UserId(by), AuthorKind.Person, Verdicts.None);

    private static Dictionary<string, NamedPerson> People(params (string Id, NamedPerson Person)[] people) =>
        people.ToDictionary(p => p.Id, p => p.Person);
}
