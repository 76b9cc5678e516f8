using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>
/// Runs a step's own code so that what it wrote is gone when it throws, and the reply can still be committed. What passes is thrown on, and
/// so is a conflict: then the unit is made again. One that conflicts still after so many times is answered, so that the plan decides.
/// </summary>
internal static class Effect
{
    private const int MostConflicts = 10;

    public static async Task<TOutcome> Attempt<TOutcome>(
        CommitScope scope,
        UnitOfWork unit,
        Func<CommitScope, CancellationToken, Task<TOutcome>> effect,
        Func<string, string, TOutcome> failed,
        CancellationToken cancellationToken
    )
        where TOutcome : class
    {
        TOutcome? outcome = null;
        try
        {
            await scope.Attempt(async () => outcome = await effect(scope, cancellationToken), cancellationToken);
            return outcome!;
        }
        catch (ConcurrencyConflictException exception) when (unit.Conflicts >= MostConflicts)
        {
            return failed("concurrency_conflict", exception.Message);
        }
        catch (Exception exception) when (!Transient.Is(exception) && exception is not ConcurrencyConflictException)
        {
            return failed("handler_error", exception.Message);
        }
    }
}
