using System.Diagnostics;

namespace SagaOrchestrator.Engine.Telemetry;

/// <summary>
/// A saga is one trace. Where a person or a day lies between, another trace begins, and links lead from it to the saga's: a trace that
/// stays open for days is one that most tools cannot show.
/// </summary>
internal static class SagaTraces
{
    /// <summary>Leads from the current span to the trace of a saga that it acts on, when that is another one.</summary>
    /// <param name="traceParent">The span that started the saga; null when nobody traced.</param>
    public static void Link(string? traceParent)
    {
        if (
            Activity.Current is { } current
            && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var started)
            && started.TraceId != current.TraceId
            && !current.Links.Any(link => link.Context.TraceId == started.TraceId)
        )
        {
            current.AddLink(new ActivityLink(started));
        }
    }
}
