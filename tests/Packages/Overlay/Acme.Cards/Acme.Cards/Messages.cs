using SagaOrchestrator.Messages;

namespace Acme.Trips.Contracts;

public sealed record ChargeCard(string Room, decimal Amount) : SagaCommand;

public sealed record RefundCard(decimal Amount) : SagaCommand;
