using System.Globalization;
using SagaOrchestrator.Runner.Orders;
using Spectre.Console;

namespace SagaOrchestrator.Runner.Report;

/// <summary>Pushes orders and shows how they go, until all are at rest or nothing moves any more.</summary>
internal sealed class LiveProgress(IAnsiConsole console, OrderPusher pusher, SagaReader reader)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<SagaItem>> Run(IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        IReadOnlyList<SagaItem> sagas = [];
        await console.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var accepted = progress.AddTask("accepted", maxValue: lines.Count);
                var ended = progress.AddTask("ended", maxValue: lines.Count);
                var pushing = pusher.Push(lines, done => accepted.Value = done, cancellationToken);
                sagas = await Watch(pushing, ended, cancellationToken);
            });
        return sagas;
    }

    private async Task<IReadOnlyList<SagaItem>> Watch(Task pushing, ProgressTask ended, CancellationToken cancellationToken)
    {
        var moved = DateTime.UtcNow;
        var atRest = -1;
        while (true)
        {
            var allPushed = pushing.IsCompleted;
            if (allPushed)
            {
                await pushing;
            }

            var sagas = await Read(cancellationToken);
            var resting = sagas.Count(saga => saga.AtRest);
            (moved, atRest) = resting == atRest ? (moved, atRest) : (DateTime.UtcNow, resting);
            ended.Value = resting;
            ended.Description = string.Create(
                CultureInfo.InvariantCulture,
                $"ended: {sagas.Count(saga => saga.State == "Completed")} completed, {sagas.Count(saga => saga.State == "Failed")} failed, {sagas.Count(saga => saga.State == "Compensating")} compensating");
            if (allPushed && (resting == pusher.Started.Count || DateTime.UtcNow - moved > Stuck))
            {
                ended.MaxValue = Math.Max(resting, 1);
                return sagas;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    // The orchestrator may be away for a while; what has started is durable.
    private async Task<IReadOnlyList<SagaItem>> Read(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.Read(pusher.Started, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }
}
