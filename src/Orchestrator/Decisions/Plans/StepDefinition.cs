namespace SagaOrchestrator.Decisions.Plans;

/// <summary>One command to one participant, or a wait for one signal.</summary>
/// <param name="Name">Unique in the plan, for example <c>process_payment</c>.</param>
/// <param name="Participant">The queue of the service that executes it; empty for a wait for a signal.</param>
/// <param name="Timeout">How long to wait for a reply, or for the signal (rule S6).</param>
public sealed record StepDefinition(string Name, string Participant, TimeSpan Timeout)
{
    /// <summary>What its failure means for the saga.</summary>
    public StepKind Kind { get; init; }

    /// <summary>Steps of one stage run in parallel. A stage begins when the one before is through.</summary>
    public int Stage { get; init; }

    /// <summary>How often the command is sent, or the participant asked, while the outcome is unknown.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>The compensation's own budget (rule S19).</summary>
    public RetryPolicy CompensationRetry { get; init; } = RetryPolicy.None;

    /// <summary>What follows an unknown outcome.</summary>
    public AfterUnknown AfterUnknown { get; init; }

    /// <summary>Whether the plan says how to execute it.</summary>
    public bool HasCommand { get; init; } = true;

    /// <summary>Whether the plan says how to undo it.</summary>
    public bool HasCompensation { get; init; }

    /// <summary>Why its compensation cannot be made without a reply; null when it can (rule S2).</summary>
    public string? CompensationNeeds { get; init; }

    /// <summary>Whether it runs only when a condition over the saga's data holds.</summary>
    public bool Conditional { get; init; }

    /// <summary>The name of the signal that it waits for; null for a command.</summary>
    public string? Signal { get; init; }
}
