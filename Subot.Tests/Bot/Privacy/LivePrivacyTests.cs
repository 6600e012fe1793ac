using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Storage.Privacy;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Bot.Privacy;

/// <summary>Erasing and forgetting while a bot runs and people write.</summary>
public sealed class LivePrivacyTests : BotFixture
{
    private const string Zoe = "U0ZOE";

    [Test]
    public async Task Who_is_erased_while_the_bot_runs_is_not_recorded_again()
    {
        await StartBotAsync();
        var asked = Ask(Zoe, "where is the key of Zoe?");
        await RepliedAsync(asked);
        Answer(asked, Tim);
        await AcknowledgedAsync();

        var request = await EraseAsync();
        Answer(asked, Zoe, "while it is being done");
        await Logs.UntilAsync("is freed of what was forgotten", 1, Limit);
        var again = Ask(Zoe, "here I am again");
        Answer(asked, Zoe, "and again");
        Workspace.Join(Zoe, Help);
        await AcknowledgedAsync();
        await StopBotAsync();

        var pseudonym = request.Erasure!.Pseudonym;
        var threads = await WithStoreAsync(async store => (First: (await ThreadAsync(asked))!, Second: (await ThreadAsync(again))!, Requests: await store.PrivacyRequestsAsync(Limit)));
        Assert.That(AuthorsOf(threads.First).Where(a => a != null && a != Tim), Is.All.EqualTo(pseudonym.Value).And.Exactly(3).Items);
        Assert.That(AuthorsOf(threads.Second), Does.Contain(pseudonym.Value));
        Assert.That(threads.Requests.Single().CompactedAt, Is.Not.Null);
        foreach (var file in new DirectoryInfo(Folder).GetFiles().Where(f => f.Name != "bot.lock"))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Limit));
            Assert.That(text, Does.Not.Contain(Zoe).And.Not.Contain("the key of").And.Not.Contain("being done").And.Not.Contain("here I am"), file.Name);
        }
    }

    [Test]
    public async Task A_text_that_is_older_than_the_retention_is_never_stored()
    {
        Parameters["SUBOT_RETENTION"] = "30d";
        Parameters["SUBOT_HISTORY"] = "60d";
        var old = Workspace.Post(Ann, Help, "an old secret", ts: Ts.From(TimeProvider.System.GetUtcNow().AddDays(-40)).ToString());
        await StartBotAsync();
        var fresh = Ask(Ann, "a new question");
        await AcknowledgedAsync();

        Assert.That((await ThreadAsync(old))!.Facts.OfType<MessageFact>().Single().Verdicts.Length, Is.EqualTo("an old secret".Length), "it is known");
        Assert.That(await WithStoreAsync(async store => await store.TextAsync(new MessageKey(new ChannelId(Help), Ts.Parse(old.Ts)), Limit)), Is.Null);
        Assert.That(await WithStoreAsync(async store => await store.TextAsync(new MessageKey(new ChannelId(Help), Ts.Parse(fresh.Ts)), Limit)), Is.EqualTo("a new question"));
    }

    /// <summary>Asks as another process does.</summary>
    private async Task<PrivacyRequest> EraseAsync()
    {
        await using var store = SqliteStore.Open(Folder);
        return await new PrivacyRequests(store, TimeProvider.System).EraseAsync(new UserId(Zoe), "test", Limit);
    }

    private static IEnumerable<string?> AuthorsOf(ThreadRecord thread) =>
        thread.Facts.OfType<MessageFact>().Where(m => m.AuthorKind == AuthorKind.Person).Select(m => m.Author?.Value);
}
