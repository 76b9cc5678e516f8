using System.Diagnostics;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Tables that hold many ended sagas already.</summary>
internal static class StoredPart
{
    private static readonly IReadOnlyList<string> All = [Roles.Orchestrator, Roles.Participants];

    public static async Task Measure(ProductBench bench, CancellationToken cancellationToken)
    {
        foreach (var stored in bench.Options.Stored)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"{stored:#,0} ended sagas stored");
            await using var running = await bench.Prepare(what, PlanChoice.Chain);
            var (filled, took) = await Fill(bench, running, stored, cancellationToken);
            await running.Start(All, cancellationToken);
            await bench.WarmUp(running, cancellationToken);
            var row = await bench.Burst(running, GrowOptions.StoredPart, what, cancellationToken);
            await bench.Verify(
                running,
                cancellationToken,
                ExpectedEnds.Chain with
                {
                    Which = $"not {StoredSagas.IsCopy("saga_id")}",
                },
                others: filled
            );
            var size = await StoredSagas.Size(bench.Servers);
            await running.End();
            bench.Found(
                row with
                {
                    Remark = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{size / (1 << 20):#,0} MiB in both databases at the end; filled in {took.TotalSeconds:0} s"
                    ),
                    More = new Dictionary<string, double> { ["databaseBytes"] = size, ["fillSeconds"] = took.TotalSeconds },
                }
            );
        }
    }

    // The processes are started again afterwards: they find full tables, as they would.
    private static async Task<(int Filled, TimeSpan Took)> Fill(
        ProductBench bench,
        RunningSystem running,
        int stored,
        CancellationToken cancellationToken
    )
    {
        await running.Start(All, cancellationToken);
        await running.Client.Burst(StoredSagas.Originals, StoredSagas.Originals, _ => false, cancellationToken);
        await bench.Verify(running, cancellationToken);
        foreach (var role in All)
        {
            await running.Stop(role);
        }

        var began = Stopwatch.GetTimestamp();
        var filled = await StoredSagas.Copy(bench.Servers, stored, cancellationToken);
        await bench.Servers.Checkpoint();
        return (filled, Stopwatch.GetElapsedTime(began));
    }
}
