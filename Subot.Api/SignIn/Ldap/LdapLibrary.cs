using System.DirectoryServices.Protocols;
using System.Runtime.InteropServices;
using Subot.Hosting;

namespace Subot.Api.SignIn.Ldap;

/// <summary>
/// What .NET's directory client does not set in the library below it (libldap): that it verifies certificates whatever the machine's
/// ldap.conf says, against which authorities, and that it gives up on a server that does not answer.
/// </summary>
internal static class LdapLibrary
{
    private const int TimeoutOption = 0x5002;
    private const int NetworkTimeoutOption = 0x5005;
    private const int AddressOption = 0x5006;
    private const int AuthoritiesOption = 0x6002;
    private const int RequireCertificateOption = 0x6006;
    private const int LowestProtocolOption = 0x6007;
    private const int NewContextOption = 0x600f;
    private const int Demand = 2;
    private const int Tls12 = 0x303;

    private static readonly string[] s_names = ["libldap.so.2", "libldap-2.6.so.0", "libldap-2.5.so.0", "libldap-2.4.so.2", "libldap.dylib"];
    private static readonly string[] s_authorities = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];
    private static readonly Lock s_gate = new();
    private static readonly Lazy<SetOption> s_setOption = new(Load);
    private static LdapPlace? s_place;

    /// <summary>How long an answer may take.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetOption(IntPtr connection, int option, IntPtr value);

    /// <summary>Makes sure that the library is there.</summary>
    /// <exception cref="StartRefusedException">It is not.</exception>
    public static void Require()
    {
        if (!OperatingSystem.IsWindows())
            _ = s_setOption.Value;
    }

    /// <summary>A connection that is not open yet.</summary>
    public static LdapConnection Create(LdapPlace place)
    {
        var identifier = new LdapDirectoryIdentifier(place.Host, place.Port, fullyQualifiedDnsHostName: true, connectionless: false);
        if (OperatingSystem.IsWindows())
            return new LdapConnection(identifier);
        lock (s_gate)
        {
            // Once: connections share what this makes, and it must not be replaced while one begins.
            if (place != s_place)
                Use(place);
            return new LdapConnection(identifier);
        }
    }

    private static void Use(LdapPlace place)
    {
        // A connection that begins with StartTLS is not told where it leads.
        SetText(AddressOption, $"ldap://{place.Host}:{place.Port}");
        SetTime(TimeoutOption, Patience);
        SetTime(NetworkTimeoutOption, Patience);
        SetInt(RequireCertificateOption, Demand);
        SetInt(LowestProtocolOption, Tls12);
        if ((place.Authority ?? Array.Find(s_authorities, File.Exists)) is { } file)
            SetText(AuthoritiesOption, file);
        // Makes what connections share anew; of a client.
        SetInt(NewContextOption, 0);
        s_place = place;
    }

    private static void SetText(int option, string text)
    {
        var place = Marshal.StringToCoTaskMemUTF8(text);
        Check(s_setOption.Value(IntPtr.Zero, option, place));
        Marshal.FreeCoTaskMem(place);
    }

    private static void SetInt(int option, int value)
    {
        var place = Marshal.AllocHGlobal(sizeof(int));
        Marshal.WriteInt32(place, value);
        Check(s_setOption.Value(IntPtr.Zero, option, place));
        Marshal.FreeHGlobal(place);
    }

    /// <summary>Sets a length of time, which is seconds and microseconds there.</summary>
    private static void SetTime(int option, TimeSpan time)
    {
        var place = Marshal.AllocHGlobal(2 * IntPtr.Size);
        Marshal.WriteIntPtr(place, 0, (nint)time.TotalSeconds);
        Marshal.WriteIntPtr(place, IntPtr.Size, 0);
        Check(s_setOption.Value(IntPtr.Zero, option, place));
        Marshal.FreeHGlobal(place);
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new LdapException(result, "The LDAP library refuses an option.");
    }

    private static SetOption Load()
    {
        foreach (var name in s_names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "ldap_set_option", out var address))
                return Marshal.GetDelegateForFunctionPointer<SetOption>(address);
        }

        throw new StartRefusedException("Signing in by LDAP needs the library libldap, which is not installed. On Debian and Ubuntu: apt-get install libldap-2.5-0 (or libldap2); on Alpine: apk add libldap.");
    }
}
