using System.Globalization;
using SagaOrchestrator.Runner.Orders;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Report;

/// <summary>Pushes orders and shows how they go, until all are at rest or nothing moves any more.</summary>
internal sealed class LiveProgress(IAnsiConsole console, OrderPusher pusher, SagaReader reader, Throttle throttle)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<SagaItem>> Run(IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        IReadOnlyList<SagaItem> sagas = [];
        await console
            .Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(async progress =>
            {
                var accepted = progress.AddTask("accepted", maxValue: lines.Count);
                var ended = progress.AddTask("ended", maxValue: lines.Count);
                var pushing = pusher.Push(lines, done => accepted.Value = done, cancellationToken);
                sagas = await Watch(pushing, ended, cancellationToken);
            });
        return sagas;
    }

    // The counts are cheap to ask for; the sagas themselves are read when the counts say that nothing is under way,
    // and now and then in case that older sagas are.
    private async Task<IReadOnlyList<SagaItem>> Watch(Task pushing, ProgressTask ended, CancellationToken cancellationToken)
    {
        var before = new Counts(0, 0, 0);
        var last = before;
        var moved = DateTime.UtcNow;
        for (var look = 0; ; look++)
        {
            var allPushed = pushing.IsCompleted;
            var now = await Count(last, cancellationToken);
            before = look == 0 ? now : before;
            moved = now == last ? moved : DateTime.UtcNow;
            last = now;
            throttle.Observe(now.InFlight);
            Show(ended, now, before);
            if (allPushed && (now.InFlight == 0 || look % 50 == 0))
            {
                await pushing;
                var sagas = await reader.Read(pusher.Started, cancellationToken);
                if (sagas.Count(saga => saga.AtRest) == pusher.Started.Count || DateTime.UtcNow - moved > Stuck)
                {
                    ended.Value = ended.MaxValue;
                    return sagas;
                }
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    private static void Show(ProgressTask ended, Counts now, Counts before)
    {
        ended.Value = now.Completed + now.Failed - before.Completed - before.Failed;
        ended.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"ended: {now.Completed - before.Completed} completed, {now.Failed - before.Failed} failed, {now.InFlight} under way"
        );
    }

    // The orchestrator may be away for a while; what has started is durable.
    private async Task<Counts> Count(Counts last, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await reader.Count(cancellationToken);
            return new Counts(
                counts.GetValueOrDefault("Completed"),
                counts.GetValueOrDefault("Failed"),
                counts.GetValueOrDefault("Started") + counts.GetValueOrDefault("Pending") + counts.GetValueOrDefault("Compensating")
            );
        }
        catch (HttpRequestException)
        {
            return last with { InFlight = Math.Max(last.InFlight, 1) };
        }
    }

    private sealed record Counts(long Completed, long Failed, long InFlight);
}
