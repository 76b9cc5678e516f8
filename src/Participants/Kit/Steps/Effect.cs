using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Participants.Steps;

/// <summary>Runs a step's own code so that what it wrote is gone when it throws, and the reply can still be committed.</summary>
internal static class Effect
{
    public static async Task<TOutcome> Attempt<TOutcome>(
        CommitScope scope, Func<CommitScope, CancellationToken, Task<TOutcome>> effect, Func<Exception, TOutcome> explain,
        CancellationToken cancellationToken)
        where TOutcome : class
    {
        TOutcome? outcome = null;
        try
        {
            await scope.Attempt(async () => outcome = await effect(scope, cancellationToken), cancellationToken);
            return outcome!;
        }
        catch (Exception exception) when (!Transient.Is(exception))
        {
            return explain(exception);
        }
    }
}
