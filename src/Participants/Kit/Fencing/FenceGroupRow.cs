using SagaOrchestrator.Messaging.Postgres.Scopes;

namespace SagaOrchestrator.Participants.Fencing;

/// <summary>
/// A fence row to be written in a group. When it was changed in the meantime, the unit is made again with the row locked.
/// </summary>
internal sealed record FenceGroupRow(FenceRow Row) : IGroupRow
{
    public (Guid Id, string? Part) Key => (Row.SagaId, Row.Step);

    public Exception? Conflict() => null;
}
