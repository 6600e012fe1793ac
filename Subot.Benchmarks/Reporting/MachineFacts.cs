using System.Runtime.InteropServices;
using Subot.Benchmarks.Processes;

namespace Subot.Benchmarks.Reporting;

/// <summary>What the figures were measured on; nothing that names the machine.</summary>
internal static class MachineFacts
{
    public static MeasuredSection Section { get; } = new("machine", "Machine",
    [
        new("processor", $"{Environment.ProcessorCount} cores, {Processor()}"),
        new("memory", $"{Figures.Megabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 1000:0} GB"),
        new("system", $"{RuntimeInformation.OSDescription.Split(' ')[0]}, {RuntimeInformation.OSArchitecture}".ToLowerInvariant()),
        new("runtime", RuntimeInformation.FrameworkDescription),
        new("file system of the stores", FileSystem()),
    ]);

    private static string Processor()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return model is null ? "unknown model" : model.Split(':', 2)[1].Trim();
    }

    private static string FileSystem()
    {
        using var scratch = new ScratchFolder();
        var path = scratch.Path;
        return DriveInfo.GetDrives().Where(d => path.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length)?.DriveFormat ?? "unknown";
    }
}
