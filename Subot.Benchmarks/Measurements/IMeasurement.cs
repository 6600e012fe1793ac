using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;

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

/// <summary>What measurements share: the bot, published once, and a place to say what is going on.</summary>
internal sealed class MeasurementContext(Action<string> say) : IDisposable
{
    private readonly ScratchFolder _published = new();
    private PublishedProgram? _bot;

    public void Say(string line) => say(line);

    public async Task<PublishedProgram> BotAsync(CancellationToken ct)
    {
        if (_bot is null)
        {
            Say("publishing the bot");
            _bot = await PublishedProgram.BotAsync(_published.Path, ct);
        }

        return _bot;
    }

    public void Dispose() => _published.Dispose();
}
