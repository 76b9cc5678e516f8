using System.Text.Json;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Engine.Search;

/// <summary>Reads what a saga's declared columns hold. They are read once: a saga's data never changes.</summary>
internal sealed class SummaryColumns(PlanCatalogue plans, ILogger<SummaryColumns> log)
{
    private const string None = "{}";

    /// <summary>The columns as a JSON object; an empty one for a plan that this node does not know, or that throws.</summary>
    public string Of(SagaInstance saga)
    {
        if (plans.TryGet(saga.Type, saga.PlanVersion) is not { Columns.Count: > 0 } plan)
        {
            return None;
        }

        try
        {
            return JsonSerializer.Serialize(plan.ColumnsOf(new StartData(saga.Data)));
        }
#pragma warning disable CA1031 // What a plan throws here must hold nothing up: the saga runs without its columns too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SagaLog.ColumnsNotRead(log, exception, saga.Type, saga.CorrelationId);
            return None;
        }
    }

    /// <summary>The indexed ones among them.</summary>
    public IReadOnlyList<(BusinessColumn Column, JsonElement Value)> Indexed(SagaSummary saga)
    {
        var indexed = plans.TryGet(saga.Type, saga.PlanVersion)?.Columns.Where(column => column.IsIndexed).ToList();
        if (indexed is not { Count: > 0 })
        {
            return [];
        }

        var held = JsonElement.Parse(saga.Columns);
        return
        [
            .. indexed.Where(column => held.TryGetProperty(column.Name, out _)).Select(column => (column, held.GetProperty(column.Name))),
        ];
    }
}
