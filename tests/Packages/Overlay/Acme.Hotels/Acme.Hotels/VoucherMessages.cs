using SagaOrchestrator.Messages;

namespace Acme.Trips.Contracts;

public sealed record PrintVoucher(string City) : SagaCommand;

public sealed record VoidVoucher(string City) : SagaCommand;
