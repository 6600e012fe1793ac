using System.Text.Json;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage;
using Subot.Storage.Codecs;
using Subot.Storage.Sqlite;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Tests.Storage;

/// <summary>The columns of packs, without a store around them.</summary>
[TestFixture]
public sealed class PackTests
{
    private const int Channel = 1;
    private const int Sets = 5;

    // The kind, whether the values are short, whether there is working time.
    private static readonly string[] s_groups =
        ["Done True False", "Done True True", "Done False True", "AtLeast True False", "AtLeast True True", "AtLeast False True", "Waiting False True"];

    // Answered, asked for feedback, deflected.
    private static readonly (bool, bool, bool)[] s_answers =
        [(false, false, false), (true, false, false), (true, true, false), (true, false, true), (true, true, true)];

    private static readonly Ts s_asOf = RandomThreads.At(2026, 1, 1);

    [Test]
    public void Threads_come_back_from_a_pack_as_they_were([Range(1, 5)] int seed)
    {
        var threads = Threads(seed, 2000);
        var pack = new Written(threads);

        var read = PackDecoder.Read(threads.Length, pack.People, pack.Sums, pack.Rows, pack.Roots, pack.Times, pack.Tags);

        Assert.That(JsonSerializer.Serialize(read), Is.EqualTo(JsonSerializer.Serialize(threads)));
    }

    [Test]
    public void Random_threads_are_of_every_kind_and_have_durations_of_every_group()
    {
        var threads = Enumerable.Range(1, 10).SelectMany(seed => Threads(seed, 2000)).ToList();
        var requests = threads.ConvertAll(t => t.Contribution).FindAll(c => c.Kind == RootKind.Request);
        var groups = new HashSet<string>();
        for (var set = (DurationSet)0; (int)set < DurationSets.Count; set++)
        {
            foreach (var measure in requests.Select(c => DurationSets.Of(c, set)).Where(m => m.Kind != MeasureKind.None))
            {
                var group = PackGroup.Of(set, measure);
                Assert.That((group.Set, group.Kind), Is.EqualTo((set, measure.Kind)));
                groups.Add($"{measure.Kind} {group.IsShort} {group.HasWorking}");
            }
        }

        Assert.That(threads.Select(t => t.Contribution.Kind).Distinct(), Is.EquivalentTo(Enum.GetValues<RootKind>()));
        Assert.That(groups, Is.EquivalentTo(s_groups));
        Assert.That(requests.Select(c => c.Target).Distinct(), Is.EquivalentTo(Enum.GetValues<TargetOutcome>()));
        Assert.That(requests, Has.Some.Matches<Contribution>(c => c.Reopenings > 0 && c.OpenAgain is { Length: > 1 }));
        Assert.That(requests, Has.Some.Matches<Contribution>(c => c.CloseEstimated));
        Assert.That(requests.Select(c => (c.Answered, c.AskedFeedback, c.Deflected)).Distinct(), Is.EquivalentTo(s_answers));
    }

    [Test]
    public void The_largest_values_come_back_from_a_pack()
    {
        var most = new Measure(MeasureKind.Done, uint.MaxValue, uint.MaxValue);
        var thread = new Contribution
        {
            Root = new Ts(uint.MaxValue * Ts.Second),
            Kind = RootKind.Request,
            Status = ThreadStatus.Dismissed,
            Replies = uint.MaxValue,
            FirstResponse = most,
            Acknowledged = most with { Kind = MeasureKind.Waiting },
            FirstSolved = most with { Wall = 0 },
            LastSolved = new Measure(MeasureKind.AtLeast, ushort.MaxValue + 1, 0),
            WaitingOnTeam = new Measure(MeasureKind.Done, ushort.MaxValue, ushort.MaxValue),
            Target = TargetOutcome.Pending,
            Due = uint.MaxValue,
            Reopenings = ushort.MaxValue,
            Calendar = ushort.MaxValue,
            HourOfWeek = 167,
            Open = new OpenSpan(uint.MaxValue, uint.MaxValue),
            Feedback = Feedback.Useless,
            Answered = true,
            AskedFeedback = true,
            Deflected = true,
        };
        var most32 = new DimensionNumbers(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue);
        var pack = new Written([new PackedThread(thread, most32)]);

        var read = PackDecoder.Read(1, pack.People, pack.Sums, pack.Rows, pack.Roots, pack.Times, pack.Tags);

        Assert.That(JsonSerializer.Serialize(read[0]), Is.EqualTo(JsonSerializer.Serialize(new PackedThread(thread, most32))));
    }

    [Test]
    public void Some_threads_of_a_pack_add_up_like_these_threads_alone([Range(1, 5)] int seed)
    {
        var random = new RandomThreads(seed);
        var threads = Threads(seed, 1500);
        using var database = Empty();
        var pack = Insert(database, new Written(threads), threads.Length);
        for (var i = 0; i < 20; i++)
        {
            var (a, b) = (random.Next(threads.Length), random.Next(threads.Length));
            var (first, last) = i == 0 ? (0, threads.Length - 1) : a < b ? (a, b) : (b, a);
            var (from, to) = (threads[first].Contribution.Root.Micros, threads[last].Contribution.Root.Micros + 1);
            var loose = i % 2 == 0 ? [] : threads.Where(_ => random.Next(20) == 0).Select(t => t.Contribution.Root.Micros).ToArray();
            var filter = i % 4 < 2 ? NumbersFilter.None : random.Filter();
            Ts[] starts = [.. Enumerable.Range(0, i % 5).Select(_ => threads[random.Next(threads.Length)].Contribution.Root).Distinct().Order()];
            var (packed, alone) = (Sum(filter, starts), Sum(filter, starts));

            packed.Add(database, i == 0 ? Whole(pack, from, to) : new PackPart(pack, long.MaxValue, from, to, loose));
            foreach (var thread in threads[first..(last + 1)].Where(t => !loose.Contains(t.Contribution.Root.Micros)))
                alone.Add(thread.Contribution, thread.Dimensions);

            Assert.That(Digits(packed), Is.EqualTo(Digits(alone)), $"{i}: {filter}");
        }
    }

    [Test]
    public void A_damaged_pack_raises_a_store_exception_and_no_other([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        var threads = Threads(seed, 300);
        var (from, to) = (threads[0].Contribution.Root.Micros, threads[200].Contribution.Root.Micros);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            using var database = Empty();
            var damaged = new Written(threads);
            damaged.Damage(random);
            var count = random.Next(20) == 0 ? random.Next(70_000) : threads.Length;
            Pack? pack = null;
            Try(() => pack = Insert(database, damaged, count));
            if (pack is null)
                continue;
            Try(() => pack.ReadAll(database));
            Try(() => Digits(Add(Sum(NumbersFilter.None), Whole(pack, from, to))));
            Try(() => Digits(Add(Sum(NumbersFilter.None), new PackPart(pack, long.MaxValue, from, to, new[] { from }))));
            Try(() => Digits(Add(Sum(NumbersFilter.None, threads[50].Contribution.Root, threads[120].Contribution.Root), Whole(pack, from, to))));
            Try(() => Digits(Add(Sum(new NumbersFilter { Responders = [new UserId("1")] }), Whole(pack, from, to))));
            Try(() => Digits(Add(Sum(new NumbersFilter { Labels = ["access"] }), Whole(pack, from, to))));
            Try(() => new ValuesSum(Filter(NumbersFilter.None), NumbersDimension.Answer).Add(database, new PackPart(pack, long.MaxValue, from, to, default)));
            Try(() => new BacklogSum([(uint)(from / Ts.Second), (uint)(to / Ts.Second)]).Add(database, new PackPart(pack, long.MaxValue, 0, to, default)));

            NumbersSum Add(NumbersSum sum, PackPart part)
            {
                sum.Add(database, part);
                return sum;
            }
        }

        Assert.That(refused, Is.GreaterThan(300));

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (StoreException)
            {
                refused++;
            }
        }
    }

    private static NumbersSum Sum(NumbersFilter filter, params IEnumerable<Ts> starts) =>
        new(Filter(filter), new AsOf(s_asOf, RandomThreads.Settings), starts);

    private static PackPart Whole(Pack pack, long from, long to) => new(pack with { First = from }, to, from, to, default);

    /// <summary>A person's number is the one in the name; of the sets every second contains an id, in one way or the other.</summary>
    private static PackFilter Filter(NumbersFilter filter) => new(filter, (dimension, value) => dimension > NumbersDimension.Responder
        ? Enumerable.Range(1, Sets).Where(set => (set + value.Length) % 2 == 0)
        : int.TryParse(value.TrimStart('U', '0', 'P', 'T'), out var number) ? [number] : []);

    private static string Digits(NumbersSum sum) => JsonSerializer.Serialize(sum.Tallies.Select(t => t.Numbers()));

    private static Database Empty()
    {
        var database = Database.Open(":memory:", readOnly: false);
        Schema.Migrate(database);
        return database;
    }

    private static Pack Insert(Database database, Written pack, int threads)
    {
        database["INSERT INTO pack(channel, first, threads, people, sums, rows, roots, times, tags) VALUES(?, 0, ?, ?, ?, ?, ?, ?, ?)"]
            .Bind(1, Channel).Bind(2, threads).Bind(3, pack.People).Bind(4, pack.Sums).Bind(5, pack.Rows).Bind(6, pack.Roots).Bind(7, pack.Times).Bind(8, pack.Tags).Run();
        return Pack.Find(database, Channel, 0, long.MaxValue).Single();
    }

    private static PackedThread[] Threads(int seed, int count)
    {
        var random = new RandomThreads(seed);
        var keys = Enumerable.Range(0, count).Select(_ => random.Key(1, RandomThreads.At(2025, 1, 1), RandomThreads.At(2025, 12, 31))).Distinct().Order();
        return [.. keys.Select(key => Contribution.Of(ThreadProjection.Fold(key, random.Facts(key), RandomThreads.Settings), RandomThreads.Settings))
            .Select(c => new PackedThread(c, c.Kind == RootKind.Request
                ? new DimensionNumbers(random.Next(13), random.Next(4), random.Next(Sets), random.Next(Sets), random.Next(Sets))
                : default))];
    }

    private sealed class Written
    {
        public Written(PackedThread[] threads)
        {
            var writer = new PackWriter(threads);
            (People, Sums, Rows) = (Bytes(writer.People), Bytes(writer.Sums), Bytes(writer.Rows));
            (Roots, Times, Tags) = (Bytes(writer.Roots), Bytes(writer.Times), Bytes(writer.Tags));
        }

        public byte[] People { get; private set; }

        public byte[] Sums { get; private set; }

        public byte[] Rows { get; private set; }

        public byte[] Roots { get; private set; }

        public byte[] Times { get; private set; }

        public byte[] Tags { get; private set; }

        /// <summary>Changes some bytes of a column, most often where the lengths are, or cuts it.</summary>
        public void Damage(Random random)
        {
            var column = random.Next(6);
            var bytes = column switch { 0 => People, 1 => Sums, 2 => Rows, 3 => Roots, 4 => Times, _ => Tags };
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                bytes[random.Next(random.Next(2) == 0 ? bytes.Length : 140)] = (byte)random.Next(256);
            if (random.Next(3) == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            switch (column)
            {
                case 0:
                    People = bytes;
                    break;
                case 1:
                    Sums = bytes;
                    break;
                case 2:
                    Rows = bytes;
                    break;
                case 3:
                    Roots = bytes;
                    break;
                case 4:
                    Times = bytes;
                    break;
                default:
                    Tags = bytes;
                    break;
            }
        }

        private static byte[] Bytes(Action<BlobWriter> write)
        {
            var blob = new BlobWriter();
            write(blob);
            return blob.Written.ToArray();
        }
    }
}
