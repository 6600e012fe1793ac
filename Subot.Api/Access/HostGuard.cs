using System.Net;
using Subot.Api.Answers;

namespace Subot.Api.Access;

/// <summary>
/// Where one may read without signing in, a page of a stranger that lets its own name point to this address (DNS rebinding) must not: the
/// address is asked for by a name that no stranger can have.
/// </summary>
internal static class HostGuard
{
    public static void UseHostGuard(this WebApplication app, ApiOptions options)
    {
        if (options is { LoopbackOnly: false, AnonymousRead: false })
            return;
        app.Use((context, next) => IsOurs(context.Request.Host.Host, options) || IsForWatchers(context.Request.Path)
            ? next(context)
            : throw RefusedException.Bad(options.LoopbackOnly
                ? "Ask at localhost: without sign-in the API answers on this machine alone."
                : "This is not the API's name: ask at ANALYTICS_URL, at an IP address, or at a name without dots."));
    }

    // They ask by whatever name the cluster knows, and learn nothing of the team.
    private static bool IsForWatchers(PathString path) => path.StartsWithSegments("/health") || path == "/metrics" || path == "/ping";

    private static bool IsOurs(string host, ApiOptions options)
    {
        if (options.LoopbackOnly)
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
        // A name without dots, as those of services in a cluster, is resolved by the network that one is in.
        return !host.Contains('.') || IPAddress.TryParse(host, out _) || Is(options.PublicUrl) || (options.FrontUrl is { } front && Is(front));

        bool Is(Uri address) => string.Equals(address.Host, host, StringComparison.OrdinalIgnoreCase);
    }
}
