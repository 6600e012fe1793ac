using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Reads whole threads out of the columns of a pack: to write it anew, or to look at single ones.</summary>
internal static class PackDecoder
{
    /// <summary>The threads, by root.</summary>
    public static PackedThread[] Read(
        int threads,
        ReadOnlySpan<byte> people,
        ReadOnlySpan<byte> sums,
        ReadOnlySpan<byte> rows,
        ReadOnlySpan<byte> roots,
        ReadOnlySpan<byte> times,
        ReadOnlySpan<byte> tags)
    {
        var columns = new PackColumns(sums, threads);
        var known = new PackTimes(roots, times, threads);
        var contributions = new Contribution[threads];
        ReadThreads(columns, known, contributions);
        ReadValues(columns, new PackRows(rows, threads), contributions);
        ReadReopened(known, contributions);
        return WithDimensions(people, tags, contributions);
    }

    private static void ReadThreads(PackColumns columns, PackTimes times, Span<Contribution> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var traits = new Traits(columns.Traits[i]);
            if (!traits.AreKnown || columns.Hours[i] >= 168)
                throw BlobReader.Damaged();
            into[i] = new Contribution
            {
                Root = new Ts(times.Roots[i]),
                Replies = columns.Replies[i],
                HourOfWeek = columns.Hours[i],
                Calendar = times.Calendars[i],
                Open = traits.Kind == RootKind.Request ? times.Open(i) : default,
            };
            traits.Into(ref into[i]);
        }
    }

    private static void ReadValues(PackColumns columns, PackRows rows, Span<Contribution> into)
    {
        for (var i = 0; i < PackGroup.Count; i++)
        {
            var group = new PackGroup(i);
            var durations = columns.Next(group);
            var owners = rows.Next(columns.Length(group));
            for (var at = 0; at < owners.Length; at++)
                DurationSets.Put(ref into[owners[at]], group.Set, durations[at]);
        }

        var due = columns.NextPending();
        var pending = rows.Next(due.Length);
        for (var i = 0; i < due.Length; i++)
            into[pending[i]].Due = due[i];
        rows.Next(columns.NextOpen().Length);
        var reopenings = columns.NextReopenings();
        var reopened = rows.Next(reopenings.Length);
        for (var i = 0; i < reopenings.Length; i++)
            into[reopened[i]].Reopenings = reopenings[i];
        rows.End();
    }

    private static void ReadReopened(PackTimes times, Span<Contribution> into)
    {
        var spans = times.Spans;
        for (var i = 0; i < times.Reopened.Length; i++)
        {
            var count = times.SpanCounts[i];
            if (count > 0)
                into[times.Reopened[i]].OpenAgain = spans[..count].ToArray();
            spans = spans[count..];
        }
    }

    private static PackedThread[] WithDimensions(ReadOnlySpan<byte> people, ReadOnlySpan<byte> tags, Contribution[] contributions)
    {
        var requesters = PackDimensions.Read(people, contributions.Length, NumbersDimension.Requester, new());
        var responders = PackDimensions.Read(people, contributions.Length, NumbersDimension.Responder, new());
        var tools = PackDimensions.Read(tags, contributions.Length, NumbersDimension.Tool, new());
        var labels = PackDimensions.Read(tags, contributions.Length, NumbersDimension.Label, new());
        var answers = PackDimensions.Read(tags, contributions.Length, NumbersDimension.Answer, new());
        var threads = new PackedThread[contributions.Length];
        for (var i = 0; i < threads.Length; i++)
            threads[i] = new PackedThread(contributions[i], new DimensionNumbers(requesters[i], responders[i], tools[i], labels[i], answers[i]));
        return threads;
    }
}
