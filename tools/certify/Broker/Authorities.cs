using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>Who may have signed a server's certificate: those of a file, in place of those of the machine.</summary>
internal sealed class Authorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection certificates;

    private Authorities(X509Certificate2Collection certificates) => this.certificates = certificates;

    /// <param name="path">PEM; null for the authorities of the machine.</param>
    public static Authorities? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CannotRunException($"The file of --ca-file cannot be read. {exception.Message}", exception);
        }

        return found.Count > 0
            ? new Authorities(found)
            : throw new CannotRunException($"{path} holds no certificate as PEM. Give the authority's with --ca-file.");
    }

    /// <summary>The name must be right, and one of these must have signed it.</summary>
    public bool Trust(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(shown);
    }
}
