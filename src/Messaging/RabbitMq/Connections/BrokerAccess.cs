using System.Net.Security;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>
/// As whom, and over what, each connection to the broker is made. Passwords and certificates are read anew for each; the user and the nodes
/// stay as they were at start, because messages name the user.
/// </summary>
internal static class BrokerAccess
{
    /// <summary>Puts what holds now into a factory.</summary>
    /// <returns>What is said of a broker whose certificate is refused; null where there is no TLS.</returns>
    public static ServerCertificate? Apply(ConnectionFactory factory, BusConnection settings)
    {
        var now = settings.Now();
        (factory.UserName, factory.Password) = (settings.Username, now.Password);
        factory.AuthMechanisms = now.Tls.External ? [new ExternalMechanismFactory()] : [new PlainMechanismFactory()];
        var certificate = now.Tls.Enabled ? new ServerCertificate(now.Tls.Authorities(), now.Tls.CaFile) : null;
        var own = certificate is null ? null : OwnCertificate(now.Tls);
        var nodes = settings
            .NodesInTurn()
            .Select(node => new AmqpTcpEndpoint(node.Host, node.Port, Option(now.Tls, node.Host, certificate, own)));
        factory.EndpointResolverFactory = _ => new InTurn([.. nodes]);
        return certificate;
    }

    /// <summary>Opens a connection to whichever node answers.</summary>
    /// <exception cref="UntrustedBrokerException">A node answers, and one side does not trust the other.</exception>
    public static async Task<IConnection> Connect(ConnectionFactory factory, BusConnection settings, CancellationToken cancellationToken)
    {
        ServerCertificate? certificate = null;
        try
        {
            certificate = Apply(factory, settings);
            return await factory.CreateConnectionAsync(cancellationToken);
        }
        catch (BrokerUnreachableException exception) when (certificate is not null && Untrusting(exception) is { } inner)
        {
            throw new UntrustedBrokerException(
                $"The broker at {settings.Host} cannot be used over TLS: {certificate.Refusal ?? Words(inner, settings)}",
                exception
            );
        }
        catch (InvalidSettingException exception)
        {
            // A file that is being replaced.
            throw new UntrustedBrokerException(exception.Message, exception);
        }
    }

    // The client's own resolver draws an order for each connection.
    private sealed class InTurn(IReadOnlyList<AmqpTcpEndpoint> nodes) : IEndpointResolver
    {
        public IEnumerable<AmqpTcpEndpoint> All() => nodes;
    }

    private static SslStreamCertificateContext? OwnCertificate(BrokerTls tls) =>
        tls.Certificate() is { } own ? SslStreamCertificateContext.Create(own, tls.Between(), offline: true) : null;

    // All nodes are judged alike, each by its own name.
    private static SslOption Option(BrokerTls tls, string host, ServerCertificate? certificate, SslStreamCertificateContext? own) =>
        certificate is null
            ? new SslOption()
            : new SslOption
            {
                Enabled = true,
                ServerName = tls.ServerName.Length > 0 ? tls.ServerName : host,
                Version = SslProtocols.None,
                ClientCertificateContext = own,
                CertificateValidationCallback = certificate.IsTrusted,
            };

    private static Exception? Untrusting(Exception? exception) =>
        exception switch
        {
            null => null,
            AuthenticationException => exception,
            AggregateException many => many.InnerExceptions.Select(Untrusting).FirstOrDefault(inner => inner is not null),
            // Since TLS 1.3 a server refuses the client's certificate after the handshake, while it is read from.
            IOException { InnerException.InnerException: { } alert } when alert.GetType().Name == "SslException" => alert,
            _ => Untrusting(exception.InnerException),
        };

    private static string Words(Exception exception, BusConnection settings)
    {
        var cause = (exception.InnerException ?? exception).Message.TrimEnd('.').ReplaceLineEndings(" ");
        return settings.Tls.CertificateFile.Length > 0
            ? $"it does not take the certificate of RabbitMq:Tls:CertificateFile, or speaks no TLS at this port ({cause})."
            : $"it wants a certificate (RabbitMq:Tls:CertificateFile), or speaks no TLS at this port ({cause}).";
    }
}

/// <summary>A broker answers, and cannot be used over TLS.</summary>
internal sealed class UntrustedBrokerException(string message, Exception inner) : IOException(message, inner);
