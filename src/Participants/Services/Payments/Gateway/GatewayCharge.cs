namespace SagaOrchestrator.Participants.Services.Payments.Gateway;

/// <summary>What the gateway knows of one idempotency key.</summary>
internal sealed record GatewayCharge(string Key)
{
    public ChargeState State { get; init; }

    public int Attempts { get; init; }

    public string? Token { get; init; }

    public decimal Amount { get; init; }

    public string? Currency { get; init; }

    public string Reference => "ch_" + Key.Replace("-", string.Empty, StringComparison.Ordinal)[..16];
}

internal enum ChargeState
{
    Attempted,
    Charged,
    Refunded,

    /// <summary>Refunded before it was charged: a charge under this key is refused.</summary>
    Voided,
}
