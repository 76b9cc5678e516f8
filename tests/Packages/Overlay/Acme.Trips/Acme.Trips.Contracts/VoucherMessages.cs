using SagaOrchestrator.Messages;

namespace Acme.Trips.Contracts;

/// <summary>Asks the participant <c>hotels</c> for a voucher.</summary>
public sealed record PrintVoucher(string City) : SagaCommand;

/// <summary>Makes it worthless.</summary>
public sealed record VoidVoucher(string City) : SagaCommand;
