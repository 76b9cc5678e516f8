namespace SagaOrchestrator.Client;

/// <summary>Something that a saga waits for.</summary>
/// <param name="Id">Chosen by the sender, one for each thing that happened. The same id again changes nothing.</param>
/// <param name="Name">Which signal, as the plan names it.</param>
public sealed record SagaSignal(Guid Id, string Name)
{
    /// <summary>What later steps need to know of it; serialized as a JSON object. Null for nothing.</summary>
    public object? Data { get; init; }

    /// <summary>For a no: a stable word for programs. Null for a yes.</summary>
    public string? DeclineCode { get; init; }

    /// <summary>For a no: a sentence for people.</summary>
    public string? DeclineReason { get; init; }
}
