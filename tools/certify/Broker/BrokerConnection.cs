using System.Net.Security;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>Connects to RabbitMQ, or says in a sentence why that does not go.</summary>
internal static class BrokerConnection
{
    public static async Task<IConnection> Open(Uri address, Authorities? authorities, CancellationToken cancellationToken)
    {
        try
        {
            return await Factory(address, authorities).CreateConnectionAsync(cancellationToken);
        }
        catch (BrokerUnreachableException exception)
        {
            throw new CannotRunException(Words(address, exception), exception);
        }
        catch (OperationInterruptedException exception)
        {
            throw new CannotRunException(RefusedHost(address, exception), exception);
        }
    }

    public static string User(Uri address) =>
        address.UserInfo.Length == 0 ? ConnectionFactory.DefaultUser : Uri.UnescapeDataString(address.UserInfo.Split(':')[0]);

    private static ConnectionFactory Factory(Uri address, Authorities? authorities)
    {
        var factory = new ConnectionFactory
        {
            Uri = address,
            AutomaticRecoveryEnabled = false,
            ClientProvidedName = "certify",
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
        };

        // The address, once set, lets a certificate have any name.
        factory.Ssl.ServerName = address.DnsSafeHost;
        factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
        factory.Ssl.CertificateValidationCallback = authorities is null ? null : authorities.Trust;
        return factory;
    }

    private static string Words(Uri address, BrokerUnreachableException exception) =>
        exception.InnerException switch
        {
            AuthenticationFailureException or PossibleAuthenticationFailureException =>
                $"RabbitMQ at {Where(address)} refuses the user '{User(address)}' or its password. Give them with --broker.",
            OperationInterruptedException refused => RefusedHost(address, refused),
            _ when IsOfCertificate(exception) =>
                $"The certificate of {Where(address)} is not for this name, or nobody signed it who is trusted. "
                    + "Correct the name, or give the authority with --ca-file.",
            _ => $"No RabbitMQ answers at {Where(address)}. Start it, or give another address with --broker.",
        };

    private static string RefusedHost(Uri address, OperationInterruptedException exception) =>
        $"RabbitMQ at {Where(address)} refuses the virtual host: {exception.ShutdownReason?.ReplyText} Give another with --broker.";

    private static bool IsOfCertificate(Exception? exception) =>
        exception is AuthenticationException
        || exception is AggregateException several && several.InnerExceptions.Any(IsOfCertificate)
        || exception?.InnerException is { } inner && IsOfCertificate(inner);

    private static string Where(Uri address) => $"{address.Host}:{address.Port}";
}
