namespace SagaOrchestrator.Benchmarks.Growing;

/// <summary>What is measured, and how large.</summary>
internal sealed record GrowOptions(
    IReadOnlyList<string> Parts,
    int Sagas,
    int WarmUp,
    int InFlight,
    IReadOnlyList<int> Replicas,
    IReadOnlyList<int> Stored,
    int InFlightSagas,
    IReadOnlyList<int> ParallelSteps,
    int Timers,
    int TimerSeconds,
    int Overdue
)
{
    public const string ReplicasPart = "replicas";
    public const string StoredPart = "stored";
    public const string InFlightPart = "in-flight";
    public const string ParallelPart = "parallel";
    public const string TimersPart = "timers";
    public const string BacklogPart = "backlog";

    public static IReadOnlyList<string> AllParts { get; } = [ReplicasPart, StoredPart, InFlightPart, ParallelPart, TimersPart, BacklogPart];
}
