using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Worlds;

namespace SagaOrchestrator.Simulator.Running;

/// <summary>Makes the story of a violation short: takes choices away, or makes them harmless, as long as the same rule is broken.</summary>
internal static class Shrinker
{
    private const int Budget = 20_000;

    public static (int[] Script, Violation Violation) Shrink(Plant plant, ulong seed)
    {
        var run = new Run(plant, new Coverage());
        var recording = new List<int>();
        var violation = run.Of(seed, recording) ?? throw new ArgumentException($"Seed {seed} breaks nothing.", nameof(seed));
        var script = recording.ToArray();
        var tries = 0;
        bool Improves(int[] candidate)
        {
            if (++tries > Budget || run.Of(candidate) is not { } found || found.Rule != violation.Rule)
            {
                return false;
            }

            (script, violation) = (candidate, found);
            return true;
        }

        bool progress;
        do
        {
            var length = script.Length;
            var sum = script.Sum(choice => (long)choice);
            for (var size = Math.Max(1, script.Length / 2); size >= 1; size /= 2)
            {
                for (var start = 0; start < script.Length; )
                {
                    start += Improves([.. script[..start], .. script.Skip(start + size)]) ? 0 : size;
                }
            }

            for (var index = 0; index < script.Length; index++)
            {
                if (script[index] > 0)
                {
                    _ =
                        Improves([.. script[..index], 0, .. script[(index + 1)..]])
                        || Improves([.. script[..index], script[index] / 2, .. script[(index + 1)..]]);
                }
            }

            progress = script.Length < length || script.Sum(choice => (long)choice) < sum;
        } while (progress && tries < Budget);
        return (script, violation);
    }

    public static IReadOnlyList<string> Tell(Plant plant, int[] script)
    {
        var story = new List<string>();
        new Run(plant, new Coverage()).Of(script, story);
        return story;
    }
}
