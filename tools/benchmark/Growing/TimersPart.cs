using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Product;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>Many timers that are due within a minute: each is the timeout of a step that nobody answers, and ends its saga.</summary>
internal static class TimersPart
{
    private const double Minute = 60;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public static async Task Measure(ProductBench bench, CancellationToken cancellationToken)
    {
        var (timers, seconds) = (bench.Options.Timers, bench.Options.TimerSeconds);
        await using var running = await bench.Prepare("timers", PlanChoice.Timer(seconds));
        // Without participants, nobody answers; and a warm-up would have to wait for its timers, too.
        await running.Start([Roles.Orchestrator], cancellationToken);
        await Intake.Start(bench.Servers, running, timers, fail: true, cancellationToken);
        var due = await DueTimes.Note(bench.Servers);
        if (due.Armed < timers || due.UntilFirst < Margin)
        {
            throw new BenchmarkFailure(
                $"The first timers were due before all {timers} were armed. Give them more than --timer-seconds {seconds}."
            );
        }

        if (due.Spread > Minute)
        {
            await DueTimes.Gather(bench.Servers, Minute);
        }

        using var untilTheFirst = new PeriodicTimer(due.UntilFirst - Margin);
        await untilTheFirst.WaitForNextTickAsync(cancellationToken);
        var meter = await ProductBench.Meter(running, cancellationToken);
        await running.Client.Drained(cancellationToken);
        var late = await DueTimes.Lateness(bench.Servers);
        var row = await meter.Row(
            GrowOptions.TimersPart,
            string.Create(CultureInfo.InvariantCulture, $"{timers:#,0} timers due within {late.Spread:0.0} s"),
            timers / late.Took,
            timers,
            cancellationToken
        );
        await bench.Verify(running, cancellationToken, ExpectedEnds.TimedOut, ProductBench.Product with { EffectSchemas = [] });
        await DueTimes.Verify(bench.Servers, timers);
        await running.End();
        bench.Found(row with { Remark = late.ToString(), More = late.Figures });
    }
}
