using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Progress;
using SagaOrchestrator.Engine.Operating;
using SagaOrchestrator.Engine.Plans;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Intake;
using SagaOrchestrator.Plans.Running;

namespace SagaOrchestrator.Engine.Control;

/// <summary>
/// Leads parked sagas out, pauses, resumes and cancels sagas, and gives them more time (rule S33). When a call returns
/// <see cref="ActionAnswer.Done"/>, its effect is durable. The same call again finds the saga as it is by then: most are refused, a second
/// cancel or pause changes nothing.
/// </summary>
public sealed class SagaOperator
{
    private readonly SagaActor actor;
    private readonly ISagaStore store;
    private readonly PlanCatalogue plans;
    private readonly IntakeLimits limits;
    private readonly IOperatorLog log;

    internal SagaOperator(SagaActor actor, ISagaStore store, PlanCatalogue plans, IntakeLimits limits, IOperatorLog log) =>
        (this.actor, this.store, this.plans, this.limits, this.log) = (actor, store, plans, limits, log);

    /// <summary>Sends the command of a step again that is stuck (it gets a new budget of attempts) or backed off (the wait ends).</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="step">The step, or the one whose compensation it is.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <exception cref="Messaging.Failures.ConcurrencyConflictException">The saga changed each time before this call could. Nothing was
    /// done.</exception>
    /// <exception cref="Messaging.Failures.NotOnThisNodeException">This node lacks the saga's plan version. Nothing was done.</exception>
    public Task<ActionAnswer> Retry(Guid sagaId, string step, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new RetryNow(step, note.Who, note.Why), result: null, note, cancellationToken);
    }

    /// <summary>Gives a stuck compensation up. The step's effect may stay; the saga goes on undoing the others.</summary>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> SkipCompensation(Guid sagaId, string step, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new SkipCompensation(step, note.Who, note.Why), result: null, note, cancellationToken);
    }

    /// <summary>Says that a stuck step, a compensation, or a step whose result was refused, is done.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="step">The step, or the one whose compensation it is.</param>
    /// <param name="result">The result that the participant would have answered with, a JSON object; null where the plan declares none, and
    /// for a compensation.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> ResolveAsDone(
        Guid sagaId,
        string step,
        JsonElement? result,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new ResolveAsDone(step, note.Who, note.Why), result, note, cancellationToken);
    }

    /// <summary>Says that a stuck step did not happen. The steps before it are undone.</summary>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> ResolveAsNotDone(Guid sagaId, string step, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new ResolveAsNotDone(step, note.Who, note.Why), result: null, note, cancellationToken);
    }

    /// <summary>Gives a saga up and undoes its steps. Refused from the pivot on; one that is failing already stays as it is.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> Cancel(Guid sagaId, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new Cancel(note.Who, note.Why), result: null, note, cancellationToken);
    }

    /// <summary>
    /// Pauses a saga: nothing is sent, and no timer acts, until it is resumed. Answers and signals that come are taken. A second call
    /// changes nothing (rule S42).
    /// </summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> Pause(Guid sagaId, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new PauseSaga(note.Who, note.Why), result: null, note, cancellationToken);
    }

    /// <summary>Resumes a paused saga: it sends what was held back, and each of its waits has the time that it had left.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> Resume(Guid sagaId, OperatorNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new ResumeSaga(note.Who, note.Why), result: null, note, cancellationToken);
    }

    /// <summary>
    /// Lets a saga, or one of its steps, wait longer. A time that is not later than the one that holds is refused (rule S43).
    /// </summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="step">The step that waits for an answer or a signal; null for the deadline of the saga.</param>
    /// <param name="until">Until when, UTC.</param>
    /// <param name="note">Who acts, and why.</param>
    /// <param name="cancellationToken">Ends the wait. A commit that is on its way goes on.</param>
    /// <inheritdoc cref="Retry"/>
    public Task<ActionAnswer> Extend(
        Guid sagaId,
        string? step,
        DateTimeOffset until,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(note);
        return Act(sagaId, new ExtendDeadline(step, until, note.Who, note.Why), result: null, note, cancellationToken);
    }

    private async Task<ActionAnswer> Act(
        Guid sagaId,
        OperatorInput input,
        JsonElement? result,
        OperatorNote note,
        CancellationToken cancellationToken
    )
    {
        var action = OperatorAction.Of(input, note.Origin);
        var answer = await Answer(sagaId, input, result, action, note.OnlyAt, cancellationToken);
        var refused = answer switch
        {
            ActionAnswer.Refused { Code: var code, Reason: var reason } => (Code: code, Detail: reason),
            ActionAnswer.Invalid { Refusal: var refusal } => ("invalid-result", refusal.Sentence),
            ActionAnswer.UnknownSaga => ("unknown-saga", "There is no such saga."),
            _ => default((string Code, string Detail)?),
        };
        if (refused is { } why)
        {
            await log.Write(
                new LoggedAction(
                    default,
                    default,
                    Subjects.Saga,
                    sagaId.ToString(),
                    action.Verb,
                    action.Step,
                    note.Who,
                    note.Origin,
                    note.Why,
                    why.Code,
                    why.Detail
                ),
                cancellationToken
            );
        }

        return answer;
    }

    private async Task<ActionAnswer> Answer(
        Guid sagaId,
        OperatorInput input,
        JsonElement? result,
        OperatorAction action,
        IReadOnlyList<long>? onlyAt,
        CancellationToken cancellationToken
    ) =>
        input is ResolveAsDone done && await Objection(sagaId, done.Step, result, cancellationToken) is { } objection
            ? new ActionAnswer.Invalid(objection)
            : Answers.Of(await actor.Act(sagaId, input, result, action, cancellationToken, onlyAt: onlyAt));

    // A compensation that was done by hand has no result; a step that was has the one that its participant would have answered with.
    private async Task<Refusal?> Objection(Guid sagaId, string step, JsonElement? result, CancellationToken cancellationToken) =>
        (await store.Load(sagaId, cancellationToken)).Saga is { } saga
        && saga.Progress.Find(step)?.State == StepState.Executing
        && plans.TryGet(saga.Type, saga.PlanVersion) is { } plan
            ? ResultIntake.Objection(plan, step, result, limits, "result")
            : null;
}
