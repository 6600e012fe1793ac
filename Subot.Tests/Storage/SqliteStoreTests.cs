using Microsoft.Data.Sqlite;
using NUnit.Framework;
using NUnit.Framework.Constraints;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Patterns;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Storage;

[TestFixture]
public sealed partial class SqliteStoreTests : StoreContract
{
    private DirectoryInfo _folder = null!;

    private string FilePath => SqliteStore.FileIn(_folder.FullName);

    protected override Task<IStore> OpenEmptyAsync()
    {
        _folder = Directory.CreateTempSubdirectory("subot-store-");
        return Task.FromResult<IStore>(SqliteStore.Open(_folder.FullName));
    }

    // Runs before the base closes the store; an open file may be deleted.
    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Everything_is_there_when_the_store_is_opened_again()
    {
        await Commit(Request(1), Request(2));
        await Store.RecordChannelAsync(new ChannelRecord(new ChannelId("C9"), "nine", Second(1), Second(2)), Ct);
        var before = await NumbersOf(Store);
        await Store.DisposeAsync();

        await using var again = SqliteStore.Open(_folder.FullName);

        Assert.That(await NumbersOf(again), Is.EqualTo(before));
        Assert.That((await again.LoadAsync([Key(1), Key(2)], Ct)).Count, Is.EqualTo(2));
        Assert.That((await again.ChannelsAsync(Ct)).Single().Name, Is.EqualTo("nine"));
        Assert.That(await again.CommitAsync(Changes(Request(3)), Ct), Is.Empty);
    }

    [Test]
    public async Task Another_process_reads_a_thread_whose_new_snapshot_is_not_projected_yet()
    {
        SnapshotFact Read(int second) => new(Second(second), [], []);
        await Commit(Request(1, Read(5)));
        await Store.PackAsync(Ct);
        await Commit(Request(1, Read(7)) with { ExpectedVersion = 1, NewFacts = [Read(7)] });
        // While a bot has the role nobody else mends what is behind.
        using var role = BotRole.TryTake(_folder.FullName, out _);
        await using var other = SqliteStore.Open(_folder.FullName);

        Assert.That((await ListOf(other.ReadThreadsAsync(null, Ct))).Single().Facts.OfType<SnapshotFact>().Single().Time, Is.EqualTo(Second(5)));
        await Store.PackAsync(Ct);
        Assert.That((await ListOf(other.ReadThreadsAsync(null, Ct))).Single().Facts.OfType<SnapshotFact>().Single().Time, Is.EqualTo(Second(7)));
    }

    [Test]
    public async Task What_another_process_adds_is_seen()
    {
        await using var other = SqliteStore.Open(_folder.FullName);
        var fact = new CorrectionFact(Second(5), CorrectionKind.Solve, new UserId("U0T1"));
        await other.PostAsync([new InboxItem(null, new MessageKey(new ChannelId("C0NEW"), Second(1)), fact, null)], Ct);
        Assert.That((await Store.PeekAsync(1, Ct))[0].Item.About.Channel.Value, Is.EqualTo("C0NEW"));

        await Commit(Request(1));
        await Store.PackAsync(Ct);

        Assert.That(await other.ThreadsBetweenAsync(Key(1).Channel, Ts.Zero, Ts.Max, Ct), Is.EqualTo(new[] { Key(1) }));
        Assert.That((await ListOf(other.ReadActionsAsync(Ct))), Has.Count.EqualTo(1));
        Assert.That((await other.ActionAsync(Request(1).Actions[0].Id, Ct))!.Action.Thread, Is.EqualTo(Key(1)));
        Assert.That(await NumbersOf(other), Is.EqualTo(await NumbersOf(Store)));
    }

    [Test]
    public async Task Changes_of_another_process_are_told_when_questions_find_them()
    {
        using var role = BotRole.TryTake(_folder.FullName, out _);
        await using var other = SqliteStore.Open(_folder.FullName);
        var begin = await other.ChangesAsync(null, Ct);
        await Commit(Request(1));

        Assert.That((await other.ChangesAsync(begin.Mark, Ct)).Channels, Is.Empty);
        await Store.PackAsync(Ct);
        Assert.That((await other.ChangesAsync(begin.Mark, Ct)).Channels, Is.EqualTo(new[] { Key(1).Channel }));
        Assert.That((await other.ChangesAsync(begin.Mark, Ct)).Newest, Is.EqualTo(Second(1)));
    }

    [Test]
    public async Task A_search_looks_at_so_many_messages_and_says_where_to_go_on()
    {
        await Commit([.. Enumerable.Range(1, 100).Select(i => Request(i) with { Messages = [new StoredMessage(Second(i), i == 7 ? "the needle" : "hay")] })]);
        ((SqliteStore)Store).MostLookedAt = 10;
        var search = new MessageSearch([Key(1).Channel], Ts.Zero, Ts.Max, WordSearch.Read("needle")!, null, 5);

        var first = await Store.FindMessagesAsync(search, Ct);

        Assert.That((first.Messages.Count, first.Next?.Ts), Is.EqualTo((0, Second(91))));
        Assert.That((await Find(Store, "needle")).Single().Message.Ts, Is.EqualTo(Second(7)));
    }

    [Test]
    public async Task Names_of_a_refused_commit_are_not_kept()
    {
        await Commit(Request(1));
        var elsewhere = new ThreadKey(new ChannelId("C0NEW"), Second(1));
        var change = RandomThreads.Change(elsewhere, [new MessageFact(elsewhere.Root, new UserId("U0NEW"), AuthorKind.Person, Verdicts.None)]);
        Assert.That(await Commit(change, Request(1)), Has.Count.EqualTo(1));

        var other = new ThreadKey(new ChannelId("C0LATER"), Second(2));
        await Commit(RandomThreads.Change(other, [new MessageFact(other.Root, new UserId("U0P2"), AuthorKind.Person, Verdicts.None)]));
        await Commit(change);

        Assert.That((await ListOf(Store.ReadThreadsAsync(null, Ct))).Select(r => (r.Thread.State.Key, r.Dimensions.Requester?.Value)), Is.EqualTo(
            new[] { (Key(1), "U0P1"), (other, "U0P2"), (elsewhere, "U0NEW") }));
    }

    [Test]
    public void Two_processes_may_open_a_new_folder_at_the_same_time()
    {
        for (var i = 0; i < 10; i++)
        {
            var folder = Path.Combine(_folder.FullName, $"{i}");
            Assert.That(() => Parallel.For(0, 4, _ => SqliteStore.Open(folder).DisposeAsync().AsTask().Wait()), Throws.Nothing);
        }
    }

    [Test]
    public async Task A_command_that_has_nothing_to_mend_leaves_the_role_to_the_bot()
    {
        await Commit(Request(1));
        await Store.DisposeAsync();
        File.Delete(Path.Combine(_folder.FullName, "bot.lock"));

        await using var command = Open();

        Assert.That(File.Exists(Path.Combine(_folder.FullName, "bot.lock")), Is.False);
        Assert.That((await command.LoadAsync([Key(1)], Ct)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_database_from_before_the_first_release_is_refused([Values(1, 2)] int version)
    {
        await Store.DisposeAsync();
        Sql($"PRAGMA user_version = {version}");

        Assert.That(Open, Refuses("before Subot was first released", "SUBOT_DATA"));
    }

    [Test]
    public async Task A_newer_database_is_refused()
    {
        await Store.DisposeAsync();
        Sql("PRAGMA user_version = 99");

        Assert.That(Open, Refuses("version 99", "Update Subot"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(FilePath, new string('x', 5000), Ct);

        Assert.That(Open, Refuses("damaged", "backup"));
    }

    [Test]
    public async Task Damaged_pages_raise_a_store_exception_and_no_other([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        await Commit([.. Enumerable.Range(0, 1500).Select(i => Request(i))]);
        await Store.PackAsync(Ct);
        await Store.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(FilePath, Ct);
        for (var page = 1; page < bytes.Length / 4096; page++)
        {
            if (random.Next(3) == 0)
                random.NextBytes(bytes.AsSpan((page * 4096) + random.Next(2000), 60));
        }

        await File.WriteAllBytesAsync(FilePath, bytes, Ct);
        var troubles = 0;
        await Try(async () => await ListOf(Store2().ReadThreadsAsync(null, Ct)));
        await Try(async () => await NumbersOf(Store2()));
        await Try(async () => await Store2().LoadAsync([.. Enumerable.Range(0, 1500).Select(Key)], Ct));
        await Try(async () => await Store2().CommitAsync(Changes(Request(2000)), Ct));
        Assert.That(troubles, Is.Positive);
        if (_damaged is not null)
            await _damaged.DisposeAsync();
        _damaged = null;

        async Task Try(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (StoreException)
            {
                troubles++;
            }
        }
    }

    [Test]
    public async Task A_damaged_record_does_not_stop_the_others()
    {
        await Commit(Request(1), Request(2));
        await Store.PackAsync(Ct);
        Sql($"UPDATE thread SET state = x'01FF' WHERE root = {Second(1).Micros}");

        Assert.That(async () => await Load(Key(1)), Throws.TypeOf<StoreException>());
        Assert.That(async () => await Load(Key(1)), Throws.TypeOf<StoreException>());
        Assert.That((await Load(Key(2))).Version, Is.EqualTo(1));
        Assert.That(await Commit(Request(3)), Is.Empty);
    }

    [Test]
    public async Task Damaged_settings_say_so([Values("", "{", "null", "{}", "{\"time_zone\":\"Mars/Base\",\"working_hours\":\"Mon 09:00-10:00\"}")] string body)
    {
        await Store.AppendSettingsAsync(RandomThreads.Settings.Versions[0], Ct);
        Sql($"UPDATE settings SET body = '{body}'");

        Assert.That(async () => await Store.SettingsAsync(Ct), Refuses("settings", "backup"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        Assert.That(() => SqliteStore.Open(Path.Combine(file, "data")), Refuses("cannot be made", "SUBOT_DATA"));
    }

    [Test]
    public void A_folder_that_may_not_be_written_is_refused()
    {
        // Not even an administrator may write here; elsewhere than on Linux there is no such folder, and that is refused too.
        const string folder = "/proc/self";

        Assert.That(() => SqliteStore.Open(folder), Refuses("folder"));
        Assert.That(() => BotRole.TryTake(folder, out _), Refuses("written"));
    }

    [Test]
    public async Task A_locked_database_is_told_and_works_again_when_it_is_free()
    {
        using (var other = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            other.Open();
            using var begin = new SqliteCommand("BEGIN IMMEDIATE", other);
            begin.ExecuteNonQuery();

            Assert.That(async () => await Commit(Request(1)), Throws.TypeOf<StoreException>().With.Property("MayPass").True.And.Message.Contains("locked"));
        }

        Assert.That(await Commit(Request(1)), Is.Empty);
    }

    [Test]
    public void A_full_database_loses_nothing_and_goes_on_when_there_is_room()
    {
        using var database = Database.Open(Path.Combine(_folder.FullName, "small.db"), readOnly: false);
        database.Execute("CREATE TABLE meta(body)");
        database.Execute("PRAGMA max_page_count = 20");
        bool Insert() => database.Transact(() => database["INSERT INTO meta VALUES(zeroblob(3000))"].Run() == 1);

        Assert.That(() => { while (Insert()) { } }, Throws.TypeOf<StoreException>().With.Property("MayPass").True.And.Message.Contains("full"));

        var rows = database.Scalar("SELECT count(*) FROM meta");
        database.Execute("PRAGMA max_page_count = 1000");
        Assert.That(Insert(), Is.True);
        Assert.That(database.Scalar("SELECT count(*) FROM meta"), Is.EqualTo(rows + 1));
    }

    [Test]
    public async Task Few_loose_records_stay_and_many_are_packed_in_a_few_calls()
    {
        await Commit([.. Enumerable.Range(0, 1000).Select(i => Request(i))]);
        Assert.That(await Store.PackAsync(Ct), Is.False);

        await Commit([.. Enumerable.Range(1000, 20_000).Select(i => Request(i))]);
        var calls = 0;
        while (await Store.PackAsync(Ct))
            calls++;

        Assert.That(calls, Is.InRange(2, 4));
        Assert.That((await Store.NumbersAsync(new NumbersQuery([Key(1).Channel], Ts.Zero, Ts.Max, Second(0), NumbersFilter.None), RandomThreads.Settings, Ct)).Requests, Is.EqualTo(21_000));
    }

    private SqliteStore? _damaged;

    private SqliteStore Store2() => _damaged ??= SqliteStore.Open(_folder.FullName);

    private SqliteStore Open() => SqliteStore.Open(_folder.FullName);

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static async Task<string> NumbersOf(IStore store) => Digits(await store.NumbersAsync(
        new NumbersQuery([Key(1).Channel], Ts.Zero, Ts.Max, Second(99), NumbersFilter.None), RandomThreads.Settings, Ct));

    private static ContainsConstraint Refuses(string word, string advice = "") =>
        Throws.TypeOf<StoreException>().With.Message.Contains(word).And.Message.Contains(advice);
}
