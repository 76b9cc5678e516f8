namespace SagaOrchestrator.Certify.Broker;

/// <summary>A dead letter as it came.</summary>
/// <param name="Headers">Its headers as texts.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Letter(IReadOnlyDictionary<string, string> Headers, byte[] Body);
