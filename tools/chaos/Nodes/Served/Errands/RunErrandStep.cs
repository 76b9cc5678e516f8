using SagaOrchestrator.Participants.Steps;

namespace SagaOrchestrator.Chaos.Nodes.Served.Errands;

/// <summary>Does nothing but remember that it was done.</summary>
internal sealed class RunErrandStep : StepHandler<RunErrand>
{
    public override Task<StepOutcome> Do(RunErrand command, StepContext context) =>
        Task.FromResult<StepOutcome>(new StepOutcome.Completed());
}
