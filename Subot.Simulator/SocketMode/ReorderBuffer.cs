using Subot.Simulator.Faults;

namespace Subot.Simulator.SocketMode;

/// <summary>
/// Lets deliveries through in order, or, while the fault "reorder" is set, in a random order within a window.
/// What is held back comes out when the window is full or nothing new came for a moment.
/// </summary>
internal sealed class ReorderBuffer : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private readonly FaultBox faults;
    private readonly Lock gate;
    private readonly Action<Delivery> pass;
    private readonly List<Delivery> held = [];
    private readonly ITimer timer;

    public ReorderBuffer(FaultBox faults, TimeProvider time, Lock gate, Action<Delivery> pass)
    {
        this.faults = faults;
        this.gate = gate;
        this.pass = pass;
        timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The caller holds the lock.</summary>
    public void Pass(Delivery delivery)
    {
        var window = faults.ReorderWindow;
        if (window <= 1 && held.Count == 0)
        {
            pass(delivery);
            return;
        }
        held.Add(delivery);
        timer.Change(Quiet, Timeout.InfiniteTimeSpan);
        while (held.Count >= Math.Max(window, 1))
            PassOne();
    }

    public void Dispose() => timer.Dispose();

    private void Flush()
    {
        lock (gate)
            while (held.Count > 0)
                PassOne();
    }

    private void PassOne()
    {
        var index = faults.Pick(held.Count);
        var delivery = held[index];
        held.RemoveAt(index);
        pass(delivery);
    }
}
