using SagaOrchestrator.Decisions.Absences;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Decisions.Rules;

/// <summary>
/// What a decision may know besides plan, progress and input. It is given, not fetched, so that the same call decides the same.
/// </summary>
/// <param name="Now">The time, on the database's clock (rule S35).</param>
/// <param name="Jitter">A number from 0 up to 1 for the backoff.</param>
/// <param name="Applies">
/// Whether the condition of a conditional step holds over the saga's data, given what has been decided so far: a result that has just
/// come counts. Asked when the step's turn has come.
/// </param>
/// <param name="UndoLater">
/// Whether compensations are to wait, because their participant has as many of them in flight as it may have (rule S36).
/// </param>
/// <param name="CommandFailure">
/// Why the command of a step, in a direction, cannot be made for this saga; null when it can. Such a step waits for an operator, and
/// nothing is sent. Null when all commands can be made.
/// </param>
/// <param name="AbsenceOf">Why nothing is expected of a participant, or nothing may be sent to it (rule S38). Null when all are
/// there.</param>
public readonly record struct DecisionContext(
    DateTimeOffset Now,
    double Jitter,
    Func<string, IReadOnlyList<Decision>, bool> Applies,
    bool UndoLater = false,
    Func<string, Direction, Failure?>? CommandFailure = null,
    Func<string, Absence?>? AbsenceOf = null
);
