namespace Subot.Benchmarks.Processes;

/// <summary>Where the sources are, and where measurements may write.</summary>
internal static class Repository
{
    /// <summary>The folder of Subot.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>
    /// The data that is not part of the repository, or null: SUBOT_TEST_DATA, or a folder 'shared' beside the repository.
    /// </summary>
    public static string? TestData
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("SUBOT_TEST_DATA") is { Length: > 0 } named ? named : Path.Combine(Root, "..", "shared");
            return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Subot.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("Subot.sln was not found above the program: the measurements publish the bot from its sources.");
    }
}

/// <summary>A new folder for one measurement, deleted afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"subot-benchmark-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>A path within the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);
}
