using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;

namespace Subot.Benchmarks.Measurements;

/// <summary>One of the measurements that the program can make.</summary>
internal interface IMeasurement
{
    /// <summary>Its name on the command line and in the page.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string Title { get; }

    Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct);
}

/// <summary>What measurements share: programs, published once, stores of ten years, and a place to say what is going on.</summary>
internal sealed class MeasurementContext(SampleYears years, Action<string> say) : IDisposable
{
    private readonly ScratchFolder _published = new();
    private readonly Dictionary<string, PublishedProgram> _programs = [];

    public SampleYears Years => years;

    public void Say(string line) => say(line);

    public Task<PublishedProgram> BotAsync(CancellationToken ct) => PublishedAsync("bot", PublishedProgram.BotAsync, ct);

    public Task<PublishedProgram> ApiAsync(CancellationToken ct) => PublishedAsync("API", PublishedProgram.ApiAsync, ct);

    /// <summary>This program, compiled ahead like those that its peers stand for.</summary>
    public Task<PublishedProgram> PeersAsync(CancellationToken ct) => PublishedAsync("peers", PublishedProgram.PeersAsync, ct);

    private async Task<PublishedProgram> PublishedAsync(
        string what, Func<string, CancellationToken, Task<PublishedProgram>> publish, CancellationToken ct)
    {
        if (_programs.TryGetValue(what, out var known))
            return known;
        Say($"publishing the {what}");
        return _programs[what] = await publish(_published[what], ct);
    }

    public void Dispose() => _published.Dispose();
}
