using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Fuzz.Generating;

namespace SagaOrchestrator.Fuzz.Sending;

/// <summary>Sends messages, each user on a connection of its own, and says whether the broker took them.</summary>
internal sealed class MessageSender(int port) : IAsyncDisposable
{
    public const string ConnectionName = "fuzz";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, (IConnection Connection, IChannel Channel)> open = new(StringComparer.Ordinal);

    public static ConnectionFactory Factory(int port, string user) =>
        new()
        {
            HostName = "127.0.0.1",
            Port = port,
            VirtualHost = "saga",
            UserName = user,
            Password = user + "-dev",
            ClientProvidedName = ConnectionName,
            AutomaticRecoveryEnabled = false,
        };

    /// <summary>True when it is confirmed, false when the broker refuses it.</summary>
    public async Task<bool> Send(HostileMessage message, CancellationToken cancellationToken)
    {
        var channel = await Channel(message.User, cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await channel.BasicPublishAsync(
                message.Exchange,
                string.Empty,
                mandatory: false,
                message.Properties,
                message.Body,
                patience.Token
            );
            return true;
        }
        catch (Exception exception)
            when (exception
                    is PublishException
                        or OperationInterruptedException
                        or AlreadyClosedException
                        or OperationCanceledException
                        or IOException
            )
        {
            await Close(message.User);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in open.Keys.ToList())
        {
            await Close(user);
        }
    }

    private async Task<IChannel> Channel(string user, CancellationToken cancellationToken)
    {
        if (open.TryGetValue(user, out var found) && found.Channel.IsOpen)
        {
            return found.Channel;
        }

        await Close(user);
        var connection = await Factory(port, user).CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken
        );
        open[user] = (connection, channel);
        return channel;
    }

    private async Task Close(string user)
    {
        if (open.Remove(user, out var found))
        {
            await found.Connection.DisposeAsync();
        }
    }
}
