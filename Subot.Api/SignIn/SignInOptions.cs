using System.Net;
using Subot.Api.SignIn.Ldap;
using Subot.Hosting.Configuration;

namespace Subot.Api.SignIn;

/// <summary>
/// How people sign in, and what their groups let them do. Nobody signs in when there is neither a directory nor an issuer.
/// </summary>
internal sealed record SignInOptions
{
    /// <summary>Nobody signs in.</summary>
    public static SignInOptions None { get; } = new();

    /// <summary>The directory, if people sign in with its passwords.</summary>
    public LdapOptions? Ldap { get; init; }

    /// <summary>The issuer of OpenID Connect, if people sign in there.</summary>
    public IssuerOptions? Issuer { get; init; }

    public GroupRoles Roles { get; init; } = GroupRoles.Nobody;

    /// <summary>The folder of the keys that protect sessions.</summary>
    public string KeysFolder { get; init; } = "";

    /// <summary>Proxies that may say whose request they pass on.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>A key for sessions was given, as the first Subot wanted one.</summary>
    public bool HasOldKey { get; init; }

    /// <summary>Whether somebody can sign in.</summary>
    public bool IsOn => Ldap is not null || Issuer is not null;

    /// <summary>Reads the parameters.</summary>
    /// <param name="dataFolder">The data folder: keys lie in it.</param>
    public static SignInOptions Read(ParameterReader from, string dataFolder)
    {
        var ldap = HasLdap(from) ? LdapOptions.Read(from) : null;
        var issuer = IssuerOptions.Read(from);
        return new SignInOptions
        {
            Ldap = ldap,
            Issuer = issuer,
            Roles = ldap is null && issuer is null ? GroupRoles.Nobody : GroupRoles.Read(from),
            KeysFolder = Path.Combine(dataFolder, "keys"),
            Proxies = ReadProxies(from),
            HasOldKey = from.Text("DEX_PRIVATE_KEY") is not null,
        };
    }

    private static bool HasLdap(ParameterReader from)
    {
        var connectors = from.List("DEX_CONNECTORS");
        foreach (var other in connectors.Where(c => c != "ldap"))
            from.Refuse($"DEX_CONNECTORS: '{other}' is no connector; write DEX_CONNECTORS=ldap, or name an issuer with DEX_ISSUER_URL that has it");
        return connectors.Contains("ldap");
    }

    private static List<IPNetwork> ReadProxies(ParameterReader from)
    {
        var proxies = new List<IPNetwork>();
        foreach (var text in from.List("SUBOT_TRUSTED_PROXIES"))
        {
            if (IPNetwork.TryParse(text, out var network))
                proxies.Add(network);
            else if (IPAddress.TryParse(text, out var one))
                proxies.Add(new IPNetwork(one, one.GetAddressBytes().Length * 8));
            else
                from.Refuse($"SUBOT_TRUSTED_PROXIES: '{text}' is no address; write for example 10.0.0.7 or 10.0.0.0/24");
        }

        return proxies;
    }
}
