using System.Text.Json;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Messages;

namespace SagaOrchestrator.Plans.Running;

/// <summary>Checks a signal's data against what the plan declares for the step that waits for it, over REST and by message alike.</summary>
public static class SignalIntake
{
    /// <summary>Why a signal that came by message is not one that the plan knows; null when it is.</summary>
    public static Refusal? Objection(Plan plan, SagaSignal signal, IntakeLimits limits)
    {
        if (signal is { DeclineCode: null, DeclineReason: not null })
        {
            return new Refusal("declineCode", "a word of 1 to 100 characters, since there is a declineReason", "nothing");
        }

        string[] known = [.. plan.Definition.Steps.Select(step => step.Signal).OfType<string>().Distinct()];
        return known.Contains(signal.Name)
            ? Objection(plan, signal.Name, signal.Data, signal.DeclineCode is not null, limits)
            : new Refusal(
                "name",
                known.Length == 0 ? $"no signal: a saga '{plan.Type}' waits for none" : "one of: " + string.Join(", ", known),
                "another name"
            );
    }

    /// <summary>What is wrong with a signal's data; null when nothing is, or when nothing waits for it. A no needs no data.</summary>
    public static Refusal? Objection(Plan plan, string name, JsonElement? data, bool isDeclined, IntakeLimits limits)
    {
        var step = plan.Definition.Steps.FirstOrDefault(step => step.Signal == name && plan.ResultOf(step.Name) is not null);
        return step is null || (isDeclined && !SagaResults.HasValue(data))
            ? null
            : ResultIntake.Objection(plan, step.Name, data, limits, "data");
    }
}
