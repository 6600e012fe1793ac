using System.Diagnostics;
using System.Globalization;

namespace Subot.Tests.Faults;

/// <summary>Where a bot dies: at the n-th pass of a place, written <c>after-post:17</c>.</summary>
public sealed class KillPoint(string place, int pass)
{
    public const string BeforeCommit = "before-commit";
    public const string AfterCommit = "after-commit";
    public const string AfterPost = "after-post";
    public const string BeforeRecord = "before-record";

    /// <summary>All places.</summary>
    public static IReadOnlyList<string> Places { get; } = [BeforeCommit, AfterCommit, AfterPost, BeforeRecord];

    private int _passes;

    public static KillPoint Parse(string text)
    {
        var parts = text.Split(':');
        return new KillPoint(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Dies, without a last word, if it is time.</summary>
    public void Pass(string here)
    {
        if (here != place || Interlocked.Increment(ref _passes) != pass)
            return;
        Process.GetCurrentProcess().Kill();
        Thread.CurrentThread.Join();
    }

    public override string ToString() => $"{place}:{pass}";
}
