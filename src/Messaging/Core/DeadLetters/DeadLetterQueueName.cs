using MassTransit;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Messaging.DeadLetters;

/// <summary>Names the dead-letter queue of a queue.</summary>
internal sealed class DeadLetterQueueName : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
{
    public string FormatErrorQueueName(string queueName) => Queues.DeadLetterOf(queueName);

    public string FormatDeadLetterQueueName(string queueName) => Queues.DeadLetterOf(queueName);
}
