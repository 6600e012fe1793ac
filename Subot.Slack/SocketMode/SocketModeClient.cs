using Microsoft.Extensions.Logging;

namespace Subot.Slack;

/// <summary>
/// Keeps a Socket Mode connection: opens a replacement before Slack ends the one in use, notices dead peers, waits
/// between failures, and tells what state it is in. One loop opens connections, and no other code does.
/// </summary>
public sealed partial class SocketModeClient(
    ISlackApi api, SocketModeOptions options, TimeProvider time, ILogger<SocketModeClient> log)
{
    private readonly Backoff _backoff = new(options.FirstBackoff, options.MaxBackoff);
    private readonly Backoff _shortLives = new(options.FirstBackoff, options.MaxBackoff);
    private readonly Backoff _tooManyBackoff = new(options.TooManyConnectionsBackoff, options.SlowRetry);
    private readonly SideWork _handlers = new(options.MaxConcurrentHandlers);
    private volatile SocketModeStatus _status = new(SocketModeState.Stopped, time.GetUtcNow(), 0, null);
    private volatile SocketModeConnection? _current;
    private volatile SocketModeConnection? _retiring;
    private Task _retirement = Task.CompletedTask;
    private int _opened;
    private int _running;

    /// <summary>Where the connection stands now.</summary>
    public SocketModeStatus Status => (_status, _current is { IsLive: true }) switch
    {
        // The connection to be replaced may go on, and may end at any moment: it is asked.
        ({ State: not (SocketModeState.Connected or SocketModeState.Stopped) } status, true) => status with { State = SocketModeState.Refreshing },
        ({ State: SocketModeState.Connected } status, false) => status with { State = SocketModeState.Connecting },
        var (status, _) => status,
    };

    /// <summary>
    /// Owns the connections until cancelled, and then closes them. Trouble never ends it; look at <see cref="Status"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(ISocketModeHandler handler, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            throw new InvalidOperationException("This client runs already.");
        var dispatcher = new FrameDispatcher(handler, api, options, time, _handlers, log, IsOtherLive, ct);
        try
        {
            while (true)
                await KeepConnectedAsync(dispatcher, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped.
        }
        finally
        {
            await StopAsync();
        }
    }

    /// <summary>
    /// Acknowledges events, each on the socket that delivered it. An event whose socket has ended is passed over:
    /// Slack delivers it again.
    /// </summary>
    public async ValueTask AcknowledgeAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken ct)
    {
        var from = 0;
        while (from < deliveries.Count)
        {
            var connection = deliveries[from].Connection;
            var to = from + 1;
            while (to < deliveries.Count && deliveries[to].Connection == connection)
                to++;
            if (connection is not null && !await connection.AcknowledgeAsync(deliveries, from, to, ct))
                Log.NotAcknowledged(log, to - from, connection.Number);
            from = to;
        }
    }

    /// <summary>Opens a connection and stays with it until it is to be replaced; after a failure waits.</summary>
    private async Task KeepConnectedAsync(FrameDispatcher dispatcher, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await EndRetirementAsync();
        Enter(SocketModeState.Connecting);

        var (connection, failure) = await TryConnectAsync(dispatcher, ct);
        if (connection is null)
        {
            await WaitAfterAsync(failure!, ct);
            return;
        }
        if (_retiring is { } replaced)
            _retirement = RetireAsync(replaced);
        var reason = await StayAsync(connection, ct);
        await LeaveAsync(connection, reason, ct);
    }

    private async Task<(SocketModeConnection? Connection, ConnectFailure? Failure)> TryConnectAsync(
        FrameDispatcher dispatcher, CancellationToken ct)
    {
        var connection = new SocketModeConnection(++_opened, dispatcher, options, time);
        ConnectFailure? failure;
        try
        {
            failure = await OpenAsync(connection, dispatcher, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever it is (name resolution, TLS, a proxy, a handshake answered 408): the next try has a new address.
            failure = ConnectFailure.From(e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        if (failure is null)
            return (connection, null);
        await connection.CloseAsync();
        await connection.DisposeAsync();
        return (null, failure);
    }

    private async Task<ConnectFailure?> OpenAsync(SocketModeConnection connection, FrameDispatcher dispatcher, CancellationToken ct)
    {
        var address = await api.OpenConnectionAsync(ct);
        using (var timeout = new CancellationTokenSource(options.ConnectTimeout, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token))
            await connection.OpenAsync(address, either.Token);

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var patience = Task.Delay(options.HelloTimeout, time, giveUp.Token);
        await Task.WhenAny(connection.Hello, connection.Leaving, patience);
        await giveUp.CancelAsync();
        ct.ThrowIfCancellationRequested();
        // Hello first: when a connection says hello and disconnect at once, both count.
        if (connection.Hello.IsCompletedSuccessfully)
        {
            Welcome(connection, await connection.Hello, dispatcher);
            return null;
        }
        return connection.Leaving.IsCompletedSuccessfully
            ? ConnectFailure.Refused(await connection.Leaving)
            : ConnectFailure.Refused($"no hello within {options.HelloTimeout}");
    }

    /// <summary>Makes it the connection in use; the one before, if any, is to retire.</summary>
    private void Welcome(SocketModeConnection connection, HelloFrame hello, FrameDispatcher dispatcher)
    {
        var others = _current is { IsLive: true } ? 1 : 0;
        (_retiring, _current) = (_current, connection);
        _backoff.Reset();
        _tooManyBackoff.Reset();
        _status = new SocketModeStatus(SocketModeState.Connected, time.GetUtcNow(), hello.NumConnections, _status.LastError);
        Log.Connected(log, connection.Number, hello.NumConnections);
        if (hello.NumConnections > others + 1)
            Log.OtherConnections(log, hello.NumConnections, others + 1);
        dispatcher.OnConnected(new SocketModeConnected(connection.Number, AfterGap: others == 0, hello.NumConnections));
    }

    /// <summary>Waits until the connection is to be replaced, and tells why.</summary>
    private async Task<string> StayAsync(SocketModeConnection connection, CancellationToken ct)
    {
        var period = options.SleepThreshold / 3;
        while (true)
        {
            var before = time.GetUtcNow();
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(connection.Leaving, Task.Delay(period, time, tick.Token));
            await tick.CancelAsync();
            ct.ThrowIfCancellationRequested();
            if (connection.Leaving.IsCompleted)
                return await connection.Leaving;
            if (time.GetUtcNow() - before <= period + options.SleepThreshold)
                continue;
            // What was open before the machine slept is dead, though it may not look so for a long time.
            connection.Abort();
            await connection.Ended;
            return "the machine slept";
        }
    }

    private async Task LeaveAsync(SocketModeConnection connection, string reason, CancellationToken ct)
    {
        var failure = ConnectFailure.Refused(reason);
        Log.Leaving(log, connection.Number, reason);
        if (failure.Kind is ConnectFailureKind.TooManyConnections or ConnectFailureKind.Disabled)
        {
            await connection.CloseAsync();
            await WaitAfterAsync(failure, ct);
        }
        else if (connection.Age < options.ShortestLife)
        {
            // Said hello and soon left: opening the next at once could go round and round. Hello has reset the back-off of failures, so
            // that this one is its own.
            await WaitAsync(SocketModeState.Waiting, failure, _shortLives.Next(), ct);
        }
        else
        {
            _shortLives.Reset();
        }
    }

    private Task WaitAfterAsync(ConnectFailure failure, CancellationToken ct)
    {
        var (state, wait) = failure.Kind switch
        {
            ConnectFailureKind.Token => (SocketModeState.TokenRefused, options.SlowRetry),
            ConnectFailureKind.Disabled => (SocketModeState.Disabled, options.SlowRetry),
            ConnectFailureKind.TooManyConnections => (SocketModeState.TooManyConnections, _tooManyBackoff.Next()),
            _ => (SocketModeState.Waiting, _backoff.Next()),
        };
        return WaitAsync(state, failure, wait, ct);
    }

    private async Task WaitAsync(SocketModeState state, ConnectFailure failure, TimeSpan wait, CancellationToken ct)
    {
        if (failure.RetryAfter > wait)
            wait = failure.RetryAfter.Value;
        Enter(state, failure.Reason);
        if (state == SocketModeState.Waiting)
            Log.Failed(log, failure.Reason, wait);
        else
            Log.AdminNeeded(log, state, failure.Reason, wait);
        await Task.Delay(wait, time, ct);
    }

    /// <summary>Lets a replaced connection take what is still under way on it.</summary>
    private async Task RetireAsync(SocketModeConnection connection)
    {
        using var overlap = new CancellationTokenSource();
        await Task.WhenAny(connection.Ended, Task.Delay(options.Overlap, time, overlap.Token));
        await overlap.CancelAsync();
        await connection.CloseAsync();
        await connection.DisposeAsync();
    }

    /// <summary>At most two connections: the one that retires ends before a third is opened.</summary>
    private async Task EndRetirementAsync()
    {
        if (_retiring is { } retiring)
            await retiring.CloseAsync();
        await _retirement;
        _retiring = null;
    }

    private async Task StopAsync()
    {
        // Handlers are told by their token; what they still want to say needs the socket.
        await _handlers.DrainAsync(options.CloseTimeout, time);
        var current = _current;
        _current = null;
        await Task.WhenAll(EndRetirementAsync(), current?.CloseAsync() ?? Task.CompletedTask);
        if (current is not null)
            await current.DisposeAsync();
        Enter(SocketModeState.Stopped);
        Volatile.Write(ref _running, 0);
    }

    private bool IsOtherLive(SocketModeConnection connection) =>
        (_current is { IsLive: true } current && current != connection) || (_retiring is { IsLive: true } retiring && retiring != connection);

    /// <summary>Where it stands but for the connection that is to be replaced.</summary>
    private void Enter(SocketModeState state, string? error = null)
    {
        var before = _status;
        var since = before.State == state ? before.Since : time.GetUtcNow();
        _status = before with { State = state, Since = since, LastError = error ?? before.LastError };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} events could not be acknowledged: connection {Number} has ended.")]
        public static partial void NotAcknowledged(ILogger log, int count, int number);

        [LoggerMessage(Level = LogLevel.Information, Message = "Connected to Slack (connection {Number}, {NumConnections} of this app).")]
        public static partial void Connected(ILogger log, int number, int numConnections);

        [LoggerMessage(Level = LogLevel.Warning, Message =
            "Slack counts {NumConnections} connections of this app, {Ours} of them ours: another process shares its events, or dead ones linger. "
            + "If it stays so, stop the other process, or revoke the app-level token and make a new one.")]
        public static partial void OtherConnections(ILogger log, int numConnections, int ours);

        [LoggerMessage(Level = LogLevel.Information, Message = "Connection {Number} is to be replaced: {Reason}.")]
        public static partial void Leaving(ILogger log, int number, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to Slack: {Reason}. Next try in {Wait}.")]
        public static partial void Failed(ILogger log, string reason, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Error, Message = "No connection to Slack ({State}): {Reason}. Someone must act; next try in {Wait}.")]
        public static partial void AdminNeeded(ILogger log, SocketModeState state, string reason, TimeSpan wait);
    }
}
