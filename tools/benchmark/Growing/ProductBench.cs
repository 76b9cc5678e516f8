using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>What the parts measure with.</summary>
internal sealed class ProductBench(GrowOptions options, Bench bench, Action<GrowthRow> found)
{
    public static readonly SystemUnderTest Product = SystemUnderTest.Of(SystemNames.Product);

    public GrowOptions Options => options;

    public BenchServers Servers => bench.Servers;

    /// <summary>Empty databases, and an empty virtual host.</summary>
    public async Task<RunningSystem> Prepare(string what, PlanChoice plan)
    {
        await Console.Error.WriteLineAsync($"==> {what}");
        return await RunningSystem.Prepare(Product, Servers, Path.Combine(bench.Logs, "grow-" + what.Replace(' ', '-')), plan);
    }

    public void Found(GrowthRow row)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {row.What}: {row.PerSecond:0} a second. {row.Remark}"));
        found(row);
    }

    /// <summary>Warms up.</summary>
    public Task WarmUp(RunningSystem running, CancellationToken cancellationToken) =>
        running.Client.Burst(options.WarmUp, options.InFlight, _ => false, cancellationToken);

    /// <summary>A burst in which all succeed.</summary>
    public Task<GrowthRow> Burst(RunningSystem running, string part, string what, CancellationToken cancellationToken) =>
        Burst(running, part, what, options.Sagas, options.InFlight, cancellationToken);

    /// <summary>The same with other numbers.</summary>
    public async Task<GrowthRow> Burst(
        RunningSystem running,
        string part,
        string what,
        int sagas,
        int inFlight,
        CancellationToken cancellationToken
    )
    {
        await Servers.Checkpoint();
        var meter = await Meter(running, cancellationToken);
        var perSecond = await running.Client.Burst(sagas, inFlight, _ => false, cancellationToken);
        return await meter.Row(part, what, perSecond, sagas, cancellationToken);
    }

    public static Task<Meter> Meter(RunningSystem running, CancellationToken cancellationToken) =>
        Growing.Meter.Start(running, cancellationToken);

    /// <summary>Checks from outside that all sagas ended as they should.</summary>
    public async Task Verify(
        RunningSystem running,
        CancellationToken cancellationToken,
        ExpectedEnds? expected = null,
        SystemUnderTest? system = null,
        long others = 0
    )
    {
        await Verification.Check(system ?? Product, running.Client.Ledger, Servers, expected);
        await StoredSagaCheck.Check(Servers, running.Client.Ledger, others, cancellationToken);
        await DeadLetterCheck.Check(Product, running.Client, Servers);
    }
}
