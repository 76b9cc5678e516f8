namespace SagaOrchestrator.Contracts.Describing;

/// <summary>What a message is for.</summary>
internal enum MessageKind
{
    Start,
    Signal,
    Command,
    Enquiry,
    Reply,
    Event,
}
