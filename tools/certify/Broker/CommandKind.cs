namespace SagaOrchestrator.Certify.Broker;

/// <summary>What a participant is asked to do.</summary>
internal enum CommandKind
{
    Do,
    Undo,
    Enquire,
}
