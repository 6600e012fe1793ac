using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Subot.Tests.Api.SignIn;

/// <summary>An authority of the tests' own and the certificates that it gives, as files.</summary>
internal static class TestAuthority
{
    private static readonly DateTimeOffset s_from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the certificate of a new authority, and one of 127.0.0.1 that it gives with its key.</summary>
    public static void Write(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var authority = request.CreateSelfSigned(s_from, s_until);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());

        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = new CertificateRequest("CN=Directory", ownKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        own.CertificateExtensions.Add(names.Build());
        own.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        own.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var given = own.Create(authority, s_from, s_until, [1, 2, 3]);
        File.WriteAllText(Path.Combine(folder, "cert.pem"), given.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), ownKey.ExportPkcs8PrivateKeyPem());
    }
}
