using System.DirectoryServices.Protocols;
using System.Net;

namespace Subot.Api.SignIn.Ldap;

/// <summary>The directory does not answer, or not as it should; what it said is for the log.</summary>
internal sealed class DirectoryException(string message, Exception inner) : Exception(message, inner);

/// <summary>A directory in which people are found by the name that they type, and which knows their passwords.</summary>
internal sealed class LdapDirectory(LdapOptions options) : IDisposable
{
    // Of its answer to a bind: what people get wrong, or an administrator has closed. Anything else is trouble.
    private static readonly ResultCode[] s_refusals =
    [
        ResultCode.InappropriateAuthentication, (ResultCode)49, ResultCode.InsufficientAccessRights, ResultCode.UnwillingToPerform, ResultCode.ConstraintViolation,
    ];

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    // The library blocks a thread for each.
    private readonly SemaphoreSlim _gate = new(8);

    /// <summary>
    /// Who has this name and password; null if nobody has. It takes as long for a name that nobody has as for a wrong password.
    /// </summary>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<Person?> FindAsync(string name, string password, CancellationToken ct)
    {
        if (!await _gate.WaitAsync(s_patience, ct))
            throw new DirectoryException("Too many wait for the directory.", new TimeoutException());
        var asked = Task.Run(
            () =>
            {
                try
                {
                    return Find(name, password);
                }
                finally
                {
                    _gate.Release();
                }
            },
            CancellationToken.None);
        try
        {
            return await asked.WaitAsync(s_patience, ct);
        }
        catch (Exception e) when (e is LdapException or DirectoryOperationException or TimeoutException)
        {
            throw new DirectoryException(e.Message, e);
        }
    }

    public void Dispose() => _gate.Dispose();

    private Person? Find(string name, string password)
    {
        // An empty password binds as nobody, and a directory may call that a success; the library ends a password at a zero.
        if (password.Length == 0 || password.Contains('\0'))
            return null;
        using var browser = Open();
        browser.Bind(new NetworkCredential(options.BrowserDn, options.BrowserPassword));
        var entry = FindEntry(browser, name);
        using var own = Open();
        var mayBind = TryBind(own, entry?.DistinguishedName ?? $"cn={Guid.NewGuid():N},{options.Users.BaseDn}", password);
        return mayBind && entry is not null ? PersonOf(browser, entry) : null;
    }

    private SearchResultEntry? FindEntry(LdapConnection browser, string name)
    {
        var users = options.Users;
        var request = new SearchRequest(
            users.BaseDn, LdapFilter.Where(users.Filter, users.NameAttribute, name), SearchScope.Subtree,
            users.NameAttribute, users.IdAttribute, users.EmailAttribute, users.FullNameAttribute, options.Groups.UserAttribute);
        List<SearchResultEntry> found = [.. ((SearchResponse)browser.SendRequest(request)).Entries.Cast<SearchResultEntry>()];
        // A name that two people have is nobody's. Directories see letters alike that are not; that would be many names for one person.
        return found is [var one] && Values(one, users.NameAttribute).Any(v => SignInName.Fold(v) == SignInName.Fold(name)) ? one : null;
    }

    private Person PersonOf(LdapConnection browser, SearchResultEntry entry)
    {
        var users = options.Users;
        var id = Values(entry, users.IdAttribute) is [var first, ..] ? first : throw new DirectoryOperationException($"{entry.DistinguishedName} has no {users.IdAttribute}.");
        return new Person(
            id, id, Values(entry, users.NameAttribute)[0], Values(entry, users.FullNameAttribute).FirstOrDefault(""), Values(entry, users.EmailAttribute).FirstOrDefault(""), GroupsOf(browser, entry));
    }

    private List<string> GroupsOf(LdapConnection browser, SearchResultEntry person)
    {
        var groups = options.Groups;
        var names = new List<string>();
        foreach (var member in Values(person, groups.UserAttribute))
        {
            var request = new SearchRequest(groups.BaseDn, LdapFilter.Where(groups.Filter, groups.MemberAttribute, member), SearchScope.Subtree, groups.NameAttribute);
            foreach (SearchResultEntry group in ((SearchResponse)browser.SendRequest(request)).Entries)
                names.AddRange(Values(group, groups.NameAttribute).Take(1));
        }

        return [.. names.Distinct()];
    }

    private LdapConnection Open()
    {
        var connection = LdapLibrary.Create(options.Place);
        try
        {
            connection.AuthType = AuthType.Basic;
            connection.Timeout = LdapLibrary.Patience;
            connection.SessionOptions.ProtocolVersion = 3;
            // A referral would take passwords to another server.
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (options.Place.Security == LdapSecurity.Tls)
                connection.SessionOptions.SecureSocketLayer = true;
            else if (options.Place.Security == LdapSecurity.StartTls)
                connection.SessionOptions.StartTransportLayerSecurity(null);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool TryBind(LdapConnection connection, string dn, string password)
    {
        try
        {
            connection.Bind(new NetworkCredential(dn, password));
            return true;
        }
        catch (LdapException e) when (s_refusals.Contains((ResultCode)e.ErrorCode))
        {
            return false;
        }
    }

    private static string[] Values(SearchResultEntry entry, string attribute)
    {
        if (attribute.Equals(LdapOptions.Dn, StringComparison.OrdinalIgnoreCase))
            return [entry.DistinguishedName];
        return entry.Attributes.Contains(attribute) ? (string[])entry.Attributes[attribute].GetValues(typeof(string)) : [];
    }
}
