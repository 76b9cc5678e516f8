using System.Text.Json;
using SagaOrchestrator.Decisions.Progress;

namespace SagaOrchestrator.Plans.Running;

/// <summary>A saga as far as its plan and the decider know it.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Start">Its data.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Results">What steps answered and signals brought, by step.</param>
public sealed record SagaView(Guid Id, StartData Start, SagaProgress Progress, IReadOnlyDictionary<string, JsonElement> Results)
{
    internal SagaData DataWith(IReadOnlyDictionary<string, JsonElement> results) => new(Id, Start, results);
}
