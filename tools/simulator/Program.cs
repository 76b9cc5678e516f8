using System.CommandLine;
using System.Globalization;
using SagaOrchestrator.Simulator.Plants;
using SagaOrchestrator.Simulator.Running;

namespace SagaOrchestrator.Simulator;

internal static class Program
{
    private static int Main(string[] args)
    {
        var runs = new Option<long>("--runs") { DefaultValueFactory = _ => 2_000_000, Description = "How many runs." };
        var seed = new Option<ulong>("--seed") { DefaultValueFactory = _ => 1, Description = "The first seed; each run has the next one." };
        var plant = new Option<Plant>("--plant") { DefaultValueFactory = _ => Plant.None, Description = "Plants a bug." };
        var report = new Option<bool>("--report") { Description = "Then plants every bug in turn, and says which seed finds it first." };
        var command = new RootCommand("Runs sagas on random plans through every fault there is, and checks the rules after every step.")
        {
            runs,
            seed,
            plant,
            report,
        };
        command.SetAction(parsed =>
        {
            var (count, first, bug) = (parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(plant));
            var status = Report.Print(ManyRuns.Start(count, first, bug), bug, Console.Out);
            return parsed.GetValue(report) ? Math.Max(status, Report.PrintPlants(count, first, Console.Out)) : status;
        });
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        return command.Parse(args).Invoke();
    }
}
