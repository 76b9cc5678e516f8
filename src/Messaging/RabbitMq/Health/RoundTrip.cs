using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.RabbitMq.Connections;
using SagaOrchestrator.Messaging.RabbitMq.Publishing;

namespace SagaOrchestrator.Messaging.RabbitMq.Health;

/// <summary>
/// Sends a message to the service's own queue, as everything is sent, and waits until it comes back. So it learns that the broker takes
/// messages, and that what is sent to this queue arrives there.
/// </summary>
internal sealed class RoundTrip : ConditionCheck
{
    private static readonly TimeSpan ToBeConfirmed = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToComeBack = TimeSpan.FromSeconds(2);

    // What is lost on its way lies somewhere, and should not pile up there.
    private static readonly TimeSpan BetweenLost = TimeSpan.FromSeconds(12);

    // A replica that is paused keeps some of them for a while.
    private const int LooksWithReplicas = 8;

    private readonly RabbitMqPublisher publisher;
    private readonly string queue;
    private readonly string exchange;
    private readonly Canaries canaries;
    private readonly QueueMonitor broker;
    private readonly TimeProvider clock;
    private bool isLost;
    private long released;

    public RoundTrip(
        RabbitMqPublisher publisher,
        string queue,
        Canaries canaries,
        BusConnection connection,
        QueueMonitor broker,
        TimeProvider clock
    )
        : base("broker", "queue")
    {
        (this.publisher, this.queue, this.canaries, this.broker, this.clock) = (publisher, queue, canaries, broker, clock);
        exchange = Queues.ExchangeOf(queue);
        canaries.Use(publisher, string.IsNullOrEmpty(connection.Username) ? null : connection.Username);
    }

    public override TimeSpan Deadline => TimeSpan.FromSeconds(10);

    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken)
    {
        if (publisher.Blocked is { } reason)
        {
            throw new BrokerUnavailableException($"The broker takes no messages: {reason}.");
        }

        if (canaries.Back.IsCompleted || !isLost || clock.GetElapsedTime(released) > BetweenLost)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(ToBeConfirmed);
            released = clock.GetTimestamp();
            await publisher.Send(canaries.Release(queue), timeout.Token);
        }

        await Task.WhenAny(canaries.Back, Task.Delay(ToComeBack, clock, cancellationToken));
        var found = canaries.Back.IsCompleted ? null : await Lost(cancellationToken);
        isLost = found is not null;
        return found is null ? [] : [found];
    }

    public override Trouble Explain(Exception failure)
    {
        if (failure is ExchangeUnavailableException)
        {
            return Misrouted($"The exchange '{exchange}' cannot be used: {(failure.InnerException ?? failure).Message}");
        }

        if (publisher.Blocked is { } reason)
        {
            return Stops(
                "blocked",
                $"RabbitMQ takes no messages: it is {reason}.",
                "Free memory or disk where it runs; 'rabbitmq-diagnostics alarms' says which."
            );
        }

        return publisher.IsConnected
            ? Stops(
                "unconfirmed",
                $"RabbitMQ did not confirm a message within {ToBeConfirmed.TotalSeconds:0} seconds.",
                "Look at its load, its disk, and whether the queue has a leader."
            ) with
            {
                Looks = 2,
            }
            : Stops(
                "unreachable",
                "RabbitMQ cannot be reached for sending.",
                "See that it is up, and that host, port, user and password are right."
            ) with
            {
                Looks = 2,
            };
    }

    private static Trouble Stops(string kind, string cause, string nextMove) =>
        new("broker", kind, cause, "What is sent stays in the outbox; sagas stand still.", nextMove) { StopsWork = true };

    private async Task<Trouble?> Lost(CancellationToken cancellationToken)
    {
        if (await broker.Look(queue, cancellationToken) is not { Messages: 0, Consumers: > 0 } stand)
        {
            // It waits behind others, or nobody reads the queue, which the bus tells.
            return null;
        }

        var wrong = await broker.WrongWith(exchange, cancellationToken);
        return Misrouted(
            wrong is null
                ? $"A message to the exchange '{exchange}' did not come back from its queue, which is read and empty: the exchange has "
                    + $"lost its binding, or is of another type, or deliveries are lost on their way."
                : $"A message to the exchange '{exchange}' did not come back from its queue: {wrong}"
        ) with
        {
            Looks = wrong is not null || stand.Consumers == 1 ? 2 : LooksWithReplicas,
        };
    }

    private Trouble Misrouted(string cause) =>
        new(
            "queue",
            "misrouted",
            cause,
            $"What is sent to '{exchange}' goes to '{Queues.Unrouted}', or is lost; sagas wait for it in vain.",
            $"Import the definitions again that the orchestrator's host writes ('topology --format definitions'): a durable fanout "
                + $"exchange, bound to the queue '{queue}'. Then move what lies in '{Queues.Unrouted}' to '{queue}'."
        );
}
