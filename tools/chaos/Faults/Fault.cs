namespace SagaOrchestrator.Chaos.Faults;

/// <summary>Something that can be done to the system, and undone.</summary>
/// <param name="Name">What the journal and the report call it.</param>
/// <param name="Place">Where. A place has one fault at a time.</param>
/// <param name="Weight">How often it is drawn, beside the others.</param>
/// <param name="Strike">Does it, and heals it: after a while that it draws from the dice, or early when the token says so.</param>
internal sealed record Fault(string Name, string Place, double Weight, Func<Random, CancellationToken, Task> Strike)
{
    /// <summary>A length of time from the dice: mostly short, sometimes the longest.</summary>
    public static TimeSpan Draw(Random dice, double shortest, double longest)
    {
        var share = dice.NextDouble();
        return TimeSpan.FromSeconds(shortest + (share * share * (longest - shortest)));
    }
}
