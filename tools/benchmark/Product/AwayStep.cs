using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Benchmarks.Product;

/// <summary>A step without effect. What it needs is away, until the driver says that it is back.</summary>
internal sealed class AwayStep : StepHandler<DoWhenBack>
{
    private static volatile bool isBack;

    public static bool IsBack
    {
        set => isBack = value;
    }

    public override Task<StepOutcome> Do(DoWhenBack command, StepContext context) =>
        isBack
            ? Task.FromResult<StepOutcome>(new StepOutcome.Completed())
            : throw new TransientException("What the step needs is away. The driver says when it is back.");
}
