using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sensitive;
using SagaOrchestrator.Engine.Telemetry;
using SagaOrchestrator.Messaging.Background;
using SagaOrchestrator.Messaging.Settings;

namespace SagaOrchestrator.Engine.Hosting;

/// <summary>
/// Refuses to start where a plan marks values as sensitive and there is no key to encrypt them. Says what of a plan looks like a person.
/// </summary>
internal sealed class MarksBeforeStart(PlanCatalogue plans, SensitiveSagas sensitive, ILogger<MarksBeforeStart> log) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!sensitive.IsOn && plans.All.FirstOrDefault(plan => plan.Marks is not null) is { } marked)
        {
            throw new InvalidOperationException(
                $"The plan '{marked.Type}' has [Sensitive] members, and there is no key to encrypt them. {SensitiveSettings.HowToSet}"
            );
        }

        foreach (var warning in plans.Newest.SelectMany(plan => plan.Warnings))
        {
            SagaLog.LooksPersonal(log, warning);
        }

        return Task.CompletedTask;
    }
}
