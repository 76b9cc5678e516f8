using Quartz;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Engine.Timers;
using SagaOrchestrator.Messaging.Failures;

namespace SagaOrchestrator.Engine.Retention;

/// <summary>
/// Wraps the keys of subjects anew that nobody has used since the active key was changed, so that a former one can be taken out of the
/// ring.
/// </summary>
internal sealed class RewrapKeysJob(SubjectKeys keys, ILogger<RewrapKeysJob> log) : IJob
{
    private const int AtOnce = 500;

    public static RecurringJob Recurring { get; } =
        RecurringJob.Of<RewrapKeysJob>("subject-keys", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await keys.RewrapSome(AtOnce, cancellationToken) is > 0 and var count)
            {
                var left = (await keys.Former(cancellationToken)).Sum(former => former.Keys);
                SagaLog.KeysRewrapped(log, count, left);
            }
        }
        catch (Exception exception) when (Transient.Is(exception))
        {
            // The next run looks again.
        }
    }
}
