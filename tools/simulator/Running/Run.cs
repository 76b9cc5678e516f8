using SagaOrchestrator.Simulator.Plans;
using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Worlds;

namespace SagaOrchestrator.Simulator.Running;

/// <summary>Runs one saga after another: a phase of faults, then calm, in which everything must come to a good end.</summary>
internal sealed class Run
{
    private const int LongestCalm = 3000;

    private readonly World world;
    private readonly Actions actions;
    private readonly PlanPool plans = new();

    public Run(Plant plant, Coverage coverage)
    {
        world = new World(plant, coverage);
        actions = new Actions(world);
    }

    /// <summary>What the run of a seed breaks; null when it holds.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="recording">Takes the choices, when somebody wants to play them again.</param>
    public Violation? Of(ulong seed, List<int>? recording = null)
    {
        world.Choices.FromSeed(seed, recording);
        return Play();
    }

    /// <summary>The same for recorded choices.</summary>
    public Violation? Of(int[] script, List<string>? story = null)
    {
        world.Choices.FromScript(script);
        world.Story = story;
        var violation = Play();
        world.Story = null;
        return violation;
    }

    private Violation? Play()
    {
        try
        {
            world.Begin(plans);
            world.Tell($"plan: {world.Plan.Fingerprint}{(world.Plan.Deadline is { } deadline ? $", deadline {deadline}" : string.Empty)}");
            var steps = 8 + world.Choices.Below(48);
            for (var step = 0; step < steps; step++)
            {
                actions.Take(world.Weights.Pick(world.Choices));
            }

            world.Calm = true;
            world.IsBusyUndoing = false;
            Array.Clear(world.Absences);
            world.CommandFailure = null;
            world.Tell("from here on all is well");
            for (var step = 0; actions.TakeCalmly(); step++)
            {
                if (step == LongestCalm)
                {
                    throw new Violation("S26", $"the saga is still {world.Row.State} after {LongestCalm} steps without a fault");
                }
            }

            world.Rules.AtRest();
            return null;
        }
        catch (Violation violation)
        {
            return violation;
        }
    }
}
