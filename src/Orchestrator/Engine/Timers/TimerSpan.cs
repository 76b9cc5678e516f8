using System.Diagnostics;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Telemetry;

namespace SagaOrchestrator.Engine.Timers;

/// <summary>The span of a timer. It is in the trace of its saga, or a day after the saga's start in one of its own.</summary>
internal static class TimerSpan
{
    private const string Name = "saga timer";
    private static readonly ActivitySource Source = new(TelemetryNames.Sagas);

    /// <summary>Begins it, as the current one; null when nobody traces.</summary>
    public static Activity? Start(DueTimer timer)
    {
        var span = timer.IsDaysLater ? StartApart(timer) : Source.StartActivity(Name, ActivityKind.Producer, timer.TraceParent);
        return span?.SetTag("saga.id", timer.SagaId.ToString()).SetTag("saga.type", timer.SagaType);
    }

    private static Activity? StartApart(DueTimer timer)
    {
        Activity.Current = null;
        var span = Source.StartActivity(Name, ActivityKind.Producer);
        SagaTraces.Link(timer.TraceParent);
        return span;
    }
}
