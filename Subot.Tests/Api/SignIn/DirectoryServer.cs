using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Subot.Tests.Api.SignIn;

/// <summary>A real slapd with people and groups, on loopback, with TLS.</summary>
internal sealed class DirectoryServer : IAsyncDisposable
{
    public const string Password = "correct horse";

    private const string People = """
        dn: dc=example,dc=org
        objectClass: dcObject
        objectClass: organization
        o: Example
        dc: example

        dn: cn=subot,dc=example,dc=org
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: subot
        userPassword: browse

        dn: ou=people,dc=example,dc=org
        objectClass: organizationalUnit
        ou: people

        dn: ou=robots,ou=people,dc=example,dc=org
        objectClass: organizationalUnit
        ou: robots

        dn: ou=groups,dc=example,dc=org
        objectClass: organizationalUnit
        ou: groups

        """;

    private static readonly string[] s_folders = ["/usr/sbin", "/usr/local/sbin", "/usr/lib/openldap", "/usr/local/libexec"];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static Task<DirectoryServer>? s_shared;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("subot-slapd-");
    private readonly int _port = FreePort();
    private readonly int _tlsPort = FreePort();
    private Process? _process;

    private DirectoryServer()
    {
    }

    /// <summary>The address with TLS from the first byte.</summary>
    public string SecureAddress => $"ldaps://127.0.0.1:{_tlsPort}";

    /// <summary>The address where TLS begins later.</summary>
    public string PlainAddress => $"ldap://127.0.0.1:{_port}";

    /// <summary>The file of the authority that gave the certificate.</summary>
    public string Authority => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>
    /// The one that tests share, which says nothing without TLS; skips the test, or fails it in CI, where there is no slapd.
    /// </summary>
    public static Task<DirectoryServer> SharedAsync() => s_shared ??= StartAsync("security ssf=128");

    /// <summary>Ends the shared one.</summary>
    public static async Task EndAsync()
    {
        if (s_shared is { IsCompletedSuccessfully: true })
            await (await s_shared).DisposeAsync();
    }

    /// <summary>Starts one.</summary>
    /// <param name="more">Lines of its configuration.</param>
    public static async Task<DirectoryServer> StartAsync(string more)
    {
        if (Find("slapd") is not { } slapd || Find("slapadd") is not { } slapadd)
        {
            TestData.SkipUnlessCi("needs slapd, which is not installed (apt-get install slapd)");
            throw new InvalidOperationException("unreachable");
        }

        var server = new DirectoryServer();
        try
        {
            await server.StartAsync(slapd, slapadd, more);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the API has to know of it.</summary>
    public Dictionary<string, string> Parameters() => new(ParametersOf(SecureAddress))
    {
        ["DEX_AGENT_GROUP"] = "support-agents, other-agents",
        ["DEX_LDAP_CA"] = Authority,
    };

    /// <summary>What the API has to know of such a directory anywhere, but for its authority.</summary>
    public static Dictionary<string, string> ParametersOf(string host) => new()
    {
        ["DEX_CONNECTORS"] = "ldap",
        ["DEX_ADMIN_GROUP"] = "support-admins",
        ["DEX_LDAP_HOST"] = host,
        ["DEX_LDAP_USERNAME"] = "cn=subot,dc=example,dc=org",
        ["DEX_LDAP_PASSWORD"] = "browse",
        ["DEX_LDAP_USERSEARCH_BASEDN"] = "ou=people,dc=example,dc=org",
        ["DEX_LDAP_USERSEARCH_FILTER"] = "(objectClass=person)",
        ["DEX_LDAP_USERSEARCH_USERNAME"] = "uid",
        ["DEX_LDAP_USERSEARCH_IDATTR"] = "uid",
        ["DEX_LDAP_USERSEARCH_EMAILATTR"] = "mail",
        ["DEX_LDAP_USERSEARCH_NAMEATTR"] = "cn",
        ["DEX_LDAP_GROUPSEARCH_BASEDN"] = "ou=groups,dc=example,dc=org",
        ["DEX_LDAP_GROUPSEARCH_FILTER"] = "(objectClass=groupOfNames)",
        ["DEX_LDAP_GROUPSEARCH_USERNAME"] = "DN",
        ["DEX_LDAP_GROUPSEARCH_EMAILATTR"] = "member",
        ["DEX_LDAP_GROUPSEARCH_NAMEATTR"] = "cn",
    };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(string slapd, string slapadd, string more)
    {
        TestAuthority.Write(_folder.FullName);
        _folder.CreateSubdirectory("data");
        var configuration = Path.Combine(_folder.FullName, "slapd.conf");
        await File.WriteAllTextAsync(configuration, Configuration(more));
        var people = Path.Combine(_folder.FullName, "people.ldif");
        await File.WriteAllTextAsync(people, Entries());
        using var patience = new CancellationTokenSource(s_patience);
        using var add = Process.Start(new ProcessStartInfo(slapadd, ["-f", configuration, "-l", people]) { RedirectStandardError = true })!;
        var problems = await add.StandardError.ReadToEndAsync(patience.Token);
        await add.WaitForExitAsync(patience.Token);
        if (add.ExitCode != 0)
            throw new InvalidOperationException("slapadd: " + problems);

        // It says that it starts when it listens, at any level of its log.
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(slapd, ["-f", configuration, "-d", "none", "-h", $"{PlainAddress} {SecureAddress}"]) { RedirectStandardError = true },
        };
        var (started, said) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new List<string>());
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                started.TrySetException(new InvalidOperationException("slapd: " + string.Join(Environment.NewLine, said)));
            else if (line.Data.Contains("slapd starting", StringComparison.Ordinal))
                started.TrySetResult();
            else
                said.Add(line.Data);
        };
        _process.Start();
        _process.BeginErrorReadLine();
        await started.Task.WaitAsync(patience.Token);
    }

    // It would take the name of somebody with an empty password for a sign-in, as some directories do.
    private string Configuration(string more) => $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        pidfile {_folder.FullName}/slapd.pid
        TLSCACertificateFile {Authority}
        TLSCertificateFile {_folder.FullName}/cert.pem
        TLSCertificateKeyFile {_folder.FullName}/key.pem
        allow bind_anon_cred bind_anon_dn
        {more}
        database mdb
        suffix "dc=example,dc=org"
        directory {_folder.FullName}/data
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn.exact="cn=subot,dc=example,dc=org" read by anonymous auth by * none

        """;

    private static string Entries() => People + "\n"
        + Person("alice", "Alice Martin")
        + Person("dana", "Dana Weiss")
        + Person("bruno", "Bruno Petit")
        + Person("nora", "Nora Nobody")
        + Person("o(dd*", "Odd (One*) \\ Ltd")
        + Person("twin", "First Twin")
        + Person("twin", "Second Twin", "ou=robots,")
        + Group("support-admins", "alice")
        + Group("support-agents", "dana")
        + Group("engprod", "alice", "bruno", "o(dd*");

    private static string Person(string id, string name, string unit = "") => $"""
        dn: uid={id},{unit}ou=people,dc=example,dc=org
        objectClass: inetOrgPerson
        uid: {id}
        cn: {name}
        sn: {name.Split(' ')[1]}
        mail: {(id == "o(dd*" ? "odd" : id)}@example.org
        userPassword: {Password}


        """;

    private static string Group(string name, params string[] members) => $"""
        dn: cn={name},ou=groups,dc=example,dc=org
        objectClass: groupOfNames
        cn: {name}
        {string.Join('\n', members.Select(m => $"member: uid={m},ou=people,dc=example,dc=org"))}


        """;

    private static string? Find(string program) => s_folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
