using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SagaOrchestrator.Messaging.RabbitMq.Connections;

/// <summary>
/// Asks the broker how queues and exchanges stand, on a connection of its own: the one in question may be the one that is broken. Changes
/// nothing.
/// </summary>
/// <param name="settings">Where the broker is.</param>
/// <param name="service">The service's name, for the management console.</param>
public sealed class QueueMonitor(BusConnection settings, string service) : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim connecting = new(1);
    private IConnection? connection;

    /// <summary>How many messages wait; null when the broker does not say.</summary>
    public async Task<uint?> Read(string queue, CancellationToken cancellationToken) => (await Look(queue, cancellationToken))?.Messages;

    /// <summary>How a queue stands; null when the broker does not say.</summary>
    public async Task<QueueCounts?> Look(string queue, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await Open(cancellationToken);
            var declared = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return new QueueCounts(Exists: true, declared.ConsumerCount, declared.MessageCount);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return new QueueCounts(Exists: false, 0, 0);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>
    /// Why an exchange cannot be used, in the broker's words; null when it is there, or when the broker does not say.
    /// </summary>
    public async Task<string?> WrongWith(string exchange, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await Open(cancellationToken);
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken);
            return null;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: Constants.NotFound } reason)
        {
            return reason.ReplyText;
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Close();
        connecting.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is RabbitMQClientException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<IChannel> Open(CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken);
        try
        {
            if (connection is not { IsOpen: true })
            {
                await Close();
                connection = await BrokerLink.Open(settings, service + " (watches)", cancellationToken);
            }

            return await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        }
        finally
        {
            connecting.Release();
        }
    }

    private async Task Close()
    {
        if (connection is { } old)
        {
            connection = null;
            await old.DisposeAsync();
        }
    }
}

/// <summary>What the broker says of a queue. One that does not exist has neither messages nor consumers.</summary>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Consumers">How many read it.</param>
/// <param name="Messages">How many messages wait in it.</param>
public readonly record struct QueueCounts(bool Exists, uint Consumers, uint Messages);
