using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Transitions;

/// <summary>What a decision comes to, in the words of the table.</summary>
internal static class Outcome
{
    public static string Of(Visit visit)
    {
        var decisions = visit.Decided.Decisions;
        if (decisions.IsEmpty)
        {
            return "nothing";
        }

        if (decisions[0] is Refuse refuse)
        {
            return $"refused ({refuse.Code})";
        }

        return ReferenceEquals(visit.Decided.Progress, visit.Before) ? "recorded and ignored" : Applied(visit);
    }

    private static string Applied(Visit visit)
    {
        var parts = new List<string>();
        var after = visit.Decided.Progress;
        if (
            visit.Subject is { } index
            && after.Steps[index] is var step
            && (step.State, step.Wait) != (visit.Before.Steps[index].State, visit.Before.Steps[index].Wait)
        )
        {
            parts.Add(step.Wait == Wait.None ? $"step {step.State}" : $"step {step.State}, waits for {step.Wait}");
        }

        if (after.State != visit.Before.State)
        {
            parts.Add($"saga {after.State}");
        }
        else if (after.ForwardFailure is not null && visit.Before.ForwardFailure is null)
        {
            parts.Add("saga settles");
        }

        parts.AddRange(visit.Decided.Decisions.Select(Sent).OfType<string>().Distinct(StringComparer.Ordinal));
        return parts.Count == 0 ? "applied" : string.Join("; ", parts);
    }

    private static string? Sent(Decision decision) =>
        decision switch
        {
            SendCommand { Direction: Direction.Do } => "sends do",
            SendCommand => "sends undo",
            SendEnquiry => "asks",
            KeepSignal => "keeps it",
            PublishEvent outcome => $"publishes {outcome.State}",
            _ => null,
        };
}
