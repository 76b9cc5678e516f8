namespace SagaOrchestrator.Decisions;

/// <summary>Whether a command executes a step or undoes it.</summary>
public enum Direction
{
    /// <summary>Execute the step.</summary>
    Do,

    /// <summary>Undo the step: its compensation.</summary>
    Undo,
}
