using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>TLS to the broker. Bound from the configuration section <c>RabbitMq:Tls</c>. Files are read anew for each connection.</summary>
public sealed record BrokerTls : IConfiguredSection
{
    /// <summary>Whether connections use TLS.</summary>
    public bool Enabled { get; init; }

    /// <summary>A PEM file with the authorities that may have signed the broker's certificate; the machine's own when left out.</summary>
    public string CaFile { get; init; } = string.Empty;

    /// <summary>A PEM file with the service's certificate, and those between it and its authority. For mutual TLS.</summary>
    public string CertificateFile { get; init; } = string.Empty;

    /// <summary>A PEM file with the key of that certificate, unencrypted.</summary>
    public string KeyFile { get; init; } = string.Empty;

    /// <summary>The name that the broker's certificate must have; the name of the node in <c>RabbitMq:Host</c> when left out.</summary>
    public string ServerName { get; init; } = string.Empty;

    /// <summary>Whether the certificate says who the service is (mechanism EXTERNAL), in place of a password.</summary>
    public bool External { get; init; }

    /// <exception cref="InvalidSettingException">Something is missing or wrong.</exception>
    internal void Check(BusConnection connection)
    {
        if (!Enabled)
        {
            Refuse(
                this != new BrokerTls(),
                "Enabled",
                "is not true beside other settings of RabbitMq:Tls. Set RabbitMq__Tls__Enabled=true."
            );
            return;
        }

        Refuse(
            CertificateFile.Length > 0 != KeyFile.Length > 0,
            CertificateFile.Length > 0 ? nameof(KeyFile) : nameof(CertificateFile),
            "is missing: a certificate and its key go together. Set, for example, RabbitMq__Tls__CertificateFile=/run/secrets/tls.crt and "
                + "RabbitMq__Tls__KeyFile=/run/secrets/tls.key."
        );
        Refuse(External && KeyFile.Length == 0, nameof(External), "needs a certificate. Set RabbitMq__Tls__CertificateFile and __KeyFile.");
        Refuse(
            External && connection.Password.Length > 0,
            nameof(External),
            "is set beside RabbitMq:Password, which would not be used. Remove one of them."
        );
        if (External && connection.Username.Length == 0)
        {
            throw new InvalidSettingException(
                "RabbitMq:Username",
                "is missing beside RabbitMq:Tls:External. Set the user that the broker takes from the certificate: every message names it."
            );
        }

        _ = Authorities();
        Certificate()?.Dispose();
    }

    /// <summary>Who may have signed the broker's certificate; null for those of the machine.</summary>
    internal X509Certificate2Collection? Authorities()
    {
        if (CaFile.Length == 0)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        Load(nameof(CaFile), CaFile, () => authorities.ImportFromPemFile(CaFile));
        Refuse(authorities.Count == 0, nameof(CaFile), $"names '{CaFile}', which holds no certificate in PEM.");
        return authorities;
    }

    /// <summary>The service's certificate with its key; null when it has none.</summary>
    internal X509Certificate2? Certificate()
    {
        X509Certificate2? certificate = null;
        if (CertificateFile.Length > 0)
        {
            Load(nameof(CertificateFile), CertificateFile, () => X509CertificateLoader.LoadCertificateFromFile(CertificateFile).Dispose());
            Load(nameof(KeyFile), KeyFile, () => certificate = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile));
        }

        return certificate;
    }

    /// <summary>The certificates between the service's own and its authority.</summary>
    internal X509Certificate2Collection Between()
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(CertificateFile);
        return [.. all.Skip(1)];
    }

    private static void Refuse(bool isWrong, string key, string problem)
    {
        if (isWrong)
        {
            throw new InvalidSettingException($"RabbitMq:Tls:{key}", problem);
        }
    }

    private static void Load(string key, string file, Action load)
    {
        try
        {
            load();
        }
        catch (Exception exception)
            when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException(
                $"RabbitMq:Tls:{key}",
                $"names '{file}', which cannot be used: {exception.Message.TrimEnd('.').ReplaceLineEndings(" ")}. "
                    + (key == nameof(KeyFile) ? "It must be the unencrypted key, in PEM, of the certificate." : "It must be in PEM.")
            );
        }
    }
}
