using System.Globalization;
using System.Net;
using Subot.Api.Access;
using Subot.Api.SignIn;
using Subot.Hosting.Configuration;

namespace Subot.Api;

/// <summary>What the environment says to the API.</summary>
internal sealed record ApiOptions
{
    private const int UsualPort = 8080;

    public required StorePlace Store { get; init; }

    /// <summary>The address at which people reach the API; callbacks of the sign-in use it.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>The frontend, which may call from its own origin; null: only the API's own origin may.</summary>
    public required Uri? FrontUrl { get; init; }

    /// <summary>The port that is listened on; 0 for any free one.</summary>
    public required int Port { get; init; }

    /// <summary>Whoever reaches the API may read.</summary>
    public required bool AnonymousRead { get; init; }

    /// <summary>How people sign in.</summary>
    public SignInOptions SignIn { get; init; } = SignInOptions.None;

    /// <summary>Whoever reaches the API is an admin: of the demo alone, whose data is made up.</summary>
    public bool SampleAdmin { get; init; }

    /// <summary>Whether somebody can sign in. If nobody can, the API listens on loopback, and nothing can be changed.</summary>
    public bool HasSignIn => SignIn.IsOn;

    /// <summary>Whether only this machine reaches the API.</summary>
    public bool LoopbackOnly => !HasSignIn && !AnonymousRead;

    /// <summary>Whether whoever has a role may be somebody who did not sign in.</summary>
    public bool NeedsNobody(Role role) => (LoopbackOnly && SampleAdmin) || role <= AnonymousRole;

    /// <summary>What those may do who did not sign in.</summary>
    public Role AnonymousRole => HasSignIn && !AnonymousRead ? Role.Anyone : Role.Viewer;

    /// <summary>Reads the parameters of the API.</summary>
    /// <exception cref="ConfigurationException">Some are missing or wrong.</exception>
    public static ApiOptions Read(ParameterSource source, string? dataFolder)
    {
        var from = new ParameterReader(source);
        var port = ReadPort(from);
        var options = new ApiOptions
        {
            Store = StorePlace.Read(from, dataFolder),
            PublicUrl = from.Address("ANALYTICS_URL", $"http://localhost:{port}"),
            FrontUrl = from.Text("FRONT_URL") is null ? null : from.Address("FRONT_URL", "https://subot.example.org/"),
            Port = port,
            AnonymousRead = from.Choice("SUBOT_ANONYMOUS_READ", "false", "true", "false") == "true",
            SignIn = SignInOptions.Read(from, dataFolder ?? from.Text("SUBOT_DATA") ?? "data"),
        };
        from.ThrowIfWrong();
        return options;
    }

    private static int ReadPort(ParameterReader from)
    {
        var text = from.Text("SUBOT_API_PORT") ?? $"{UsualPort}";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort)
            return port;
        from.Refuse($"SUBOT_API_PORT={text} is no port; write for example {UsualPort}, or 0 for any free one");
        return UsualPort;
    }
}
