namespace SagaOrchestrator.Decisions.Absences;

/// <summary>Why nothing is expected of a participant, or nothing may be sent to it (rule S38).</summary>
/// <param name="Kind">What kind of absence.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record Absence(AbsenceKind Kind, DateTimeOffset Since, string Reason);
