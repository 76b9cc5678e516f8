using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>One long run.</summary>
internal sealed class Soak(SoakOptions options, BenchServers servers, RunningSystem running)
{
    private static readonly SystemUnderTest Product = SystemUnderTest.Of(SystemNames.Product);

    public static async Task<SoakResults> Run(SoakOptions options, Bench bench, CancellationToken cancellationToken)
    {
        var settings = await ServerSettings.ReadDurable(bench.Servers);
        await using var running = await RunningSystem.Prepare(Product, bench.Servers, Path.Combine(bench.Logs, "soak"));
        await running.Start([Roles.Orchestrator, Roles.Participants], cancellationToken);
        var soak = new Soak(options, bench.Servers, running);
        var capacity = await soak.Capacity(cancellationToken);
        var rate = options.Rate ?? Math.Max(1, (int)(capacity!.Value * SoakOptions.Share));
        var samples = await soak.Load(rate, cancellationToken);
        var wrong = await soak.Wrong(cancellationToken);
        return new SoakResults(
            DateTimeOffset.UtcNow,
            Machine.Read(bench.Commit),
            settings,
            RuntimeSettings.All,
            options,
            capacity,
            rate,
            wrong,
            [.. SoakFigures.Of(samples, rate).Select(figure => figure.Over(samples))],
            samples
        );
    }

    private async Task<double?> Capacity(CancellationToken cancellationToken)
    {
        await running.Client.Burst(options.WarmUp, options.InFlight, _ => false, cancellationToken);
        if (options.Rate is not null)
        {
            return null;
        }

        var capacity = await running.Client.Burst(options.Sagas, options.InFlight, _ => false, cancellationToken);
        await Console.Error.WriteLineAsync($"==> A burst reaches {capacity:0} sagas/s");
        return capacity;
    }

    private async Task<IReadOnlyList<SoakSample>> Load(int rate, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"==> {rate} sagas/s for {options.Minutes} minutes");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = running.Client.Steady((int)(options.Minutes * 60 * rate), rate, end.Token);
        var sampler = new Sampler(running, servers, BenchServers.HostOf(Product), await running.Processes(cancellationToken));
        var sampling = sampler.Take(options.Samples, TimeSpan.FromSeconds(options.Every), end.Token);
        try
        {
            // Whichever fails, the other would go on for long.
            await await Task.WhenAny(load, sampling);
            await Task.WhenAll(load, sampling);
        }
        catch
        {
            await end.CancelAsync();
            throw;
        }

        return await sampling;
    }

    private async Task<string?> Wrong(CancellationToken cancellationToken)
    {
        try
        {
            await Verification.Check(Product, running.Client.Ledger, servers);
            await StoredSagaCheck.Check(servers, running.Client.Ledger, others: 0, cancellationToken);
            await DeadLetterCheck.Check(Product, running.Client, servers);
            await running.End();
            return null;
        }
        catch (BenchmarkFailure failure)
        {
            return failure.Message;
        }
    }
}
