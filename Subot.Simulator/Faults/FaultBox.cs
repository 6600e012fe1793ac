namespace Subot.Simulator.Faults;

/// <summary>Decides which event and which call meets a fault. The decisions repeat with the seed.</summary>
public sealed class FaultBox(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private FaultSettings settings = new();
    private int[] used = [];
    private int sinceDrop;

    /// <summary>The faults in force. Setting them starts their counts anew.</summary>
    public FaultSettings Settings
    {
        get
        {
            lock (gate)
                return settings;
        }
        set
        {
            lock (gate)
            {
                settings = value;
                used = new int[value.Api.Count];
                sinceDrop = 0;
            }
        }
    }

    internal TimeSpan HelloDelay => TimeSpan.FromMilliseconds(Settings.HelloDelayMs);

    internal int ReorderWindow => Settings.Reorder;

    internal bool Duplicates() => Happens(Settings.Duplicate);

    internal bool LosesAck() => Happens(Settings.LoseAcks);

    internal bool DropsNow()
    {
        lock (gate)
        {
            if (settings.DropEvery == 0 || ++sinceDrop < settings.DropEvery)
                return false;
            sinceDrop = 0;
            return true;
        }
    }

    internal bool TakesSilentConnection()
    {
        lock (gate)
        {
            if (settings.SilentNext == 0)
                return false;
            settings = settings with { SilentNext = settings.SilentNext - 1 };
            return true;
        }
    }

    internal int Pick(int count)
    {
        lock (gate)
            return random.Next(count);
    }

    /// <summary>The fault this call meets; null for none.</summary>
    internal ApiFault? ForCall(string method)
    {
        lock (gate)
        {
            for (var index = 0; index < settings.Api.Count; index++)
            {
                var fault = settings.Api[index];
                if ((fault.Method != method && fault.Method != "*") || used[index] >= fault.Next || random.NextDouble() >= fault.Probability)
                    continue;
                used[index]++;
                return fault;
            }
            return null;
        }
    }

    private bool Happens(double probability)
    {
        if (probability <= 0)
            return false;
        lock (gate)
            return random.NextDouble() < probability;
    }
}
