using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Simulation.Plants;
using SagaOrchestrator.Simulation.Running;

namespace SagaOrchestrator.Simulation;

internal static class Program
{
    private static int Main(string[] args)
    {
        var runs = new Option<long>("--runs") { DefaultValueFactory = _ => 2_000_000, Description = "How many runs." };
        var seed = new Option<ulong>("--seed") { DefaultValueFactory = _ => 1, Description = "The first seed; each run has the next one." };
        var plant = new Option<Plant>("--plant") { DefaultValueFactory = _ => Plant.None, Description = "Plants a bug." };
        var command = new RootCommand("Runs sagas on random plans through every fault there is, and checks the rules after every step.") { runs, seed, plant };
        command.SetAction(parsed => Report.Print(
            Running.Simulation.Start(parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(plant)), parsed.GetValue(plant), Console.Out));
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        return command.Parse(args).Invoke();
    }
}
