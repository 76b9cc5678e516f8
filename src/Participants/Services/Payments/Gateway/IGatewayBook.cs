namespace SagaOrchestrator.Participants.Services.Payments.Gateway;

/// <summary>The gateway's own storage, outside every transaction of the payments service.</summary>
internal interface IGatewayBook
{
    /// <summary>Changes what is known of a key, one caller at a time, and returns it.</summary>
    Task<GatewayCharge> Change(string key, Func<GatewayCharge, GatewayCharge> change, CancellationToken cancellationToken);
}
