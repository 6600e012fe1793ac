namespace Subot.Simulator.SocketMode;

/// <summary>The address apps.connections.open gives: a ticket for a websocket.</summary>
internal sealed class SocketEndpoint(SocketHub hub, Tickets tickets)
{
    // Without a timeout .NET sends PONGs, not PINGs, and some clients drop a connection that never pings them.
    private static readonly WebSocketAcceptContext KeptAlive = new()
    {
        KeepAliveInterval = TimeSpan.FromSeconds(10),
        KeepAliveTimeout = TimeSpan.FromSeconds(15),
    };

    public void Map(IEndpointRouteBuilder routes) => routes.Map("/link/", ServeAsync);

    private async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !tickets.Redeem(http.Request.Query["ticket"]))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(KeptAlive);
        await hub.ServeAsync(socket, http.Request.Query["debug_reconnects"] == "true", http.RequestAborted);
    }
}
