using SagaOrchestrator.Benchmarks.Floor.Wire;

namespace SagaOrchestrator.Benchmarks.Floor;

/// <summary>What a process does with messages: one transaction for as many as it is given.</summary>
internal interface IFloorWork
{
    /// <summary>Handles messages of different sagas.</summary>
    /// <param name="messages">One, or a group.</param>
    /// <param name="sent">Outbox rows that are confirmed, to be deleted on the way.</param>
    /// <returns>What must be sent before the messages are acknowledged.</returns>
    Task<IReadOnlyList<FloorMessage>> Handle(IReadOnlyList<Incoming> messages, IReadOnlyList<Guid> sent);
}
