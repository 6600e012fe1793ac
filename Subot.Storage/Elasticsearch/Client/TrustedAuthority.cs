using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Whose certificates are believed: the system's authorities, or only those of a file. The name must fit in either case.</summary>
internal sealed class TrustedAuthority
{
    private readonly X509Certificate2Collection? _authorities;

    /// <param name="file">A PEM file, or null for the authorities of the system.</param>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public TrustedAuthority(string? file)
    {
        if (file is null)
            return;
        _authorities = [];
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StoreException($"The file of ELASTICSEARCH_CA ({file}) cannot be read: {e.Message}", mayPass: false, e);
        }

        if (_authorities.Count == 0)
            throw new StoreException($"The file of ELASTICSEARCH_CA ({file}) has no certificate in it. It must be in PEM form.", mayPass: false);
    }

    /// <summary>Why the last certificate was refused; none if none was.</summary>
    public SslPolicyErrors Refusal { get; private set; }

    /// <summary>What connections are to check.</summary>
    public SslClientAuthenticationOptions Options()
    {
        var options = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, errors) => Judge(errors) };
        if (_authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        return options;
    }

    // The framework has judged already; this only remembers its judgement for the message.
    private bool Judge(SslPolicyErrors errors)
    {
        Refusal = errors;
        return errors == SslPolicyErrors.None;
    }
}
