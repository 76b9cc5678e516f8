namespace SagaOrchestrator.Messaging.Telemetry;

/// <summary>The attributes that OpenTelemetry's conventions for messaging name.</summary>
public static class MessagingTags
{
    /// <summary>The broker.</summary>
    public const string System = "messaging.system";

    /// <summary>The queue, or the exchange that it is sent to.</summary>
    public const string Destination = "messaging.destination.name";

    /// <summary>What is done, in the broker's word.</summary>
    public const string Operation = "messaging.operation.name";

    /// <summary>What is done, in a word that all brokers share.</summary>
    public const string OperationType = "messaging.operation.type";

    /// <summary>The message's id.</summary>
    public const string MessageId = "messaging.message.id";

    /// <summary>What the message belongs to: the saga.</summary>
    public const string ConversationId = "messaging.message.conversation_id";

    /// <summary>The length of its body, in bytes.</summary>
    public const string BodySize = "messaging.message.body.size";

    /// <summary>Why it failed, in one word.</summary>
    public const string Error = "error.type";
}
