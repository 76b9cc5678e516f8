using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>More orchestrators, and one process with the participants.</summary>
internal static class ReplicasPart
{
    public static async Task Measure(ProductBench bench, CancellationToken cancellationToken)
    {
        foreach (var count in bench.Options.Replicas)
        {
            var what = string.Create(null, $"{count} {(count == 1 ? "orchestrator" : "orchestrators")}");
            await using var running = await bench.Prepare(what, PlanChoice.Chain);
            await running.Start([.. Enumerable.Repeat(Roles.Orchestrator, count), Roles.Participants], cancellationToken);
            await bench.WarmUp(running, cancellationToken);
            var row = await bench.Burst(running, GrowOptions.ReplicasPart, what, cancellationToken);
            await bench.Verify(running, cancellationToken);
            await running.End();
            bench.Found(row);
        }
    }
}
