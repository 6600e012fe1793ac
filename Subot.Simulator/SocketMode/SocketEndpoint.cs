using Microsoft.AspNetCore.Http.Features;

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

    public void Map(WebApplication web)
    {
        web.Use((http, next) =>
        {
            if (http.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
                http.Features.Set<IHttpUpgradeFeature>(new SilenceableUpgrade(upgrade));
            return next(http);
        });
        web.UseWebSockets();
        web.Map("/link/", ServeAsync);
    }

    private async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !tickets.Redeem(http.Request.Query["ticket"]))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        var upgrade = (SilenceableUpgrade)http.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        using var socket = await http.WebSockets.AcceptWebSocketAsync(KeptAlive);
        using var connection = new SocketConnection(socket, upgrade.Stream!);
        await hub.ServeAsync(connection, http.Request.Query["debug_reconnects"] == "true", http.RequestAborted);
    }

    /// <summary>Upgrades as usual, but keeps hold of the bytes.</summary>
    private sealed class SilenceableUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
    {
        public SilenceableStream? Stream { get; private set; }

        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => Stream = new SilenceableStream(await upgrade.UpgradeAsync());
    }
}
