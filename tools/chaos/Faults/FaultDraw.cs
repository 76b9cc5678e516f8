namespace SagaOrchestrator.Chaos.Faults;

/// <summary>The sequence of faults that a seed stands for.</summary>
internal sealed class FaultDraw(IReadOnlyList<Fault> faults, int seed, TimeSpan meanInterval)
{
    private readonly Random dice = new(seed);

    /// <summary>The next one. Nothing but the seed decides about it, not even whether its place is free.</summary>
    public DrawnFault Next() => new(meanInterval * -Math.Log(1 - dice.NextDouble()), ByWeight(), dice.Next());

    private Fault ByWeight()
    {
        var point = dice.NextDouble() * faults.Sum(fault => fault.Weight);
        foreach (var fault in faults)
        {
            point -= fault.Weight;
            if (point <= 0)
            {
                return fault;
            }
        }

        return faults[^1];
    }
}

/// <summary>A fault that was drawn.</summary>
/// <param name="After">How long after the one before.</param>
/// <param name="Fault">Which.</param>
/// <param name="Seed">For its own dice.</param>
internal sealed record DrawnFault(TimeSpan After, Fault Fault, int Seed);
