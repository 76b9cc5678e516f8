namespace SagaOrchestrator.Chaos.Faults;

/// <summary>What strikes, and when.</summary>
internal interface IFaultSequence
{
    /// <summary>How often each fault struck, by name and place.</summary>
    Dictionary<string, int> Strikes { get; }

    /// <summary>When the last fault ended, on the journal's clock.</summary>
    TimeSpan HealedAt { get; }

    /// <summary>Returns when the token says so and everything is healed. Throws when a fault could not be healed.</summary>
    Task Run(CancellationToken heal);
}
