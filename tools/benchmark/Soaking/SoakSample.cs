namespace SagaOrchestrator.Benchmarks.Soaking;

/// <summary>Everything at one moment, and the sagas that ended since the one before.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Orchestrator">Its memory.</param>
/// <param name="Participants">Theirs.</param>
/// <param name="Queues">How many messages each queue holds.</param>
/// <param name="Tables">By database and name.</param>
/// <param name="Sagas">How many were started until now, the burst before included: as many are stored.</param>
/// <param name="UnderWay">How many of them have not ended.</param>
/// <param name="PerSecond">How many ended a second.</param>
/// <param name="P50">How long half of these took at most, in milliseconds; null when none ended.</param>
/// <param name="P99">How long 99 of 100 took at most.</param>
/// <param name="CpuPerSaga">Milliseconds of processor time for each of these, by process; zero when none ended.</param>
/// <param name="Loop">The machine's speed: how long a counting loop took, in microseconds.</param>
internal sealed record SoakSample(
    double Seconds,
    ProcessMemory Orchestrator,
    ProcessMemory Participants,
    IReadOnlyDictionary<string, long> Queues,
    IReadOnlyDictionary<string, TableSize> Tables,
    int Sagas,
    int UnderWay,
    double PerSecond,
    double? P50,
    double? P99,
    IReadOnlyDictionary<string, double> CpuPerSaga,
    double Loop
);

/// <summary>A process's memory, in MiB.</summary>
/// <param name="Resident">What it holds.</param>
/// <param name="Heap">Its managed heap after the last collection.</param>
internal sealed record ProcessMemory(double Resident, double Heap);

/// <summary>A table, or the tables of one name in several schemas.</summary>
/// <param name="Bytes">With indexes.</param>
/// <param name="Dead">Dead rows that vacuum has not removed, as Postgres estimates them.</param>
internal sealed record TableSize(long Bytes, long Dead);
