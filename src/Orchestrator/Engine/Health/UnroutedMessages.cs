using System.Globalization;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Messaging.Health;
using SagaOrchestrator.Messaging.RabbitMq.Connections;

namespace SagaOrchestrator.Engine.Health;

/// <summary>Looks into the queue that takes what no other took.</summary>
internal sealed class UnroutedMessages(QueueMonitor broker) : ConditionCheck("unrouted")
{
    public override async Task<IReadOnlyList<Trouble>> Look(CancellationToken cancellationToken) =>
        await broker.Look(Queues.Unrouted, cancellationToken) is not { Messages: > 0 and var messages }
            ? []
            :
            [
                new Trouble(
                    "unrouted",
                    "not-empty",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{messages} messages found no queue and lie in '{Queues.Unrouted}': an exchange has lost its binding, or was "
                            + $"declared anew."
                    ),
                    "Their receivers never saw them; sagas that wait for them time out.",
                    $"Import the definitions again that this host writes ('topology --format definitions'), move the messages to the "
                        + $"queues that they were for, and empty '{Queues.Unrouted}'."
                ),
            ];
}
