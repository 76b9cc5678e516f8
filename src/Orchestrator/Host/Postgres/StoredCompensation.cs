using SagaOrchestrator.Decisions;
using SagaOrchestrator.Decisions.Ids;
using SagaOrchestrator.Decisions.Results;

namespace SagaOrchestrator.Host.Postgres;

/// <summary>A registered compensation as it is stored: without its command's id, which follows from the saga and the step.</summary>
internal sealed record StoredCompensation(string Step, int StartOrder)
{
    public RegisterCompensation Of(Guid sagaId) => new(Step, StartOrder, SagaIds.OfCommand(sagaId, Step, Direction.Undo));
}
