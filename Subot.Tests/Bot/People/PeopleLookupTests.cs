using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.People;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Slack;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.People;

/// <summary>Who writes is asked about in Slack, and not too often.</summary>
public sealed class PeopleLookupTests
{
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly UserId s_bob = new("U0BOB");

    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly SeenPeople _seen = new();
    private MemoryStore _store = null!;
    private PeopleLookup _lookup = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        _store = new MemoryStore();
        var slack = Between.Put<ISlackApi>(null!, (method, arguments, _) => method == nameof(ISlackApi.GetUserAsync) ? Answer((string)arguments[0]!) : throw new NotSupportedException(method));
        _lookup = new PeopleLookup(_seen, _store, Forgetting.Nothing, slack, _time, NullLogger<PeopleLookup>.Instance);
        await _lookup.StartAsync(Ct);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _lookup.StopAsync(CancellationToken.None);
        _lookup.Dispose();
        await _store.DisposeAsync();
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Each_is_asked_about_once_a_day_however_often_they_write()
    {
        Write(s_ann, s_ann, s_ann, s_bob);
        Assert.That(await NextAsync(), Is.EqualTo("U0ANN"));
        Assert.That(await NextAsync(), Is.EqualTo("U0BOB"));
        _time.Advance(TimeSpan.FromDays(1));
        Write(s_ann);
        Assert.That(await NextAsync(), Is.EqualTo("U0ANN"), "nobody was asked about in between");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_Slack_tells_is_kept_and_who_is_known_from_today_is_not_asked_about()
    {
        await _store.RecordPeopleAsync([new Person(s_ann, Ts.From(_time.GetUtcNow().AddHours(-23)))], Ct);
        Write(s_ann, s_bob, new UserId("U0FAILS"), new UserId("U0CARL"));
        Assert.That(await NextAsync(), Is.EqualTo("U0BOB"));
        Assert.That(await NextAsync(), Is.EqualTo("U0FAILS"));
        Assert.That(await NextAsync(), Is.EqualTo("U0CARL"), "one that fails is passed over");
        var bob = (await _store.PeopleAsync([s_bob], Ct))[s_bob];
        Assert.That((bob.RealName, bob.DisplayName, bob.Image32), Is.EqualTo(("Real U0BOB", "shown", "https://a/32.png")));
    }

    private void Write(params UserId[] people)
    {
        foreach (var person in people)
        {
            var at = Ts.From(_time.GetUtcNow());
            _seen.Note(new Arrival(null, new MessageKey(new ChannelId("C0HELP"), at), new MessageFact(at, person, AuthorKind.Person, Verdicts.None)));
        }
    }

    private Task<SlackUser> Answer(string user)
    {
        _asked.Writer.TryWrite(user);
        return user == "U0FAILS"
            ? throw new SlackException("users.info", "user_not_found", SlackErrorKind.Unknown)
            : Task.FromResult(new SlackUser { Id = user, RealName = $"Real {user}", Profile = new() { DisplayName = "shown", Image32 = "https://a/32.png" } });
    }

    /// <summary>Whom the lookup asks about next; the pauses between go by at once.</summary>
    private async Task<string> NextAsync()
    {
        while (!_asked.Reader.TryPeek(out _))
        {
            Ct.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        return await _asked.Reader.ReadAsync(Ct);
    }
}
