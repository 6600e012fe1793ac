using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using Subot.Slack;

namespace Subot.Tests.Slack;

internal sealed class TlsTests : SocketModeFixture
{
    [Test, CancelAfter(Timeout)]
    public async Task The_socket_works_over_TLS_with_an_authority_of_ones_own(CancellationToken ct)
    {
        using var certificate = SelfSigned();
        await using var secure = await FakeSlack.StartAsync(certificate);
        Slack.On("apps.connections.open", $$"""{"ok":true,"url":"{{secure.SocketAddress}}"}""");
        Run(new SocketModeOptions
        {
            ConfigureHandler = handler => handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString(),
            },
        });
        var socket = await secure.NextSocketAsync(ct);
        var batch = new List<EventDelivery>();
        for (var i = 0; i < 100; i++)
        {
            await socket.EventAsync($"e{i}", """{"type":"message","channel":"C1","ts":"1.000000"}""");
            batch.Add(await Handler.NextEventAsync(ct));
        }
        await Client.AcknowledgeAsync(batch, ct);

        Assert.That(secure.SocketAddress, Does.StartWith("wss://"));
        for (var i = 0; i < 100; i++)
            Assert.That((await socket.NextAsync(ct)).GetProperty("envelope_id").GetString(), Is.EqualTo($"e{i}"));
        await StopClientAsync();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
