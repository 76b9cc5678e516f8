using System.Text.Json;
using SagaOrchestrator.Decisions.Inputs;
using SagaOrchestrator.Decisions.Results;
using SagaOrchestrator.Engine.Deciding;
using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messaging.Dispatch;
using SagaOrchestrator.Messaging.Failures;
using SagaOrchestrator.Messaging.Units;

namespace SagaOrchestrator.Engine.Operating;

/// <summary>
/// Gives a saga an input that came over REST: through the decider, in one transaction, with the same check as a message
/// (rules S25, S27 and S33). When the caller has the answer, it is durable.
/// </summary>
internal sealed class SagaActor(ISagaStore store, SagaEngine engine, ServiceOutbox outbox)
{
    // One conflict is another message in between. So many in a row are a saga that changes all the time; the caller is not to wait for its
    // end.
    private const int Rounds = 20;

    private const string ReadAgain = "Read it again, and decide on what is there. Nothing was done.";

    /// <summary>Applies the input; null when there is no such saga.</summary>
    /// <param name="sagaId">The saga.</param>
    /// <param name="input">What it is given.</param>
    /// <param name="data">What comes with the input.</param>
    /// <param name="action">What is written into the operators' log; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="beside">What is written in the same transaction, if the saga changes; null for nothing.</param>
    /// <param name="onlyAt">The versions of the saga at which the input is applied; null for any.</param>
    /// <exception cref="ConcurrencyConflictException">The saga changed in between, each time.</exception>
    public async Task<Acted?> Act(
        Guid sagaId,
        SagaInput input,
        JsonElement? data,
        OperatorAction? action,
        CancellationToken cancellationToken,
        IUnitWork? beside = null,
        IReadOnlyList<long>? onlyAt = null
    )
    {
        for (var round = 1; ; round++)
        {
            if ((await store.Load(sagaId, cancellationToken)).Saga is not { } saga)
            {
                return null;
            }

            if (onlyAt?.Contains(saga.Version) == false)
            {
                return new Acted(saga, new Refuse("saga-changed", $"The saga is at version {saga.Version}. {ReadAgain}"), IsChanged: false);
            }

            var unit = new UnitOfWork(inbox: null);
            var refused = await engine.Apply(saga, input, new TurnWork(unit, data));
            if (refused is not null || !saga.Changed)
            {
                return new Acted(saga, refused, IsChanged: false);
            }

            saga.Action = action;
            unit.Add(new SagaWrite(store, saga));
            if (beside is not null)
            {
                unit.Add(beside);
            }

            try
            {
                await outbox.Complete(unit, cancellationToken);
                return new Acted((await store.Load(sagaId, cancellationToken)).Saga ?? saga, Refused: null, IsChanged: true);
            }
            catch (ConcurrencyConflictException) when (round < Rounds)
            {
                // Something else happened to the saga in between; the next round decides on that.
            }
        }
    }
}

/// <summary>How it went.</summary>
/// <param name="Saga">The saga after it.</param>
/// <param name="Refused">Why it is not possible; null when it was done.</param>
/// <param name="IsChanged">Whether the saga was changed.</param>
internal sealed record Acted(SagaInstance Saga, Refuse? Refused, bool IsChanged);
