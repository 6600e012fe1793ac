using NUnit.Framework;

namespace Subot.Tests;

/// <summary>
/// Data that lies beside the repository and is not part of it. In CI it must be there; elsewhere a test says why it is skipped.
/// </summary>
public static class TestData
{
    /// <summary>The folder of the data, or null: SUBOT_TEST_DATA, or a folder 'shared' beside the repository.</summary>
    public static string? Shared => field ??= Find();

    /// <summary>Whether missing parts fail a test instead of skipping it.</summary>
    public static bool InCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The path of a file or folder of the data; skips the test, or fails it in CI, when it is not there.</summary>
    public static string Require(params string[] parts)
    {
        var path = Shared is null ? null : Path.Combine([Shared, .. parts]);
        if (path is not null && (File.Exists(path) || Directory.Exists(path)))
            return path;
        SkipUnlessCi($"needs {string.Join('/', parts)} of the test data, which is not part of the repository (SUBOT_TEST_DATA names its folder)");
        throw new InvalidOperationException("unreachable");
    }

    /// <summary>Skips the test with the reason; in CI, where nothing may be skipped, fails it.</summary>
    public static void SkipUnlessCi(string reason)
    {
        if (InCi)
            Assert.Fail(reason);
        Assert.Ignore(reason);
    }

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryFolder { get; } = FindRepository();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SUBOT_TEST_DATA") is { Length: > 0 } named)
            return named;
        var beside = Path.Combine(RepositoryFolder, "..", "shared");
        return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Subot.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run from within the repository.");
    }
}
