using SagaOrchestrator.Decisions.Plans;
using SagaOrchestrator.Engine.Control;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Plans;

namespace SagaOrchestrator.Http.Plans;

/// <summary>A plan version. Times are seconds. Of one that this node does not have, only the counts are told.</summary>
/// <param name="Type">The plan's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsNewest">Whether this node starts sagas on it.</param>
/// <param name="IsHere">Whether this node has it.</param>
/// <param name="UnderWay">How many sagas on it have not ended.</param>
/// <param name="States">How many sagas on it are in which state.</param>
/// <param name="Findings">What is to be done about it.</param>
internal sealed record PlanDetails(
    string Type,
    int Version,
    bool IsNewest,
    bool IsHere,
    long UnderWay,
    IReadOnlyDictionary<string, long> States,
    IReadOnlyList<string> Findings
)
{
    /// <summary>After how long a saga gives up; null for never.</summary>
    public double? Deadline { get; init; }

    /// <summary>In the plan's order.</summary>
    public IReadOnlyList<PlanStep>? Steps { get; init; }

    /// <summary>The columns that its sagas are searched, listed and summed by.</summary>
    public IReadOnlyList<BusinessColumn>? Columns { get; init; }

    /// <summary>Its steps as a picture.</summary>
    public string? Diagram { get; init; }

    /// <summary>What it says otherwise than the version before.</summary>
    public string? Differences { get; init; }

    public static PlanDetails Of(PlanVersionStatus plan, ApiPaths paths)
    {
        var (definition, path) = (plan.Plan?.Definition, paths.Plan(plan.Type, plan.Version));
        return new PlanDetails(
            plan.Type,
            plan.Version,
            plan.IsNewest,
            plan.Plan is not null,
            plan.UnderWay,
            plan.Counts.ToDictionary(count => count.State, count => count.Count),
            plan.Findings
        )
        {
            Deadline = definition?.Deadline?.TotalSeconds,
            Steps = definition is null ? null : [.. definition.Steps.Select(PlanStep.Of)],
            Columns = plan.Plan?.Columns,
            Diagram = definition is null ? null : path + "/diagram",
            Differences = definition is { Version: > 1 } ? path + "/differences" : null,
        };
    }
}

/// <summary>A step of a plan.</summary>
/// <param name="Name">The step.</param>
/// <param name="Stage">Steps of one stage run in parallel.</param>
/// <param name="Kind">What its failure means for the saga: Compensatable, NoEffect, Pivot or Retriable.</param>
/// <param name="Participant">Whom it is sent to; null for a wait for a signal.</param>
/// <param name="Signal">The signal that it waits for; null for a command.</param>
/// <param name="IsConditional">Whether it runs only when a condition holds.</param>
/// <param name="Timeout">How long it waits for an answer, or for the signal.</param>
/// <param name="AfterUnknown">What follows when nobody knows whether it happened.</param>
/// <param name="Retry">How often its command is sent.</param>
/// <param name="CompensationRetry">The same for its compensation; null when it has none.</param>
internal sealed record PlanStep(
    string Name,
    int Stage,
    StepKind Kind,
    string? Participant,
    string? Signal,
    bool IsConditional,
    double Timeout,
    AfterUnknown? AfterUnknown,
    RetryBudget? Retry,
    RetryBudget? CompensationRetry
)
{
    public static PlanStep Of(StepDefinition step) =>
        new(
            step.Name,
            step.Stage,
            step.Kind,
            step.Participant.Length == 0 ? null : step.Participant,
            step.Signal,
            step.Conditional,
            step.Timeout.TotalSeconds,
            step.Signal is null ? step.AfterUnknown : null,
            step.Signal is null ? RetryBudget.Of(step.Retry) : null,
            step.HasCompensation ? RetryBudget.Of(step.CompensationRetry) : null
        );
}

/// <summary>How often to try, and how long to wait in between.</summary>
/// <param name="Attempts">At most, the first one included.</param>
/// <param name="FirstDelay">The wait before the second attempt.</param>
/// <param name="MaximumDelay">No wait is longer.</param>
/// <param name="Factor">Each wait is this many times the one before.</param>
/// <param name="NotRetryable">Codes after which another attempt would be in vain.</param>
internal sealed record RetryBudget(int Attempts, double FirstDelay, double MaximumDelay, double Factor, IReadOnlyList<string>? NotRetryable)
{
    public static RetryBudget Of(RetryPolicy policy) =>
        new(
            policy.Attempts,
            policy.FirstDelay.TotalSeconds,
            policy.MaximumDelay.TotalSeconds,
            policy.Factor,
            policy.NotRetryable.IsEmpty ? null : policy.NotRetryable
        );
}
