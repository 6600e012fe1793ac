using Subot.Simulator.Faults;
using Subot.Simulator.Model;

namespace Subot.Simulator.SocketMode;

/// <summary>
/// Brings each event to one connection, and again until it is acknowledged: when the connection drops, on the next one;
/// when no acknowledgement comes, after 3 s, about 1 and about 5 minutes; then it is given up.
/// Its caller holds the hub's lock, except where a method says that it takes it.
/// </summary>
internal sealed class EventDelivery : IDisposable
{
    private readonly ConnectionRing connections;
    private readonly FaultBox faults;
    private readonly TimeSpan[] retryAfter;
    private readonly Dictionary<string, Delivery> byEnvelope = [];
    private readonly List<Delivery> parked = [];
    private readonly List<(int Most, TaskCompletionSource Reached)> waiters = [];
    private readonly Deadlines<(Delivery Delivery, int Attempt)> deadlines;
    private readonly ReorderBuffer reorder;
    private readonly string run = Guid.NewGuid().ToString("N")[..12];
    private long envelopes;

    public EventDelivery(ConnectionRing connections, FaultBox faults, SocketModeOptions options, TimeProvider time)
    {
        this.connections = connections;
        this.faults = faults;
        retryAfter = options.RetryAfter;
        deadlines = new(time, late => TryAgain(late.Delivery, late.Attempt));
        reorder = new ReorderBuffer(faults, time, connections.Gate, Start);
    }

    public DeliveryCounters Counters { get; } = new();

    /// <summary>Events that are neither acknowledged nor given up.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Takes the hub's lock.</summary>
    public void Deliver(AppEvent @event)
    {
        lock (connections.Gate)
        {
            Counters.Events++;
            Outstanding++;
            reorder.Pass(new Delivery(@event.Body));
        }
    }

    /// <summary>Completes when at most <paramref name="most"/> events are outstanding. Takes the hub's lock.</summary>
    public Task WaitUntilAtMostAsync(int most, CancellationToken cancellationToken)
    {
        lock (connections.Gate)
        {
            if (Outstanding <= most)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((most, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public void Acknowledge(SocketConnection connection, string envelopeId)
    {
        if (!byEnvelope.TryGetValue(envelopeId, out var delivery))
            Counters.AcksRepeated++;
        else if (!connection.Delivered(delivery))
            Counters.AcksOnWrongSocket++;
        else if (!faults.LosesAck())
        {
            Counters.Acked++;
            Settle(delivery);
        }
    }

    /// <summary>Gives a new connection what no connection has since the last one dropped.</summary>
    public void Welcome()
    {
        var waiting = parked.ToArray();
        parked.Clear();
        foreach (var delivery in waiting.Where(delivery => !delivery.IsSettled))
            SendAgain(delivery);
    }

    /// <summary>Sends again, elsewhere, what a dropped connection had not acknowledged.</summary>
    public void Dropped(SocketConnection connection)
    {
        foreach (var delivery in connection.TakeUnsettled())
            SendAgain(delivery);
    }

    public void Dispose()
    {
        deadlines.Dispose();
        reorder.Dispose();
    }

    private void Start(Delivery delivery)
    {
        if (Send(delivery))
            Counters.Delivered++;
        deadlines.Add((delivery, 0), retryAfter[0]);
        if (faults.Duplicates() && Send(delivery))
            Counters.Redelivered++;
        if (faults.DropsNow())
            connections.DropAll();
    }

    private void TryAgain(Delivery delivery, int attempt)
    {
        lock (connections.Gate)
        {
            if (delivery.IsSettled)
                return;
            if (attempt + 1 == retryAfter.Length)
            {
                Counters.GivenUp++;
                Settle(delivery);
                return;
            }
            delivery.Attempt = attempt + 1;
            if (Send(delivery))
                Counters.Redelivered++;
            deadlines.Add((delivery, attempt + 1), retryAfter[attempt + 1]);
        }
    }

    private void SendAgain(Delivery delivery)
    {
        if (Send(delivery))
            Counters.Redelivered++;
        else
            parked.Add(delivery);
    }

    private bool Send(Delivery delivery)
    {
        if (connections.Next() is not { } connection)
            return false;
        var id = $"{run}-{++envelopes:x}";
        delivery.EnvelopeIds.Add(id);
        byEnvelope[id] = delivery;
        connection.Deliver(delivery, delivery.Envelope(id));
        return true;
    }

    private void Settle(Delivery delivery)
    {
        delivery.IsSettled = true;
        Outstanding--;
        foreach (var id in delivery.EnvelopeIds)
            byEnvelope.Remove(id);
        connections.Settled(delivery);
        for (var index = waiters.Count - 1; index >= 0; index--)
        {
            if (Outstanding > waiters[index].Most)
                continue;
            waiters[index].Reached.TrySetResult();
            waiters.RemoveAt(index);
        }
    }
}
