using System.ComponentModel.DataAnnotations;

namespace SagaOrchestrator.Messages;

/// <summary>
/// The base of every command that the orchestrator sends to a participant.
/// </summary>
/// <remarks>
/// Delivery is at least once. A participant executes a command at most once per
/// (<see cref="CommandContext.SagaId"/>, <see cref="CommandContext.Step"/>, <see cref="CommandContext.Direction"/>)
/// and answers a duplicate with the reply of the first execution (rules S8 and S24).
/// </remarks>
public abstract record SagaCommand
{
    /// <summary>Which saga, step and attempt this command belongs to. Set by the orchestrator, echoed in the reply.</summary>
    [Required]
    public CommandContext? Saga { get; init; }
}
