using SagaOrchestrator.Engine.Sagas;
using SagaOrchestrator.Messages.Orders.OrderFulfillment;
using SagaOrchestrator.Messaging.Endpoints;
using SagaOrchestrator.Participants.Fencing;
using SagaOrchestrator.Participants.Services.Embedded;

namespace SagaOrchestrator.Runner.Check;

/// <summary>Gathers evidence from the memory of this process.</summary>
internal sealed class EmbeddedEvidence(
    ISagaStore sagas,
    EmbeddedParticipants participants,
    MemoryFence fence,
    IEnumerable<ServiceEndpoint> endpoints
)
{
    public async Task<Evidence> Gather(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        new(
            [.. (await Task.WhenAll(ids.Select(id => sagas.Load(id, cancellationToken)))).Select(loaded => Fact(loaded.Saga!))],
            [
                .. participants.Stock.Products.Select(product => new ProductFact(
                    product.Key,
                    product.Value.Initial,
                    product.Value.Available,
                    product.Value.Reserved
                )),
            ],
            new MoneyFact(participants.Ledger.Balance, 0, participants.Gateway.Held),
            Effects(),
            await Outboxes(cancellationToken),
            Queues: null
        );

    private static SagaFact Fact(SagaInstance saga)
    {
        var order = saga.View().Start.Read<StartOrderFulfillment>();
        return new SagaFact(
            saga.CorrelationId,
            saga.BusinessKey,
            saga.CurrentState,
            order.Total,
            [.. order.Items.Select(item => (item.ProductId, item.Quantity))],
            [.. saga.Progress.Steps.Where(step => step.StartOrder is not null).OrderBy(step => step.StartOrder).Select(step => step.Name)]
        );
    }

    private EffectFact[] Effects()
    {
        var effects = new Dictionary<(Guid, string), EffectFact>();
        long position = 0;
        foreach (var row in fence.Changes)
        {
            position++;
            var effect = effects.GetValueOrDefault((row.SagaId, row.Step)) ?? new EffectFact(row.SagaId, row.Step, null, null);
            effects[(row.SagaId, row.Step)] = effect with
            {
                Done = effect.Done ?? (row.Do is EffectState.Begun or EffectState.Completed ? position : null),
                Undone = effect.Undone ?? (row.Undo == EffectState.Completed && !row.Tombstone ? position : null),
            };
            if (row.Do == EffectState.Rejected)
            {
                effects[(row.SagaId, row.Step)] = new EffectFact(row.SagaId, row.Step, null, null);
            }
        }

        return [.. effects.Values];
    }

    private async Task<IReadOnlyDictionary<string, long>> Outboxes(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var backlog = await endpoint.Outbox.Store.Backlog(cancellationToken);
            counts[endpoint.Queue + " outbox"] = backlog.Count + backlog.Waiting;
        }

        return counts;
    }
}
