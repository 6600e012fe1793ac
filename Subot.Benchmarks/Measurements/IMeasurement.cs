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
    private PublishedProgram? _bot;
    private PublishedProgram? _api;
    private PublishedProgram? _peers;

    public SampleYears Years => years;

    public void Say(string line) => say(line);

    public async Task<PublishedProgram> BotAsync(CancellationToken ct)
    {
        if (_bot is null)
        {
            Say("publishing the bot");
            _bot = await PublishedProgram.BotAsync(_published["bot"], ct);
        }

        return _bot;
    }

    public async Task<PublishedProgram> ApiAsync(CancellationToken ct)
    {
        if (_api is null)
        {
            Say("publishing the API");
            _api = await PublishedProgram.ApiAsync(_published["api"], ct);
        }

        return _api;
    }

    /// <summary>This program, compiled ahead like those that its peers stand for.</summary>
    public async Task<PublishedProgram> PeersAsync(CancellationToken ct)
    {
        if (_peers is null)
        {
            Say("publishing the peers");
            _peers = await PublishedProgram.PeersAsync(_published["peers"], ct);
        }

        return _peers;
    }

    public void Dispose() => _published.Dispose();
}
