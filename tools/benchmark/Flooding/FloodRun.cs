using System.Diagnostics;
using System.Globalization;
using SagaOrchestrator.Benchmarks.Driving;
using SagaOrchestrator.Benchmarks.Measuring;
using SagaOrchestrator.Benchmarks.Serving;

namespace SagaOrchestrator.Benchmarks.Flooding;

/// <summary>One flood after another, beside an even load of healthy sagas.</summary>
internal sealed class FloodRun(FloodOptions options, BenchServers servers, RunningSystem running, FloodBroker broker)
{
    private const int MostSeconds = 4 * 3600;
    private static readonly SystemUnderTest Product = SystemUnderTest.Of(SystemNames.Product);

    public static async Task<FloodResults> Measure(FloodOptions options, Bench bench, CancellationToken cancellationToken)
    {
        var settings = await ServerSettings.ReadDurable(bench.Servers);
        await using var running = await RunningSystem.Prepare(Product, bench.Servers, Path.Combine(bench.Logs, "floods"));
        await running.Start([Roles.Orchestrator, Roles.Participants], cancellationToken);
        await running.Client.Burst(options.WarmUp, options.InFlight, _ => false, cancellationToken);
        await bench.Servers.Checkpoint();
        await using var broker = await FloodBroker.Connect(bench.Servers, Product);
        var run = new FloodRun(options, bench.Servers, running, broker);
        var (calm, courses, calmAfter) = await run.UnderLoad(run.Floods, cancellationToken);
        await run.Verify(cancellationToken);
        await running.End();
        var alone = run.UnderWay(calm);
        return new FloodResults(
            DateTimeOffset.UtcNow,
            Machine.Read(bench.Commit),
            settings,
            RuntimeSettings.All,
            options,
            alone,
            run.UnderWay(calmAfter),
            [.. courses.Select(course => run.Row(course, alone))]
        );
    }

    private async Task<T> UnderLoad<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"==> {options.PerSecond} sagas/s");
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = running.Client.SteadyUntil(over.Task, MostSeconds * options.PerSecond, options.PerSecond, end.Token);
        var working = work(end.Token);
        try
        {
            // Should the load fail, the work would go on for long.
            await await Task.WhenAny(load, working);
            var result = await working;
            over.SetResult();
            await load;
            return result;
        }
        catch
        {
            await end.CancelAsync();
            throw;
        }
    }

    private async Task<(Span Calm, IReadOnlyList<FloodCourse> Courses, Span CalmAfter)> Floods(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.BetweenSeconds), cancellationToken);
        var calm = await Calm(cancellationToken);
        var courses = new List<FloodCourse>();
        foreach (var name in options.Kinds)
        {
            courses.Add(await Pour(Flood.Of(name), cancellationToken));
            await Task.Delay(TimeSpan.FromSeconds(options.BetweenSeconds), cancellationToken);
        }

        return (calm, courses, await Calm(cancellationToken));
    }

    private async Task<Span> Calm(CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"    {options.CalmSeconds} s of calm");
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(options.CalmSeconds), cancellationToken);
        return new Span(from, Stopwatch.GetTimestamp());
    }

    private async Task<FloodCourse> Pour(Flood flood, CancellationToken cancellationToken)
    {
        var stage = new FloodStage(options, servers, running);
        var messages = await flood.Make(stage, cancellationToken);
        await using var whereabouts = await Whereabouts.Open(flood, messages, servers, broker, cancellationToken);
        var course = await new FloodWatch(flood, messages, whereabouts, broker).Follow(stage, cancellationToken);
        await Console.Error.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"    {flood.Name}: sent after {course.Sent:0.0} s, taken once after {course.Passed:0.0} s, dealt with after "
                    + $"{course.DealtWith:0.0} s; {course.MostWaiting} waited at once"
            )
        );
        return course;
    }

    private FloodRow Row(FloodCourse course, Latency calm)
    {
        var latency = UnderWay(course.Whole);
        var later = running.Client.Ledger.Latencies(saga => saga.StartedAt >= course.Rest.From && saga.StartedAt <= course.Rest.Until);
        return new FloodRow(course, latency, Latency.Of(later), latency.P95 / calm.P95);
    }

    private Latency UnderWay(Span span) =>
        Latency.Of(running.Client.Ledger.Latencies(saga => saga.EndedAt >= span.From && saga.StartedAt <= span.Until))
        ?? throw new BenchmarkFailure("No healthy saga was under way for a while. Let it take longer, or start more a second.");

    private async Task Verify(CancellationToken cancellationToken)
    {
        await Verification.Check(Product, running.Client.Ledger, servers);
        await StoredSagaCheck.Check(servers, running.Client.Ledger, others: 0, cancellationToken);
        await DeadLetterCheck.Check(Product, running.Client, servers);
    }
}
