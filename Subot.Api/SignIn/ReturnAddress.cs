namespace Subot.Api.SignIn;

/// <summary>Where somebody goes after signing in: back to where they came from, if that is ours.</summary>
internal sealed class ReturnAddress(ApiOptions options)
{
    /// <summary>The origins of the API itself and of the front.</summary>
    public IReadOnlyList<string> OwnOrigins { get; } = [.. new[] { options.PublicUrl, options.FrontUrl }.OfType<Uri>().Select(OriginOf).Distinct()];

    /// <summary>Where they go who asked for nothing, or for somewhere else.</summary>
    public string Home { get; } = (options.FrontUrl ?? options.PublicUrl).AbsoluteUri;

    /// <summary>
    /// The address that was asked for, written anew so that no two readers understand it differently; else where everybody goes.
    /// </summary>
    public string Of(string? asked)
    {
        if (string.IsNullOrEmpty(asked) || asked.Any(c => c == '\\' || char.IsControl(c) || char.IsWhiteSpace(c)))
            return Home;
        if (asked.StartsWith("//", StringComparison.Ordinal))
            return Home;
        var whole = asked[0] == '/' ? OriginOf(options.PublicUrl) + asked : asked;
        return Uri.TryCreate(whole, UriKind.Absolute, out var address) && IsOwn(address) ? address.AbsoluteUri : Home;
    }

    /// <summary>Whether an origin, or any address there, is ours.</summary>
    public bool IsOwn(Uri address) =>
        address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && OwnOrigins.Contains(OriginOf(address));

    /// <summary>Scheme, host and port, as browsers write them.</summary>
    public static string OriginOf(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped).ToLowerInvariant();
}
