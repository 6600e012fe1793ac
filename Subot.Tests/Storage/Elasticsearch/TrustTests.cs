using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using Subot.Storage;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Whose certificates are believed.</summary>
internal sealed class TrustTests : ClientFixture
{
    private static readonly DateTimeOffset s_from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("subot-trust-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(Timeout)]
    public async Task A_certificate_of_ones_own_authority_is_trusted_only_with_that_authoritys_file(CancellationToken ct)
    {
        using var ours = Authority("CN=Ours");
        using var theirs = Authority("CN=Theirs");
        using var certificate = Issue(ours, "127.0.0.1");
        await using var server = await FakeSearchServer.StartAsync(certificate);

        await RefreshAsync(server.Url, Pem(ours), ct);
        var unknown = Refused(() => RefreshAsync(server.Url, null, ct));
        var other = Refused(() => RefreshAsync(server.Url, Pem(theirs), ct));

        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(unknown.Message, Does.Contain("not trusted").And.Contain("ELASTICSEARCH_CA"));
        Assert.That(other.Message, Is.EqualTo(unknown.Message));
        Assert.That((unknown.MayPass, other.MayPass), Is.EqualTo((false, false)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_certificate_for_another_name_is_refused_whoever_issued_it(CancellationToken ct)
    {
        using var ours = Authority("CN=Ours");
        using var certificate = Issue(ours, "127.0.0.2");
        await using var server = await FakeSearchServer.StartAsync(certificate);

        Assert.That(Refused(() => RefreshAsync(server.Url, Pem(ours), ct)).Message, Does.Contain("for another name"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_certificate_that_has_expired_is_refused(CancellationToken ct)
    {
        using var ours = Authority("CN=Ours");
        using var certificate = Issue(ours, "127.0.0.1", until: s_from.AddYears(1));
        await using var server = await FakeSearchServer.StartAsync(certificate);

        Assert.That(Refused(() => RefreshAsync(server.Url, Pem(ours), ct)).Message, Does.Contain("not trusted").And.Contain("expired"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_wrong_scheme_is_named(CancellationToken ct)
    {
        using var ours = Authority("CN=Ours");
        using var certificate = Issue(ours, "127.0.0.1");
        await using var secure = await FakeSearchServer.StartAsync(certificate);
        await using var plain = await FakeSearchServer.StartAsync();

        var needless = Refused(() => RefreshAsync(new UriBuilder(plain.Url) { Scheme = "https" }.Uri, null, ct));
        var missing = Refused(() => RefreshAsync(new UriBuilder(secure.Url) { Scheme = "http" }.Uri, null, ct));

        Assert.That(needless.Message, Does.Contain("write http://"));
        Assert.That(missing.Message, Does.Contain("write https://"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no certificate in here")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_file_that_is_none_is_refused_by_the_name_of_the_variable(string? content)
    {
        var file = Path.Combine(_folder, "ca.pem");
        if (content is not null)
            File.WriteAllText(file, content);

        var error = Assert.Throws<StoreException>(() => Client(OptionsFor(new Uri("https://127.0.0.1")) with { CertificateAuthority = file }).Dispose())!;

        Assert.That(error.Message, Does.Contain("ELASTICSEARCH_CA").And.Contain(file));
    }

    private static async Task RefreshAsync(Uri url, string? authority, CancellationToken ct)
    {
        using var client = Client(OptionsFor(url) with { CertificateAuthority = authority });
        await client.RefreshAsync("notes", ct);
    }

    private string Pem(X509Certificate2 authority)
    {
        var file = Path.Combine(_folder, $"{authority.Thumbprint}.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(s_from, s_from.AddYears(80));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string address, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=search", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, s_from, until ?? s_from.AddYears(70), [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
