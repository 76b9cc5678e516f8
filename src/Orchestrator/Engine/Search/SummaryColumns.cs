using System.Text.Json;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Reads what a saga's declared columns hold. They are read once: a saga's data never changes.</summary>
internal sealed class SummaryColumns(PlanCatalogue plans, ILogger<SummaryColumns> log)
{
    private static readonly IReadOnlyDictionary<string, JsonElement> None = new Dictionary<string, JsonElement>();

    /// <summary>Nothing for a plan that this node does not know, or that throws.</summary>
    public IReadOnlyDictionary<string, JsonElement> Of(SagaInstance saga)
    {
        if (plans.TryGet(saga.Type, saga.PlanVersion) is not { Columns.Count: > 0 } plan)
        {
            return None;
        }

        try
        {
            return plan.ColumnsOf(new StartData(saga.Data));
        }
#pragma warning disable CA1031 // What a plan throws here must hold nothing up: the saga runs without its columns too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SagaLog.ColumnsNotRead(log, exception, saga.Type, saga.CorrelationId);
            return None;
        }
    }

    /// <summary>The values as one document.</summary>
    public static string Json(IReadOnlyDictionary<string, JsonElement> values) => JsonSerializer.Serialize(values);

    /// <summary>The indexed ones among them, with their kind.</summary>
    public IEnumerable<(BusinessColumn Column, JsonElement Value)> Indexed(SagaInstance saga, IReadOnlyDictionary<string, JsonElement> values) =>
        plans.TryGet(saga.Type, saga.PlanVersion) is { } plan
            ? plan.Columns.Where(column => column.IsIndexed && values.ContainsKey(column.Name)).Select(column => (column, values[column.Name]))
            : [];
}
