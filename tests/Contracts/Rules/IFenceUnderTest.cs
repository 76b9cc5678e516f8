using System.Text.Json.Nodes;
using SagaOrchestrator.Messages;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Contracts.Tests.Rules;

/// <summary>A fence that is given a row and a message, and shows what it does.</summary>
internal interface IFenceUnderTest
{
    /// <summary>A command to execute the step, whose code ends so.</summary>
    Task<Seen> Do(FenceRow before, int attempt, StepOutcome outcome);

    /// <summary>Its compensation, whose code ends so.</summary>
    Task<Seen> Undo(FenceRow before, UndoOutcome outcome);

    /// <summary>The question whether it happened.</summary>
    Task<Seen> Ask(FenceRow before, bool fenceUnfinished);

    /// <summary>The note before a call outside; it ran when the call is to be made.</summary>
    Task<Seen> Begin(FenceRow before, CommandDirection direction, int attempt);

    /// <summary>Work that was accepted with attempt 1 ends so.</summary>
    Task<Seen> End(FenceRow before, StepOutcome outcome);
}

/// <summary>What a fence did.</summary>
/// <param name="Ran">Whether the step's own code ran.</param>
/// <param name="Answer">What was answered; null for nothing.</param>
/// <param name="After">What is remembered then.</param>
internal sealed record Seen(bool Ran, JsonNode? Answer, FenceRow After);
