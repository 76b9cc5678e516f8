using SagaOrchestrator.Runner.Check;
using SagaOrchestrator.Runner.Orders;
using SagaOrchestrator.Runner.Report;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Commands;

/// <summary>Pushes a file of orders through a system that is up, shows what happened and checks the end.</summary>
internal static class OrderRun
{
    private const int MostUnderWay = 48;

    /// <summary>Runs the orders.</summary>
    /// <param name="orders">The file.</param>
    /// <param name="api">The orchestrator's base address.</param>
    /// <param name="gather">Gathers the evidence, given the sagas of this run.</param>
    /// <param name="complaints">Lines of other files that could not be used.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>0 when the check holds and every line could be used, else 1.</returns>
    public static async Task<int> Execute(
        FileInfo orders,
        Uri api,
        Func<ICollection<Guid>, Task<Evidence>> gather,
        IReadOnlyList<string> complaints,
        CancellationToken cancellationToken
    )
    {
        using var client = ApiAccess.Open(api);
        var throttle = new Throttle(MostUnderWay);
        var pusher = new OrderPusher(client, throttle);
        var lines = OrderFile.Read(orders.FullName).ToArray();
        var sagas = await new LiveProgress(AnsiConsole.Console, pusher, new SagaReader(client), throttle).Run(lines, cancellationToken);
        RunReport.Outcomes(AnsiConsole.Console, sagas);
        RunReport.Speed(AnsiConsole.Console, sagas);
        if (pusher.Existing > 0)
        {
            AnsiConsole.Console.WriteLine($"{pusher.Existing} of these orders had been started before; they were not started again.");
        }

        var holds = RunReport.Checks(AnsiConsole.Console, await Settling.Check(() => gather(pusher.Started), cancellationToken));
        string[] all = [.. complaints, .. pusher.Complaints];
        RunReport.Complaints(all);
        return holds && all.Length == 0 ? 0 : 1;
    }
}
