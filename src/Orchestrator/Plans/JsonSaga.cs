using System.Text.Json;

namespace SagaOrchestrator.Plans;

/// <summary>A running saga as JSON, for a plan that was not compiled.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Data">Its data, as it is stored.</param>
/// <param name="Results">What steps answered and signals brought, by step.</param>
public sealed record JsonSaga(Guid Id, JsonElement Data, IReadOnlyDictionary<string, JsonElement> Results);
