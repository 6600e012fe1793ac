using System.Globalization;
using Subot.Api.SignIn;
using Subot.Hosting.Configuration;

namespace Subot.Api;

/// <summary>What the environment says to the API.</summary>
internal sealed record ApiOptions
{
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

    /// <summary>Whether somebody can sign in. If nobody can, the API listens on loopback, and nothing can be changed.</summary>
    public bool HasSignIn => SignIn.IsOn;

    /// <summary>Whether only this machine reaches the API.</summary>
    public bool LoopbackOnly => !HasSignIn && !AnonymousRead;

    /// <summary>Reads the parameters of the API.</summary>
    /// <exception cref="ConfigurationException">Some are missing or wrong.</exception>
    public static ApiOptions Read(ParameterSource source, string? dataFolder)
    {
        var from = new ParameterReader(source);
        var port = from.Text("SUBOT_API_PORT") ?? "8080";
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65_535)
            from.Refuse($"SUBOT_API_PORT={port} is no port; write for example 8080, or 0 for any free one");
        var options = new ApiOptions
        {
            Store = StorePlace.Read(from, dataFolder),
            PublicUrl = from.Address("ANALYTICS_URL", $"http://localhost:{number}"),
            FrontUrl = from.Text("FRONT_URL") is null ? null : from.Address("FRONT_URL", "https://subot.example.org/"),
            Port = number,
            AnonymousRead = from.Choice("SUBOT_ANONYMOUS_READ", "false", "true", "false") == "true",
            SignIn = SignInOptions.Read(from, dataFolder ?? from.Text("SUBOT_DATA") ?? "data"),
        };
        from.ThrowIfWrong();
        return options;
    }
}
