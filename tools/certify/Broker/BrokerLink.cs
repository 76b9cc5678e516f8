using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Certify.Broker;

/// <summary>The broker, as the orchestrator sees it: sends to the participant, reads its replies and its dead letters.</summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    // What is not the suite's waits unacknowledged in its memory until the end.
    private const uint MostOfOthers = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    private readonly IConnection connection;
    private readonly IChannel sending;
    private readonly string user;
    private readonly string orchestrator;
    private readonly CancellationTokenSource lost = new();
    private bool isClosing;

    private BrokerLink(IConnection connection, IChannel sending, string user, string orchestrator) =>
        (this.connection, this.sending, this.user, this.orchestrator) = (connection, sending, user, orchestrator);

    public Mailbox Mailbox { get; } = new();

    /// <summary>Is cancelled once the broker delivers nothing more.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Why it does not.</summary>
    public string? WhyLost { get; private set; }

    /// <summary>Connects, and takes the orchestrator's place.</summary>
    /// <param name="address">The broker, with user, password and virtual host.</param>
    /// <param name="authorities">Who may have signed its certificate.</param>
    /// <param name="participant">The participant's queue.</param>
    /// <param name="orchestrator">The orchestrator's.</param>
    /// <param name="patience">How long a participant that is starting may take until it consumes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<BrokerLink> Open(
        Uri address,
        Authorities? authorities,
        string participant,
        string orchestrator,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var connected = await BrokerConnection.Open(address, authorities, cancellationToken);
        try
        {
            var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            var channel = await connected.CreateChannelAsync(options, cancellationToken);
            var link = new BrokerLink(connected, channel, BrokerConnection.User(address), orchestrator);
            await link.TakePlace(participant, patience, cancellationToken);
            return link;
        }
        catch (Exception exception) when (exception is AlreadyClosedException or OperationInterruptedException)
        {
            await connected.DisposeAsync();
            throw new CannotRunException(
                $"RabbitMQ at {address.Host}:{address.Port} refuses the virtual host '{address.AbsolutePath[1..]}': {exception.Message}",
                exception
            );
        }
        catch
        {
            await connected.DisposeAsync();
            throw;
        }
    }

    public async Task Publish(string exchange, Command command, CancellationToken cancellationToken)
    {
        try
        {
            await sending.BasicPublishAsync(
                exchange,
                string.Empty,
                mandatory: true,
                command.Properties(user),
                command.Body(),
                cancellationToken
            );
        }
        catch (Exception exception) when (exception is AlreadyClosedException or OperationInterruptedException or PublishException)
        {
            throw new CannotRunException(
                $"RabbitMQ took no message for the exchange '{exchange}': {connection.CloseReason?.ReplyText ?? exception.Message}",
                exception
            );
        }
    }

    /// <summary>Who else consumes the orchestrator's queue gets answers that are missed here.</summary>
    public async Task MustBeAlone(CancellationToken cancellationToken)
    {
        var replies = await Find(orchestrator, cancellationToken);
        if (replies.ConsumerCount > 1)
        {
            throw new CannotRunException(
                $"Somebody else consumes the queue '{orchestrator}' by now, and gets answers of the participant. "
                    + "Stop the orchestrator, or give a contract of an orchestrator of your own."
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        isClosing = true;
        await sending.DisposeAsync();
        await connection.DisposeAsync();
        lost.Dispose();
    }

    private async Task TakePlace(string participant, TimeSpan patience, CancellationToken cancellationToken)
    {
        await AwaitConsumer(participant, patience, cancellationToken);
        var replies = await Find(orchestrator, cancellationToken);
        if (replies.ConsumerCount > 0)
        {
            throw new CannotRunException(
                $"The queue '{orchestrator}' has {replies.ConsumerCount} consumers: an orchestrator is running, "
                    + "and would take the replies. Stop it, or give a contract of an orchestrator of your own."
            );
        }

        var letters = await Find(Queues.DeadLetterOf(participant), cancellationToken);
        foreach (var queue in new[] { replies, letters }.Where(queue => queue.MessageCount > MostOfOthers))
        {
            throw new CannotRunException(
                $"The queue '{queue.QueueName}' holds {queue.MessageCount} messages of others. Take care of them, then start this again."
            );
        }

        await Consume(orchestrator, isCopy: false, cancellationToken);
        await Consume(Queues.DeadLetterOf(participant), isCopy: false, cancellationToken);
        await Consume(Queues.DeadLetterIndexOf(orchestrator), isCopy: true, cancellationToken);
    }

    // Whoever starts a participant and certifies it with the next command would else be too early.
    private async Task AwaitConsumer(string participant, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while ((await Find(participant, cancellationToken)).ConsumerCount == 0)
        {
            if (waited.Elapsed > patience)
            {
                throw new CannotRunException($"Nobody consumes the queue '{participant}'. Start the participant, then this again.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    // A channel of its own: RabbitMQ closes one that asks for a queue that is not there.
    private async Task<QueueDeclareOk> Find(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
        }
        catch (OperationInterruptedException exception)
        {
            throw Refused(queue, exception);
        }
    }

    private async Task Consume(string queue, bool isCopy, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            if (Mailbox.Take(queue, isCopy, delivery.BasicProperties, delivery.Body.ToArray()))
            {
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
            }
        };
        consumer.UnregisteredAsync += (_, _) => Lose(queue, channel.CloseReason ?? connection.CloseReason);
        try
        {
            // A classic queue lets nobody else in then; a quorum queue does.
            await channel.BasicConsumeAsync(
                queue,
                autoAck: false,
                consumerTag: string.Empty,
                noLocal: false,
                exclusive: queue == orchestrator,
                arguments: null,
                consumer,
                cancellationToken
            );
        }
        catch (OperationInterruptedException exception)
        {
            throw Refused(queue, exception);
        }
    }

    private static CannotRunException Refused(string queue, OperationInterruptedException exception) =>
        new(
            exception.ShutdownReason?.ReplyCode == Constants.NotFound
                ? $"RabbitMQ has no queue '{queue}'. Import the definitions that 'topology' writes."
                : $"RabbitMQ does not let us use '{queue}': {exception.ShutdownReason?.ReplyText} Connect as the orchestrator's user.",
            exception
        );

    private Task Lose(string queue, ShutdownEventArgs? reason)
    {
        if (isClosing)
        {
            return Task.CompletedTask;
        }

        WhyLost ??= $"RabbitMQ delivers no more from the queue '{queue}': {reason?.ReplyText ?? "it is gone"}. Start this again.";
        return lost.CancelAsync();
    }
}
