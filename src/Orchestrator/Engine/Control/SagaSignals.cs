using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Control;

/// <summary>Tells sagas what they wait for from people or other systems.</summary>
public sealed class SagaSignals
{
    private readonly SagaActor actor;
    private readonly ISagaStore store;
    private readonly PlanCatalogue plans;
    private readonly IntakeLimits limits;

    internal SagaSignals(SagaActor actor, ISagaStore store, PlanCatalogue plans, IntakeLimits limits) =>
        (this.actor, this.store, this.plans, this.limits) = (actor, store, plans, limits);

    /// <summary>
    /// Sends a signal. One that comes before its step has begun is kept. The same id again changes nothing and answers
    /// <see cref="ActionAnswer.Done"/>, so a signal whose outcome is not known is sent again.
    /// </summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <exception cref="Messaging.Failures.ConcurrencyConflictException">The saga changed each time before this call could. Nothing was
    /// done.</exception>
    /// <exception cref="Messaging.Failures.NotOnThisNodeException">This node lacks the saga's plan version. Nothing was done.</exception>
    public async Task<ActionAnswer> Send(Guid sagaId, Signal signal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if ((await store.Load(sagaId, cancellationToken)).Saga is not { } saga)
        {
            return new ActionAnswer.UnknownSaga();
        }

        var plan = plans.Get(saga.Type, saga.PlanVersion);
        string[] known = [.. plan.Definition.Steps.Select(step => step.Signal).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (!known.Contains(signal.Name, StringComparer.Ordinal))
        {
            return new ActionAnswer.UnknownSignal(saga.Type, known);
        }

        if (SignalIntake.Objection(plan, signal.Name, signal.Data, signal.Decline is not null, limits) is { } objection)
        {
            return new ActionAnswer.Invalid(objection);
        }

        var input = new SignalReceived(signal.Id, signal.Name, signal.Decline?.Code, signal.Decline?.Reason);
        return Answers.Of(await actor.Act(sagaId, input, signal.Data, action: null, cancellationToken));
    }
}

/// <summary>A signal to a saga.</summary>
/// <param name="Id">Chosen by the sender, one for each thing that happened; a saga counts it once.</param>
/// <param name="Name">Which signal, as the plan names it.</param>
/// <param name="Data">A JSON object that becomes the step's result; null for none.</param>
/// <param name="Decline">Why the answer is no; null for a yes.</param>
public sealed record Signal(Guid Id, string Name, JsonElement? Data = null, SignalDecline? Decline = null);

/// <summary>A no.</summary>
/// <param name="Code">A stable word for programs, 1 to 100 characters.</param>
/// <param name="Reason">A sentence for people; may be null.</param>
public sealed record SignalDecline(string Code, string? Reason = null);
