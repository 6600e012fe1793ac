using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Hosting;
using Subot.Storage;

namespace Subot.Bot.Settings;

/// <summary>
/// Follows the settings: what anybody writes counts within a second, without a restart. What was applied in between, or lies after an
/// instant in the past from which they are valid, is projected anew. When a newer program takes the store over, this one ends.
/// </summary>
internal sealed partial class SettingsWatch(
    IStore store, CurrentSettings settings, ApplyQueue queue, TimeProvider time, ILogger<SettingsWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1);

    // Not before the threads are projected: what failed is done again.
    private int _settled = settings.History.Number;

    /// <summary>Looks now; when it returns what was written before counts.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (await store.NewestSettingsAsync(ct) == _settled)
                return;
            var newer = await store.SettingsAsync(ct);
            settings.Replace(newer);
            // Behind everything that the loop took under the older ones.
            await queue.AddAndWaitAsync([], ct);
            await Reprojection.FollowAsync(store, newer, _settled, ct);
            _settled = newer.Number;
            Log.Changed(log, newer.Number, newer.Written[^1].Author);
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Reprojection.RefuseNewerAsync(store, stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not StartRefusedException && !stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Settings version {Number} by {Author} counts from now on")]
        public static partial void Changed(ILogger log, int number, string author);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The settings could not be read again; trying again in a second: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
