using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace Subot.Tests;

/// <summary>
/// Text that people have reviewed, in a file beside the test. With SUBOT_UPDATE_SNAPSHOTS=1 the files are written anew, to be reviewed.
/// </summary>
internal static class Snapshot
{
    /// <summary>Holds a text to the file of this name.</summary>
    public static void Matches(string name, string text, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, name);
        text = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("SUBOT_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, text);
        Assert.That(File.Exists(file), $"{file} is missing: run the test with SUBOT_UPDATE_SNAPSHOTS=1, and review what it writes");
        Assert.That(text, Is.EqualTo(File.ReadAllText(file)), name);
    }
}
