using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.RabbitMq.Publishing;

/// <summary>The broker cannot be reached, or did not take a message.</summary>
internal sealed class BrokerUnavailableException(string message, Exception? cause = null) : TransientException(message, cause);

/// <summary>A destination cannot be used; others can.</summary>
internal sealed class ExchangeUnavailableException(string message, Exception cause) : Exception(message, cause);

/// <summary>A message is larger than what may be sent.</summary>
internal sealed class MessageTooLargeException(int bytes, int largest)
    : Exception(
        $"The message has {bytes} bytes; RabbitMq:LargestMessage allows {largest}. Have its plan or step send less, or raise that setting "
            + $"and the broker's max_message_size."
    );
