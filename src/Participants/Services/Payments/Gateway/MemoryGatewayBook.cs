namespace SagaOrchestrator.Participants.Services.Payments.Gateway;

internal sealed class MemoryGatewayBook : IGatewayBook
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, GatewayCharge> charges = [];

    public decimal Held
    {
        get
        {
            lock (gate)
            {
                return charges.Values.Where(charge => charge.State == ChargeState.Charged).Sum(charge => charge.Amount);
            }
        }
    }

    public Task<GatewayCharge> Change(string key, Func<GatewayCharge, GatewayCharge> change, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(charges[key] = change(charges.GetValueOrDefault(key) ?? new GatewayCharge(key)));
        }
    }
}
