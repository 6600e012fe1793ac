using System.Text.Json;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage;
using Subot.Storage.Codecs;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Tests.Storage;

[TestFixture]
public sealed class CodecTests
{
    private static readonly RandomThreads s_random = new(42);

    [Test]
    public void Facts_come_back_as_they_were()
    {
        var kinds = new HashSet<FactKind>();
        foreach (var fact in Threads(1000).SelectMany(t => t.Facts))
        {
            kinds.Add(fact.Kind);
            Assert.That(FactCodec.Read(Bytes(fact), fact.Time, fact.Kind), Is.EqualTo(fact));
        }

        Assert.That(kinds, Is.EquivalentTo(Enum.GetValues<FactKind>()), "every kind was tried");
    }

    [Test]
    public void States_come_back_as_they_were()
    {
        foreach (var (key, facts) in Threads(1000))
        {
            var state = ThreadProjection.Fold(key, facts, RandomThreads.Settings);
            Assert.That(JsonSerializer.Serialize(Copies.Of(state)), Is.EqualTo(JsonSerializer.Serialize(state)));
        }
    }

    [Test]
    public void States_of_the_format_before_are_read()
    {
        foreach (var (key, facts) in Threads(100))
        {
            var state = ThreadProjection.Fold(key, [.. facts.Where(f => f is not EditFact)], RandomThreads.Settings);
            var bytes = Copies.Bytes(state);
            bytes[0] = 2;
            Assert.That(JsonSerializer.Serialize(StateCodec.Read(bytes, key)), Is.EqualTo(JsonSerializer.Serialize(state)));
        }
    }

    [Test]
    public void Contributions_come_back_as_they_were()
    {
        var seen = new HashSet<(RootKind, ThreadStatus)>();
        foreach (var (key, facts) in Threads(3000))
        {
            var contribution = Contribution.Of(ThreadProjection.Fold(key, facts, RandomThreads.Settings), RandomThreads.Settings);
            seen.Add((contribution.Kind, contribution.Status));
            var reader = new BlobReader(Bytes(contribution));
            ContributionCodec.Read(ref reader, out var read, out var dimensions);

            Assert.That(JsonSerializer.Serialize(read), Is.EqualTo(JsonSerializer.Serialize(contribution)));
            Assert.That(reader.AtEnd, Is.True);
            if (contribution.Kind == RootKind.Request)
                Assert.That(dimensions, Is.EqualTo(new DimensionNumbers(7, 70_000, 0, 3, 4)));
        }

        Assert.That(seen.Select(s => s.Item1).Distinct(), Is.EquivalentTo(Enum.GetValues<RootKind>()));
        Assert.That(seen.Where(s => s.Item1 == RootKind.Request).Select(s => s.Item2), Is.EquivalentTo(Enum.GetValues<ThreadStatus>().Take(4)));
    }

    [Test]
    public void Damaged_bytes_raise_a_store_exception_and_no_other()
    {
        var random = new Random(1);
        var settings = RandomThreads.Settings;
        var refused = 0;
        foreach (var (key, facts) in Threads(500))
        {
            var state = ThreadProjection.Fold(key, facts, settings);
            foreach (var fact in facts)
                Try(Bytes(fact), bytes => FactCodec.Read(bytes, fact.Time, fact.Kind));
            Try(Copies.Bytes(state), bytes => StateCodec.Read(bytes, key));
            Try(Bytes(Contribution.Of(state, settings)), bytes =>
            {
                var reader = new BlobReader(bytes);
                ContributionCodec.Read(ref reader, out var read, out _);
                new NumbersTally(new AsOf(key.Root, settings)).Add(read);
            });
        }

        Assert.That(refused, Is.GreaterThan(1000));

        void Try(byte[] bytes, Action<byte[]> read)
        {
            for (var i = 0; i < 10; i++)
            {
                var damaged = bytes.ToArray();
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    read(damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)]);
                }
                catch (StoreException)
                {
                    refused++;
                }
            }
        }
    }

    private static IEnumerable<(ThreadKey Key, List<Fact> Facts)> Threads(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var key = s_random.Key(3, RandomThreads.At(2025, 1, 1), RandomThreads.At(2025, 12, 31));
            yield return (key, s_random.Facts(key));
        }
    }

    private static byte[] Bytes(Fact fact)
    {
        var writer = new BlobWriter();
        FactCodec.Write(writer, fact);
        return writer.Written.ToArray();
    }

    private static byte[] Bytes(in Contribution contribution)
    {
        var writer = new BlobWriter();
        ContributionCodec.Write(writer, contribution, new DimensionNumbers(7, 70_000, 0, 3, 4));
        return writer.Written.ToArray();
    }
}
