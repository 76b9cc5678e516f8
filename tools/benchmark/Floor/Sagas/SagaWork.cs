using System.Collections.Concurrent;
using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor.Sagas;

/// <summary>The orchestrator of the floor.</summary>
/// <remarks>
/// It keeps the sagas that are under way in memory and trusts the version check to find out when that is wrong. A saga that is not there,
/// after a restart for example, is read from its row.
/// </remarks>
internal sealed class SagaWork(SagaTable table) : IFloorWork
{
    private readonly ConcurrentDictionary<Guid, SagaState> known = new();

    public async Task<IReadOnlyList<FloorMessage>> Handle(IReadOnlyList<Incoming> messages, IReadOnlyList<Guid> sent)
    {
        var (outgoing, refused) = await Attempt(messages, sent);
        if (refused.Count == 0)
        {
            return outgoing;
        }

        // Another version was there: what we knew is forgotten. When the row says the same again, the message was a duplicate.
        var (again, _) = await Attempt(refused, []);
        return [.. outgoing, .. again];
    }

    private async Task<(IReadOnlyList<FloorMessage> Outgoing, IReadOnlyList<Incoming> Refused)> Attempt(
        IReadOnlyList<Incoming> messages,
        IReadOnlyList<Guid> sent
    )
    {
        var writes = new List<SagaWrite>(messages.Count);
        foreach (var message in messages)
        {
            if (await Decide(message) is { } change)
            {
                writes.Add(new SagaWrite(message, change));
            }
        }

        var written = await table.Write(writes, sent);
        var outgoing = new List<FloorMessage>(writes.Count);
        var refused = new List<Incoming>();
        foreach (var write in writes)
        {
            if (written.Contains(write.Change.Saga.Id))
            {
                Know(write.Change.Saga);
                outgoing.Add(write.Change.Message);
            }
            else
            {
                known.TryRemove(write.Change.Saga.Id, out _);
                refused.Add(write.Cause);
            }
        }

        return (outgoing, refused);
    }

    private async Task<SagaChange?> Decide(Incoming message)
    {
        if (message.Type == FloorTypes.Start)
        {
            return SagaRules.Start(message);
        }

        var saga = known.GetValueOrDefault(message.SagaId) ?? await table.Read(message.SagaId);
        return saga is null ? null : SagaRules.Continue(saga, message);
    }

    private void Know(SagaState saga)
    {
        if (saga.IsEnded)
        {
            known.TryRemove(saga.Id, out _);
        }
        else
        {
            known[saga.Id] = saga;
        }
    }
}
