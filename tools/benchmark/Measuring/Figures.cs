namespace SagaOrchestrator.Benchmarks.Measuring;

/// <summary>What is measured. The keys are those of the JSON file.</summary>
internal static class Figures
{
    public const string AllSucceed = "sagasPerSecond";
    public const string SomeFail = "sagasPerSecondSomeFail";
    public const string P50 = "latencyP50";
    public const string P99 = "latencyP99";
    public const string OrchestratorCpu = "cpuOrchestrator";
    public const string ParticipantsCpu = "cpuParticipants";
    public const string PostgresCpu = "cpuPostgres";
    public const string RabbitMqCpu = "cpuRabbitMq";
    public const string DriverCpu = "cpuDriver";
    public const string WalBytes = "walBytes";
    public const string OrchestratorTransactions = "transactionsOrchestrator";
    public const string ParticipantTransactions = "transactionsParticipants";
    public const string BrokerMessages = "brokerMessages";
    public const string OrchestratorMemory = "memoryOrchestrator";
    public const string ParticipantsMemory = "memoryParticipants";

    public static IReadOnlyList<Figure> All { get; } =
    [
        new(AllSucceed, "sagas/s, all succeed", "0"),
        new(SomeFail, "sagas/s, 20 % fail", "0"),
        new(P50, "p50 at 20 sagas/s, ms", "0.0"),
        new(P99, "p99 at 20 sagas/s, ms", "0.0"),
        new(OrchestratorCpu, "CPU ms/saga: orchestrator", "0.00"),
        new(ParticipantsCpu, "CPU ms/saga: participants", "0.00"),
        new(PostgresCpu, "CPU ms/saga: Postgres", "0.00"),
        new(RabbitMqCpu, "CPU ms/saga: RabbitMQ", "0.00"),
        new(DriverCpu, "CPU ms/saga: driver", "0.00"),
        new(WalBytes, "WAL bytes/saga", "0"),
        new(OrchestratorTransactions, "transactions/saga: orchestrator", "0.00"),
        new(ParticipantTransactions, "transactions/saga: participants", "0.00"),
        new(BrokerMessages, "broker messages/saga", "0.00"),
        new(OrchestratorMemory, "peak memory MiB: orchestrator", "0"),
        new(ParticipantsMemory, "peak memory MiB: participants", "0"),
    ];
}

/// <summary>One figure.</summary>
internal sealed record Figure(string Key, string Title, string Format);
