using System.Diagnostics;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;

namespace Subot.Benchmarks.Measurements;

/// <summary>
/// What the disk does, so that the other figures can be judged: how long a sync takes, and how many commits SQLite makes a second.
/// </summary>
internal sealed class DiskSpeed : IMeasurement
{
    private const int Syncs = 500;
    private const int Commits = 2000;

    public string Name => "disk";

    public string Title => "Disk";

    public Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        context.Say("disk");
        using var scratch = new ScratchFolder();
        var syncs = SyncTimes(scratch["sync"]);
        return Task.FromResult(new MeasuredSection(Name, Title,
        [
            new("write of 4 kB and fsync", $"median {syncs.Median():0.000} ms, 99 % {syncs.Percentile(0.99):0.000} ms"),
            new("SQLite commits of one row (WAL, synchronous=FULL)", Figures.PerSecond(CommitsPerSecond(scratch["commits.db"]))),
        ]));
    }

    /// <summary>Milliseconds of each write and sync, appending.</summary>
    private static List<double> SyncTimes(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write);
        var page = new byte[4096];
        var times = new List<double>();
        for (var i = 0; i < Syncs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            RandomAccess.Write(handle, page, i * page.Length);
            RandomAccess.FlushToDisk(handle);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static double CommitsPerSecond(string file)
    {
        using var database = new RawDatabase(file);
        foreach (var sql in (string[])["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE row(id INTEGER PRIMARY KEY, body TEXT)"])
            database.Run(sql);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; i < Commits; i++)
            database.Run("INSERT INTO row VALUES(?, ?)", i, "a row as small as rows are");
        return Commits / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
