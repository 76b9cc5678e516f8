using System.Text.Json;

namespace SagaOrchestrator.Client;

/// <summary>Where one saga stands.</summary>
/// <param name="Id">The saga.</param>
/// <param name="Type">The plan's name.</param>
/// <param name="PlanVersion">The plan version that it started with.</param>
/// <param name="BusinessKey">What the business calls it.</param>
/// <param name="State">Started, Pending, Compensating, Parked, Completed or Failed.</param>
/// <param name="StartedAt">When it was accepted, UTC, on the orchestrator's clock.</param>
/// <param name="UpdatedAt">Its last change.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
/// <param name="DeadlineAt">When it gives up; null when it does not.</param>
/// <param name="Steps">In the plan's order.</param>
/// <param name="ForwardError">Why it compensates, or did; null when it did not.</param>
/// <param name="CompensationError">What went wrong last while undoing; null when nothing did.</param>
/// <param name="Compensated">Undone steps, in the order of their undoing.</param>
public sealed record SagaStatus(
    Guid Id,
    string Type,
    int PlanVersion,
    string BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? DeadlineAt,
    IReadOnlyList<SagaStep> Steps,
    SagaError? ForwardError,
    SagaError? CompensationError,
    IReadOnlyList<string> Compensated
)
{
    /// <summary>Who has paused it; null when nobody has.</summary>
    public SagaPause? Pause { get; init; }

    /// <summary>How it ended; null while it has not, and in the answers to a start, a signal or an action.</summary>
    public SagaVerdict? Verdict { get; init; }

    /// <summary>Whether it has ended. It stays as it ended.</summary>
    public bool HasEnded => EndedAt is not null;

    /// <summary>Whether every step that applied is done.</summary>
    public bool IsCompleted => State == "Completed";

    /// <summary>The result of a step.</summary>
    /// <typeparam name="T">What the plan declares for it.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <returns>Null when the step has no result yet.</returns>
    /// <exception cref="ArgumentException">The saga has no such step.</exception>
    /// <exception cref="JsonException">The result is something else than <typeparamref name="T"/>.</exception>
    public T? ResultOf<T>(string step) =>
        (
            Steps.FirstOrDefault(one => one.Name == step)
            ?? throw new ArgumentException(
                $"Saga {Id} has no step '{step}'. It has {string.Join(", ", Steps.Select(one => one.Name))}.",
                nameof(step)
            )
        ).Result
            is { } result
            ? result.Deserialize<T>(SagaJson.Options)
            : default;
}

/// <summary>Where one step stands.</summary>
/// <param name="Name">The step.</param>
/// <param name="State">Planned, Executing, Completed, Rejected, Unknown, Compensating, Compensated, Skipped or CompensationSkipped.</param>
/// <param name="Attempts">How often its command was sent or is scheduled.</param>
/// <param name="WaitsFor">Reply, Retry, Enquiry, Signal or Operator; null when it waits for nothing.</param>
/// <param name="DueAt">When that wait ends.</param>
/// <param name="Error">Why it did not complete.</param>
/// <param name="Note">What its participant said last of how far it is.</param>
/// <param name="Result">What its participant answered, or what came with its signal.</param>
public sealed record SagaStep(
    string Name,
    string State,
    int Attempts,
    string? WaitsFor,
    DateTimeOffset? DueAt,
    SagaError? Error,
    string? Note,
    JsonElement? Result
);

/// <summary>What went wrong.</summary>
/// <param name="Step">At which step.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record SagaError(string Step, string Code, string Reason);

/// <summary>An operator's pause.</summary>
/// <param name="Since">Since when, UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record SagaPause(DateTimeOffset Since, string By, string Reason);

/// <summary>How a saga ended.</summary>
/// <param name="Kind">Completed, Undone, or UndoneExcept where effects are left.</param>
/// <param name="Sentence">The same in a sentence, with the effects that stand.</param>
public sealed record SagaVerdict(string Kind, string Sentence);
