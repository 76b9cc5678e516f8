using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>Judges the broker's certificate, and remembers why it was refused.</summary>
/// <param name="authorities">Who may have signed it; null for the authorities of the machine.</param>
/// <param name="file">Their file, for the words.</param>
internal sealed class ServerCertificate(X509Certificate2Collection? authorities, string file)
{
    private volatile string? refusal;

    /// <summary>Why it was refused; null when it was not.</summary>
    public string? Refusal => refusal;

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown)
        {
            refusal = "it shows no certificate.";
            return false;
        }

        refusal =
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                ? $"its certificate '{shown.Subject}' is for other names. Correct RabbitMq:Host, or set RabbitMq:Tls:ServerName."
            : authorities is null
                ? errors == SslPolicyErrors.None ? null
                    : Words(shown, chain!.ChainStatus, "this machine's authorities")
            : Chained(shown, chain);
        return refusal is null;
    }

    private string? Chained(X509Certificate2 shown, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.ExtraStore.AddRange((X509Certificate2[])[.. sent?.ChainElements.Select(one => one.Certificate) ?? []]);
        return chain.Build(shown) ? null : Words(shown, chain.ChainStatus, $"RabbitMq:Tls:CaFile ('{file}')");
    }

    private static string Words(X509Certificate2 shown, X509ChainStatus[] status, string trusted) =>
        status.Any(one => one.Status == X509ChainStatusFlags.NotTimeValid)
            ? $"its certificate '{shown.Subject}' holds from {shown.NotBefore.ToUniversalTime():u} to "
                + $"{shown.NotAfter.ToUniversalTime():u}. Renew it."
            : $"its certificate '{shown.Subject}' is not signed by {trusted} "
                + $"({string.Join(", ", status.Select(one => one.Status).Distinct())}). Name the authority that signed it.";
}
