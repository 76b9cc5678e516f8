namespace SagaOrchestrator.Engine.Breakers;

/// <summary>What an operator has set.</summary>
/// <param name="Kind">Of a participant or of a saga type.</param>
/// <param name="Name">Which one.</param>
/// <param name="State"><c>open</c> (nothing is sent, or started), <c>closed</c> (whatever is seen) or <c>automatic</c>.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, on the database's clock.</param>
internal sealed record BreakerSetting(BreakerKind Kind, string Name, string State, string By, string Reason, DateTimeOffset At)
{
    public const string Open = "open";
    public const string Closed = "closed";
    public const string Automatic = "automatic";
}

/// <summary>What is broken off.</summary>
internal enum BreakerKind
{
    /// <summary>Sending to a participant.</summary>
    Participant,

    /// <summary>Starting sagas of a type.</summary>
    SagaType,
}
