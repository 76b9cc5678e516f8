using System.Globalization;
using SagaOrchestrator.Simulator.Plants;

namespace SagaOrchestrator.Simulator.Running;

/// <summary>Says what came of a simulation.</summary>
internal static class Report
{
    /// <returns>The exit status: 0 when nothing was broken.</returns>
    public static int Print(Result result, Plant plant, TextWriter to)
    {
        var pairs = result.Coverage.Pairs();
        var faults = result.Coverage.Faults();
        to.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Runs:N0} runs from seed {result.FirstSeed} in {result.Took.TotalSeconds:N1} s, "
                    + $"{result.Runs / result.Took.TotalSeconds:N0} "
                    + $"runs/s{(plant == Plant.None ? string.Empty : $", with the planted bug {plant}")}"
            )
        );
        to.WriteLine(
            $"coverage: {pairs.Count(pair => pair.Count > 0)} of {pairs.Count} pairs of situation and input, "
                + $"{faults.Count(fault => fault.Count > 0)} of {faults.Count} faults at boundaries"
        );
        foreach (var (name, _) in pairs.Concat(faults).Where(place => place.Count == 0))
        {
            to.WriteLine($"  never: {name}");
        }

        foreach (var (name, count) in pairs.Concat(faults).Where(place => place.Count > 0).OrderBy(place => place.Count).Take(3))
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  rarest: {name}, {count:N0} times"));
        }

        to.WriteLine($"violations: {result.Findings.Count}");
        foreach (var finding in result.Findings.Take(3))
        {
            Tell(finding, plant, to);
        }

        return result.Findings.Count == 0 ? 0 : 1;
    }

    /// <summary>Plants every bug, and says which seed finds it first.</summary>
    /// <returns>The exit status: 0 when each was found.</returns>
    public static int PrintPlants(long runs, ulong seed, TextWriter to)
    {
        var status = 0;
        to.WriteLine("\nplanted bugs, the first seed that finds each, and what it breaks:");
        foreach (var plant in Enum.GetValues<Plant>().Where(plant => plant != Plant.None))
        {
            var findings = ManyRuns.Start(runs, seed, plant, stopAtFirst: true).Findings;
            status = findings.Count == 0 ? 1 : status;
            to.WriteLine(
                findings.Count == 0 ? $"  {plant}: not found" : $"  {plant, -26} {findings[0].Seed, 7}  {findings[0].Violation.Message}"
            );
        }

        return status;
    }

    private static void Tell(Finding finding, Plant plant, TextWriter to)
    {
        var (script, violation) = Shrinker.Shrink(plant, finding.Seed);
        to.WriteLine($"\nseed {finding.Seed}: {finding.Violation.Message}");
        to.WriteLine($"shortest story: {violation.Message}");
        foreach (var line in Shrinker.Tell(plant, script))
        {
            to.WriteLine("  " + line);
        }
    }
}
