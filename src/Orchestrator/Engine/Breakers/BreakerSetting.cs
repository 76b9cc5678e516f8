namespace SagaOrchestrator.Engine.Breakers;

/// <summary>What an operator has set.</summary>
/// <param name="Kind">Of a participant or of a saga type.</param>
/// <param name="Name">Which one.</param>
/// <param name="State"><c>open</c> (nothing is sent, or started), <c>closed</c> (whatever is seen) or <c>automatic</c>.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, on the database's clock.</param>
public sealed record BreakerSetting(BreakerKind Kind, string Name, string State, string By, string Reason, DateTimeOffset At)
{
    /// <summary>Nothing is sent, or started.</summary>
    public const string Open = "open";

    /// <summary>It is taken for there, whatever is seen.</summary>
    public const string Closed = "closed";

    /// <summary>It goes by what is seen.</summary>
    public const string Automatic = "automatic";
}

/// <summary>What is broken off.</summary>
public enum BreakerKind
{
    /// <summary>Sending to a participant.</summary>
    Participant,

    /// <summary>Starting sagas of a type.</summary>
    SagaType,
}
