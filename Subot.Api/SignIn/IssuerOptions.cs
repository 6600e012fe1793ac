using Subot.Hosting.Configuration;

namespace Subot.Api.SignIn;

/// <summary>An issuer of OpenID Connect, and who the API is to it.</summary>
/// <param name="Url">As the issuer writes it into its tokens.</param>
internal sealed record IssuerOptions(string Url, string ClientId, string Secret)
{
    /// <summary>Whether it speaks https.</summary>
    public bool IsSecure => Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the parameters; null if there is no issuer.</summary>
    public static IssuerOptions? Read(ParameterReader from)
    {
        if (from.Text("DEX_ISSUER_URL") is not { } url)
            return null;
        // Whoever can change what the issuer says can sign in as anybody.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)))
            from.Refuse($"DEX_ISSUER_URL={url} is no issuer; write its https address, for example DEX_ISSUER_URL=https://dex.example.org/dex (http only on this machine)");
        return new IssuerOptions(
            url,
            from.Required("DEX_CLIENT_ID", "the API's client id at the issuer", "subot"),
            from.Required("DEX_SECRET", "the API's client secret at the issuer", "..."));
    }
}
