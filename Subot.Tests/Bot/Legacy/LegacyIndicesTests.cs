using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Copying;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.EndToEnd;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.Legacy;

/// <summary>The recorded indices of the first Subot, read from a real Elasticsearch 6.</summary>
public sealed class LegacyIndicesTests
{
    private DirectoryInfo _folder = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("subot-legacy-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Everything_that_was_recorded_is_imported_and_the_rest_is_listed()
    {
        await using var server = await LegacyServer.WithAsync(Ct, "indices");
        await using var store = SqliteStore.Open(_folder.FullName);
        var desk = new LegacyDesk(store, Ct);
        var listed = await desk.ImportAsync(await server.ReadAsync(Ct));

        Snapshot.Matches("imported.txt", $"{desk.Count}\n\n{listed}\n\n{await desk.ThreadsAsync()}\n{await desk.SettingsAsync()}");
        Assert.That((await Check.RunAsync(store, Ct)).Differences, Is.Empty);
        Assert.That(SettingsRules.Problems((await store.SettingsAsync(Ct)).Latest.Settings), Is.Empty);
        var people = await store.PeopleAsync([new UserId("U0TEAMCHLOE"), new UserId("U0SUBOTBOT1"), new UserId("U0UNKNOWN01")], Ct);
        Assert.That(people.Values.Select(p => (p.RealName, p.Email, p.IsBot)), Is.EquivalentTo(new[] { ("Chloé Durand", "chloe.durand@example.org", false), ("subot", "subot@example.org", true) }));
    }

    [Test]
    public async Task Importing_again_changes_nothing_and_every_store_gets_the_same()
    {
        await using var server = await LegacyServer.WithAsync(Ct, "indices");
        await using var store = SqliteStore.Open(_folder.FullName);
        var desk = new LegacyDesk(store, Ct);
        var listed = await desk.ImportAsync(await server.ReadAsync(Ct));
        var (digest, settings) = (await StoreDigest.OfAsync(store, Ct), await desk.SettingsAsync());

        Assert.That(await desk.ImportAsync(await server.ReadAsync(Ct)), Is.EqualTo(listed));
        Assert.That(await StoreDigest.OfAsync(store, Ct), Is.EqualTo(digest));
        Assert.That(await desk.SettingsAsync(), Is.EqualTo(settings));

        var memory = new MemoryStore();
        await new LegacyDesk(memory, Ct).ImportAsync(await server.ReadAsync(Ct));
        Assert.That(await StoreDigest.OfAsync(memory, Ct), Is.EqualTo(digest));
    }

    [Test]
    public async Task Command_imports_into_a_folder_and_says_what_it_did()
    {
        await using var server = await LegacyServer.WithAsync(Ct, "indices");
        var unnamed = await SubotProgram.RunAsync(server.SignIn, Ct, "import-legacy", server.Url, "--data", _folder.FullName);
        Assert.That((unnamed.ExitCode, unnamed.Error), Is.EqualTo((1, "subot: Name the channel that the first Subot watched by its id: --channel C0123456789. Its documents do not tell.\n")));

        var run = await SubotProgram.RunAsync(server.SignIn, Ct, "import-legacy", server.Url, "--channel", LegacyDesk.Support.Value, "--data", _folder.FullName);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("Not carried over:").And.Contain("51 messages with 84 replies"));
        Assert.That((await SubotProgram.RunAsync([], Ct, "check", "--data", _folder.FullName)).Output, Does.Contain("51 threads"));
    }

    [Test]
    public async Task What_admins_made_of_it_is_imported_too()
    {
        await using var server = await LegacyServer.WithAsync(Ct, "indices", "indices-after-api");
        await using var store = SqliteStore.Open(_folder.FullName);
        var desk = new LegacyDesk(store, Ct);
        Snapshot.Matches("imported-after-changes.txt", await desk.ImportAsync(await server.ReadAsync(Ct)));

        var called = await desk.ThreadAsync("1794473400.000134");
        Assert.That(called.Status, Is.EqualTo(ThreadStatus.Fixed), "an admin said so");
        Assert.That(string.Join(", ", called.Tools), Is.EqualTo("vault, jenkins"));
        Assert.That(called.Labels, Is.Empty);
        Assert.That((await Check.RunAsync(store, Ct)).Differences, Is.Empty);
    }

    [Test]
    public async Task Who_was_on_call_can_be_asked_and_the_topic_goes_on()
    {
        await using var server = await LegacyServer.WithAsync(Ct, "indices");
        var store = new MemoryStore();
        await new LegacyDesk(store, Ct).ImportAsync(await server.ReadAsync(Ct));
        var settings = await store.SettingsAsync(Ct);

        Assert.That(OnCallAt("1794211200.000200"), Is.Null, "nobody was named yet");
        Assert.That(OnCallAt("1794500000.000000"), Is.EqualTo("U0TEAMBRUNO"));
        Assert.That(OnCallAt("1794737200.000000"), Is.EqualTo("U0TEAMALICE"));
        Assert.That(OnCallAt("1795000000.000000"), Is.EqualTo("U0TEAMCHLOE"));
        Assert.That(OnCallAt("1799999999.000000"), Is.EqualTo("U0TEAMCHLOE"));

        string? OnCallAt(string at) => settings.At(Ts.Parse(at)) is var version
            ? version.Settings.OnCall.UserAt(LegacyDesk.Support, Ts.Parse(at), version.Zone)
            : null;
    }

    [Test]
    public async Task Server_without_its_messages_is_refused_and_other_indices_may_be_missing()
    {
        await using var server = await LegacyServer.WithAsync(Ct, "indices");
        await server.DeleteAsync("answers");
        Assert.That((await server.ReadAsync(Ct)).Answers, Is.Empty);
        await server.DeleteAsync("messages");
        Assert.That(async () => await server.ReadAsync(Ct), Throws.TypeOf<StoreException>().With.Message.Contains("messages"));
    }
}
