namespace SagaOrchestrator.Decisions.Progress;

/// <summary>A signal that came. It is remembered for the saga's life, so that it counts once.</summary>
/// <param name="Id">Chosen by its sender; a second one with the same id changes nothing.</param>
/// <param name="Name">Which signal.</param>
/// <param name="Declined">Why the answer is no; null when it is yes.</param>
/// <param name="Step">The step that used it; null while it is kept for a step that has not begun.</param>
public sealed record ReceivedSignal(Guid Id, string Name, Failure? Declined, string? Step);
