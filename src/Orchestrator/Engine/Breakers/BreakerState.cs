namespace SagaOrchestrator.Engine.Breakers;

/// <summary>What a breaker does. The numbers are those of the metric <c>saga.breaker</c>.</summary>
public enum BreakerState
{
    /// <summary>The participant is there.</summary>
    Closed,

    /// <summary>It was away and may be back: a few steps try.</summary>
    HalfOpen,

    /// <summary>It is away, or an operator has stopped sending to it.</summary>
    Open,
}
