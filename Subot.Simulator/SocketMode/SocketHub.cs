using System.Text.Json.Nodes;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;

namespace Subot.Simulator.SocketMode;

/// <summary>The app's side of the workspace: its open connections, the events on their way, the questions that wait.</summary>
public sealed class SocketHub : IDisposable
{
    private const int LargestAck = 20_480;
    private const int DebugConnectionSeconds = 360;

    private readonly AppIdentity app;
    private readonly SocketModeOptions options;
    private readonly FaultBox faults;
    private readonly TimeProvider time;
    private readonly ConnectionRing connections = new();
    private readonly EventDelivery events;
    private readonly Questions questions;
    private readonly Deadlines<Action> later;

    internal SocketHub(AppIdentity app, SocketModeOptions options, FaultBox faults, TimeProvider time)
    {
        this.app = app;
        this.options = options;
        this.faults = faults;
        this.time = time;
        events = new EventDelivery(connections, faults, options, time);
        questions = new Questions(connections, time);
        later = new Deadlines<Action>(time, action => action());
    }

    /// <summary>Told when a connection opened or closed.</summary>
    internal event Action? ConnectionsChanged;

    public DeliveryCounters Counters => events.Counters;

    /// <summary>How many connections are open, silent ghosts included.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (connections.Gate)
                return connections.Count;
        }
    }

    /// <summary>Events that are neither acknowledged nor given up.</summary>
    public int Outstanding
    {
        get
        {
            lock (connections.Gate)
                return events.Outstanding;
        }
    }

    /// <summary>Hands an event to the app.</summary>
    public void Deliver(AppEvent @event) => events.Deliver(@event);

    /// <summary>Completes when at most <paramref name="most"/> events are neither acknowledged nor given up.</summary>
    public Task WaitUntilAtMostAsync(int most, CancellationToken cancellationToken) => events.WaitUntilAtMostAsync(most, cancellationToken);

    /// <summary>
    /// Sends a command or an interaction to one connection; its answer, or the error when none came within 3 s.
    /// </summary>
    public Task<Reply> AskAsync(string type, bool acceptsPayload, JsonObject payload, CancellationToken cancellationToken) =>
        questions.AskAsync(type, acceptsPayload, payload, cancellationToken);

    /// <summary>Drops every connection without a word.</summary>
    public void DropAll()
    {
        lock (connections.Gate)
            connections.DropAll();
    }

    /// <summary>Makes every connection a ghost: open, but nothing is sent or read any more.</summary>
    public void SilenceAll()
    {
        lock (connections.Gate)
            foreach (var connection in connections.All)
                connection.Silence();
    }

    /// <summary>Tells every connection to disconnect, then closes it: after 10 s when the reason is "warning", else at once.</summary>
    public void DisconnectAll(string reason)
    {
        lock (connections.Gate)
            foreach (var connection in connections.All)
                Disconnect(connection, reason);
    }

    public void Dispose()
    {
        events.Dispose();
        later.Dispose();
    }

    /// <summary>Serves one websocket until it closes.</summary>
    internal async Task ServeAsync(SocketConnection connection, bool isShortLived, CancellationToken cancellationToken)
    {
        if (faults.TakesSilentConnection())
            connection.Silence();
        var running = connection.RunAsync(frame => Received(connection, frame.Span), cancellationToken);
        try
        {
            if (Admit(connection))
                await WelcomeAsync(connection, running, isShortLived, cancellationToken);
            await running;
        }
        finally
        {
            Forget(connection);
        }
    }

    private async Task WelcomeAsync(SocketConnection connection, Task running, bool isShortLived, CancellationToken cancellationToken)
    {
        if (faults.HelloDelay is { Ticks: > 0 } delay)
            await Task.WhenAny(running, Task.Delay(delay, time, cancellationToken));
        Welcome(connection, isShortLived ? DebugConnectionSeconds : options.ConnectionSeconds);
    }

    private bool Admit(SocketConnection connection)
    {
        lock (connections.Gate)
        {
            if (connections.IsFull)
            {
                Disconnect(connection, "too_many_websockets");
                return false;
            }
            connections.Add(connection);
        }
        ConnectionsChanged?.Invoke();
        return true;
    }

    private void Welcome(SocketConnection connection, int secondsToLive)
    {
        lock (connections.Gate)
        {
            connection.Send(Envelopes.Hello(app.AppId, connections.Count, secondsToLive));
            connection.IsReady = true;
            later.Add(() => Disconnect(connection, "warning"), TimeSpan.FromSeconds(secondsToLive));
            events.Welcome();
        }
    }

    private void Forget(SocketConnection connection)
    {
        lock (connections.Gate)
        {
            connections.Remove(connection);
            events.Dropped(connection);
        }
        ConnectionsChanged?.Invoke();
    }

    private void Disconnect(SocketConnection connection, string reason)
    {
        connection.Send(Envelopes.Disconnect(reason));
        if (reason == "warning")
            later.Add(connection.Close, options.WarningTime);
        else
            connection.Close();
    }

    private void Received(SocketConnection connection, ReadOnlySpan<byte> frame)
    {
        var ack = frame.Length < LargestAck ? Acknowledgement.Read(frame) : null;
        lock (connections.Gate)
        {
            if (frame.Length >= LargestAck)
                Counters.AcksTooLarge++;
            else if (ack is null)
                Counters.FramesNotUnderstood++;
            else if (!questions.Answer(connection, ack.Value.EnvelopeId, ack.Value.Payload))
                events.Acknowledge(connection, ack.Value.EnvelopeId);
        }
    }
}
