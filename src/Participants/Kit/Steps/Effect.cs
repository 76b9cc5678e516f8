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
        bool isMarked,
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
            return failed("concurrency_conflict", Reason(exception, isMarked));
        }
        catch (Exception exception) when (!Transient.Is(exception) && exception is not ConcurrencyConflictException)
        {
            return failed("handler_error", Reason(exception, isMarked));
        }
    }

    /// <summary>What is said of an exception. Its text often quotes the value that it is about, so marked values keep it back.</summary>
    public static string Reason(Exception exception, bool isMarked) => isMarked ? exception.GetType().Name : exception.Message;
}
