using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Patterns;
using Subot.Storage;

namespace Subot.Tests.Storage;

public abstract partial class StoreContract
{
    private static readonly string[] s_asked = ["printer", "deploy*", "printer fire", "ÉTÉ the", "a.b v2.3 amp", "nothing"];
    private static readonly string[] s_vocabulary = ["printer", "Fire", "deploy", "deployment", "été", "v2.3", "build_log", "the", "a.b", "&amp;"];

    [Test]
    public async Task Messages_are_found_by_all_of_their_words_whatever_the_case()
    {
        string[] texts = ["The Printer is on FIRE", "printer.local is down: see build_log", "L'imprimante brûle, ÉTÉ comme hiver", "<@U0ANN> deploys v2.3 &amp; more", "打印机 İstanbul straße"];
        await Commit([.. texts.Select((text, i) => Request(i + 1) with { Messages = [new StoredMessage(Second(i + 1), text)] })]);

        Dictionary<string, string> expected = new()
        {
            ["printer"] = "1",
            ["FIRE the"] = "1",
            ["printer*"] = "2 1",
            ["print"] = "",
            ["Print*"] = "2 1",
            ["printer fire down"] = "",
            ["is printer*"] = "2 1",
            ["printer.local"] = "2",
            ["build_log"] = "2",
            ["log"] = "",
            ["l'imprimante"] = "3",
            ["été, brûle!"] = "3",
            ["brule"] = "",
            ["u0ann v2.3"] = "4",
            ["amp"] = "4",
            ["v2"] = "",
            ["v2*"] = "4",
            ["打"] = "5",
            ["istanbul"] = "5",
            ["STRASSE"] = "",
            ["straße"] = "5",
        };
        foreach (var (words, seconds) in expected)
            Assert.That(string.Join(' ', (await Find(Store, words)).Select(m => (m.Message.Ts - Second(0)) / Ts.Second)), Is.EqualTo(seconds), words);
    }

    [Test]
    public async Task What_is_found_is_the_text_as_it_reads_now_and_its_thread()
    {
        await Apply(Said(1, "the plan"), Said(5, "a secret plan"), Said(6, "no secret"));
        Assert.That((await Find(Store, "secret")).Select(m => m.Message.Ts), Is.EqualTo(new[] { Second(6), Second(5) }));

        await Apply(Said(5, "an open plan") with { Fact = new EditFact(Second(9), Second(5), Verdicts.None) });
        await Apply(Said(6, null) with { Fact = new DeletionFact(Second(10), Second(6)) });
        await Commit(Request(1) with { ExpectedVersion = (await Load(Key(1))).Version, NewFacts = [], Actions = [], Messages = [new StoredMessage(Second(1), null)] });

        Assert.That(await Find(Store, "secret"), Is.Empty, "edited, and deleted");
        Assert.That(await Find(Store, "the"), Is.Empty, "forgotten");
        Assert.That(await Find(Store, "plan"), Is.EqualTo(new[] { new FoundMessage(new MessageKey(s_channel, Second(5)), Key(1), "an open plan") }));
    }

    [Test]
    public async Task A_search_in_parts_finds_every_message_once_the_newest_first()
    {
        var (random, words) = (new RandomThreads(21), new Random(21));
        await using var memory = new MemoryStore();
        var (from, to) = (RandomThreads.At(2025, 3, 1), RandomThreads.At(2025, 4, 1));
        foreach (var some in Enumerable.Range(0, 300).Select(_ => random.Key(3, from, to)).Distinct().Chunk(50))
        {
            var changes = some.Select(key => RandomThreads.Change(key, random.Facts(key))).Select(change => change with
            {
                Messages = [.. change.Messages.Select(m => m with { Text = string.Join(' ', Enumerable.Range(0, 5).Select(_ => s_vocabulary[words.Next(s_vocabulary.Length)])) })],
            });
            await Both(memory, Changes([.. changes]));
        }

        foreach (var asked in s_asked)
        {
            var expected = await Find(memory, asked, limit: int.MaxValue);
            Assert.That(expected.Count, asked == "nothing" ? Is.Zero : Is.GreaterThan(5), asked);
            Assert.That(await Find(Store, asked, limit: 7), Is.EqualTo(expected), asked);
        }

        var (begin, end) = (RandomThreads.At(2025, 3, 9), RandomThreads.At(2025, 3, 20));
        var inside = await Find(Store, "fire", begin, end);
        Assert.That(inside, Is.EqualTo(await Find(memory, "fire", begin, end)).And.Not.Empty);
        Assert.That(inside.Select(m => m.Thread.Root), Is.All.InRange(begin, end));
    }

    [Test]
    public async Task Open_requests_of_several_channels_come_by_their_silence_in_parts()
    {
        var random = new RandomThreads(22);
        await using var memory = new MemoryStore();
        // Within some hours, and two of one instant.
        var (from, to) = (RandomThreads.At(2025, 3, 1), RandomThreads.At(2025, 3, 1).AddSeconds(9000));
        ThreadKey[] twins = [new(new("C0"), from), new(new("C1"), from)];
        await Both(memory, Changes([.. twins.Select(key => RandomThreads.Change(key, [new MessageFact(from, s_ann, AuthorKind.Person, Verdicts.None)]))]));
        await Both(memory, Changes([.. Enumerable.Range(0, 200).Select(_ => random.Key(3, from, to)).Distinct().Select(key => RandomThreads.Change(key, random.Facts(key)))]));
        ChannelId[] channels = [new("C1"), new("C0"), new("C0NONE")];

        var expected = await memory.SilentThreadsAsync(channels, null, int.MaxValue, Ct);
        Assert.That(expected, Has.Count.GreaterThan(30).And.Ordered);
        List<SilentThread> silent = [];
        IReadOnlyList<SilentThread> part;
        do
        {
            part = await Store.SilentThreadsAsync(channels, silent.Count == 0 ? null : silent[^1], 7, Ct);
            silent.AddRange(part);
        }
        while (part.Count == 7);

        Assert.That(silent, Is.EqualTo(expected));
    }

    /// <summary>Everything that a search finds, part by part.</summary>
    protected static Task<List<FoundMessage>> Find(IStore store, string words, int limit = 3) => Find(store, words, Ts.Zero, Ts.Max, limit);

    protected static async Task<List<FoundMessage>> Find(IStore store, string words, Ts from, Ts to, int limit = 3)
    {
        List<FoundMessage> found = [];
        var search = new MessageSearch([s_channel, new("C0"), new("C1"), new("C2"), new("C0NONE")], from, to, WordSearch.Read(words)!, null, limit);
        while (true)
        {
            var part = await store.FindMessagesAsync(search, Ct);
            found.AddRange(part.Messages);
            if (part.Next is not { } next)
                return found;
            Assert.That(search.After is not { } last || MessageSearch.Compare(next, last) > 0, "each part ends after the one before");
            search = search with { After = next };
        }
    }
}
