using SagaOrchestrator.Benchmarks.Measuring;

namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>All figures, and which of them must not grow.</summary>
internal static class SoakFigures
{
    private const double MiB = 1 << 20;

    // Autovacuum looks once a minute; until then an outbox keeps the rows that were deleted, at most five of each saga.
    private const int SecondsToVacuum = 60;
    private const int OutboxRows = 5;
    private const int OutboxRowBytes = 2000;

    // They have rows for each saga, or for each of its messages, and are cleaned up after days.
    private static readonly string[] Growing =
    [
        "orchestrator saga",
        "orchestrator saga_turn",
        "orchestrator inbox",
        "participants fence",
        "participants inbox",
        "participants effect",
    ];

    // These rows are changed or deleted later.
    private static readonly string[] Changing = ["orchestrator saga", "participants fence"];
    private static readonly string[] Outboxes = ["orchestrator outbox", "participants outbox"];

    public static IEnumerable<SoakFigure> Of(IReadOnlyList<SoakSample> samples, int rate) =>
        [
            new("sagas/s that ended", "0.0", sample => sample.PerSecond),
            new("p50, ms", "0.0", sample => sample.P50 ?? 0),
            new("p99, ms", "0.0", sample => sample.P99 ?? 0),
            new("sagas under way", "0", sample => sample.UnderWay) { IsJudged = true, Allowance = rate },
            new("messages in queues", "0", sample => sample.Queues.Values.Sum()) { IsJudged = true, Allowance = rate },
            new("memory MiB: orchestrator", "0", sample => sample.Orchestrator.Resident) { IsJudged = true },
            new("  managed heap", "0", sample => sample.Orchestrator.Heap),
            new("memory MiB: participants", "0", sample => sample.Participants.Resident) { IsJudged = true },
            new("  managed heap", "0", sample => sample.Participants.Heap),
            .. Figures
                .All.Where(figure => IsCpu(figure.Key))
                .Select(figure => new SoakFigure(figure.Title, figure.Format, sample => sample.CpuPerSaga[figure.Key])),
            new("the machine: counting loop, us", "0", sample => sample.Loop),
            .. Growing.Select(table => new SoakFigure(
                $"bytes/saga: {table}",
                "0",
                sample => sample.Tables[table].Bytes / (double)sample.Sagas
            )
            {
                IsJudged = true,
            }),
            .. Changing.Select(table => new SoakFigure(
                $"dead rows/saga: {table}",
                "0.00",
                sample => sample.Tables[table].Dead / (double)sample.Sagas
            )
            {
                IsJudged = true,
                Allowance = 0.1,
            }),
            .. Outboxes.Select(table => new SoakFigure($"dead rows: {table}", "0", sample => sample.Tables[table].Dead)
            {
                IsJudged = true,
                Allowance = rate * SecondsToVacuum * OutboxRows,
            }),
            .. Outboxes.Select(table => new SoakFigure($"MiB: {table}", "0.0", sample => sample.Tables[table].Bytes / MiB)
            {
                IsJudged = true,
                Allowance = rate * SecondsToVacuum * OutboxRows * OutboxRowBytes / MiB,
            }),
            new("MiB: all other tables", "0.0", sample => Others(sample) / MiB) { IsJudged = true, Allowance = 1 },
        ];

    private static bool IsCpu(string figure) =>
        figure is Figures.OrchestratorCpu or Figures.ParticipantsCpu or Figures.PostgresCpu or Figures.RabbitMqCpu or Figures.DriverCpu;

    private static long Others(SoakSample sample) =>
        sample.Tables.Where(table => !Growing.Contains(table.Key) && !Outboxes.Contains(table.Key)).Sum(table => table.Value.Bytes);
}
