using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;
using SagaOrchestrator.Benchmarks.Workload;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>One group of many steps. There are as many steps as in the other bursts, in fewer sagas.</summary>
internal static class ParallelPart
{
    public static async Task Measure(ProductBench bench, CancellationToken cancellationToken)
    {
        foreach (var steps in bench.Options.ParallelSteps)
        {
            var what = string.Create(null, $"{steps} steps side by side");
            await using var running = await bench.Prepare(what, PlanChoice.Parallel(steps));
            await running.Start([Roles.Orchestrator, Roles.Participants], cancellationToken);
            var inFlight = Fewer(bench.Options.InFlight, steps);
            await running.Client.Burst(Fewer(bench.Options.WarmUp, steps), inFlight, _ => false, cancellationToken);
            var row = await bench.Burst(
                running,
                GrowOptions.ParallelPart,
                what,
                Fewer(bench.Options.Sagas, steps),
                inFlight,
                cancellationToken
            );
            await bench.Verify(running, cancellationToken, ExpectedEnds.Parallel(steps));
            await running.End();
            bench.Found(WithSteps(row, steps));
        }
    }

    private static int Fewer(int sagas, int steps) => Math.Max(1, sagas * Steps.All.Count / steps);

    private static GrowthRow WithSteps(GrowthRow row, int steps)
    {
        var (perSecond, cpu) = (row.PerSecond * steps, row.CpuMilliseconds[Figures.OrchestratorCpu] / steps);
        return row with
        {
            Remark = string.Create(
                CultureInfo.InvariantCulture,
                $"{perSecond:0} steps/s; CPU ms a step: orchestrator {cpu:0.00}, Postgres "
                    + $"{row.CpuMilliseconds[Figures.PostgresCpu] / steps:0.00}"
            ),
            More = new Dictionary<string, double> { ["stepsPerSecond"] = perSecond },
        };
    }
}
