using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Messaging.Units;

/// <summary>One write of a unit: a saga's row, or a participant's effect.</summary>
public interface IUnitWork
{
    /// <summary>Whether it reads or locks before it writes, so that it needs a transaction of its own.</summary>
    bool NeedsTransaction => false;

    /// <summary>
    /// Writes inside the unit's transaction. Throws <see cref="ConcurrencyConflictException"/> when somebody else
    /// was faster; the whole handler then runs again (rule S27).
    /// </summary>
    Task Execute(CommitScope scope, UnitOfWork unit, CancellationToken cancellationToken);
}
