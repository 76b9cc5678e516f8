using System.Text.Json;
using SagaOrchestrator.Host.Plans;
using SagaOrchestrator.Intake;

namespace SagaOrchestrator.Host.Machine;

/// <summary>Checks a signal's data against what the plan declares for the step that waits for it, over REST and by message alike.</summary>
internal static class SignalIntake
{
    /// <summary>What is wrong with a signal's data; null when nothing is, or when nothing waits for it. A no needs no data.</summary>
    public static Refusal? Objection(Plan plan, string name, JsonElement? data, bool isDeclined, IntakeLimits limits)
    {
        var step = plan.Shape.Steps.FirstOrDefault(step => step.Signal == name && plan.ResultOf(step.Name) is not null);
        return step is null || (isDeclined && !SagaResults.HasValue(data)) ? null : ResultIntake.Objection(plan, step.Name, data, limits, "data");
    }
}
