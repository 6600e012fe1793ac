using System.Text.RegularExpressions;
using Subot.Hosting.Configuration;

namespace Subot.Api.SignIn.Ldap;

/// <summary>How the way to a directory is kept from others.</summary>
internal enum LdapSecurity
{
    /// <summary>TLS from the first byte (ldaps).</summary>
    Tls,

    /// <summary>TLS begins before anything is said that matters.</summary>
    StartTls,

    /// <summary>Not at all: everybody on the way reads passwords.</summary>
    None,
}

/// <summary>Where a directory is.</summary>
/// <param name="Authority">A file of authorities (PEM) whose certificates are believed; null: those of the machine.</param>
internal sealed record LdapPlace(string Host, int Port, LdapSecurity Security, string? Authority);

/// <summary>Where and how people are found.</summary>
/// <param name="NameAttribute">What people type.</param>
internal sealed record LdapUsers(
    string BaseDn, string Filter, string NameAttribute, string IdAttribute, string EmailAttribute, string FullNameAttribute);

/// <summary>Where and how groups are found.</summary>
/// <param name="UserAttribute">What of a person a group's members are given by, or DN.</param>
/// <param name="MemberAttribute">The group's members.</param>
internal sealed record LdapGroups(string BaseDn, string Filter, string UserAttribute, string MemberAttribute, string NameAttribute);

/// <summary>A directory, the account that looks into it, and what to look for.</summary>
internal sealed partial record LdapOptions(LdapPlace Place, string BrowserDn, string BrowserPassword, LdapUsers Users, LdapGroups Groups)
{
    /// <summary>An entry's own name, which is no attribute.</summary>
    public const string Dn = "DN";

    /// <summary>Reads the parameters, whose names are those of the first Subot.</summary>
    public static LdapOptions Read(ParameterReader from) => new(
        PlaceOf(from),
        from.Required("DEX_LDAP_USERNAME", "the account that looks into the directory", "cn=subot,dc=example,dc=org"),
        from.Required("DEX_LDAP_PASSWORD", "its password", "..."),
        new LdapUsers(
            from.Required("DEX_LDAP_USERSEARCH_BASEDN", "where people are", "ou=people,dc=example,dc=org"),
            Filter(from, "DEX_LDAP_USERSEARCH_FILTER", "who counts", "(objectClass=person)"),
            Attribute(from, "DEX_LDAP_USERSEARCH_USERNAME", "the attribute of the name that people type", "uid"),
            Attribute(from, "DEX_LDAP_USERSEARCH_IDATTR", "the attribute of their id", "uid"),
            Attribute(from, "DEX_LDAP_USERSEARCH_EMAILATTR", "the attribute of their mail address", "mail"),
            Attribute(from, "DEX_LDAP_USERSEARCH_NAMEATTR", "the attribute of their full name", "cn")),
        new LdapGroups(
            from.Required("DEX_LDAP_GROUPSEARCH_BASEDN", "where groups are", "ou=groups,dc=example,dc=org"),
            Filter(from, "DEX_LDAP_GROUPSEARCH_FILTER", "which groups count", "(objectClass=groupOfNames)"),
            Attribute(from, "DEX_LDAP_GROUPSEARCH_USERNAME", "what of a person a group lists, DN or an attribute", Dn),
            Attribute(from, "DEX_LDAP_GROUPSEARCH_EMAILATTR", "the attribute in which a group lists its members", "member"),
            Attribute(from, "DEX_LDAP_GROUPSEARCH_NAMEATTR", "the attribute of a group's name", "cn")));

    private static LdapPlace PlaceOf(ParameterReader from)
    {
        var text = from.Required("DEX_LDAP_HOST", "the directory", "ldaps://ldap.example.org");
        var isInsecure = from.Choice("DEX_LDAP_INSECURE", "false", "true", "false") == "true";
        var authority = from.Text("DEX_LDAP_CA");
        if (authority is not null && !File.Exists(authority))
            from.Refuse($"DEX_LDAP_CA={authority} is no file; name one with the certificates (PEM) of the authorities of the directory");
        if (text.Length == 0)
            return new LdapPlace("", 0, LdapSecurity.Tls, authority);
        var (isUrl, withScheme) = (text.Contains("://", StringComparison.Ordinal), text.Contains("://", StringComparison.Ordinal) ? text : "ldaps://" + text);
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var address) || address.Scheme is not ("ldap" or "ldaps") || address.Host.Length == 0 || address.AbsolutePath.Length > 1 || address.UserInfo.Length > 0)
        {
            from.Refuse($"DEX_LDAP_HOST={text} is no directory; write ldaps://ldap.example.org, or ldap://ldap.example.org for StartTLS");
            return new LdapPlace("", 0, LdapSecurity.Tls, authority);
        }

        if (isInsecure && !(isUrl && address.Scheme == "ldap"))
            from.Refuse("DEX_LDAP_INSECURE=true means no TLS at all, and DEX_LDAP_HOST does not say ldap://; leave DEX_LDAP_INSECURE out");
        // The port of ldap:// has no TLS before it begins there.
        var startsPlain = address.Scheme == "ldap" || address.Port == 389;
        var port = address.Port > 0 ? address.Port : startsPlain ? 389 : 636;
        return new LdapPlace(address.Host, port, isInsecure ? LdapSecurity.None : startsPlain ? LdapSecurity.StartTls : LdapSecurity.Tls, authority);
    }

    private static string Filter(ParameterReader from, string name, string meaning, string example)
    {
        var filter = from.Required(name, meaning, example);
        if (filter.Length > 0 && !(filter[0] == '(' && filter[^1] == ')' && filter.Count(c => c == '(') == filter.Count(c => c == ')')))
            from.Refuse($"{name}={filter} is no filter; write for example {name}={example}");
        return filter;
    }

    private static string Attribute(ParameterReader from, string name, string meaning, string example)
    {
        var attribute = from.Required(name, meaning, example);
        if (attribute.Length > 0 && !AttributeName().IsMatch(attribute))
            from.Refuse($"{name}={attribute} is no attribute; write for example {name}={example}");
        return attribute;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.;-]*$")]
    private static partial Regex AttributeName();
}
