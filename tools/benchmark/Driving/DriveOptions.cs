namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>What is measured.</summary>
internal sealed record DriveOptions(
    IReadOnlyList<string> Systems,
    int Rounds,
    int Sagas,
    int FailingSagas,
    int WarmUp,
    int InFlight,
    int LatencySeconds
)
{
    public const int SagasPerSecond = 20;

    /// <summary>In the phase with failures, every fifth saga fails.</summary>
    public const int FailsEvery = 5;

    public static bool Fails(int index) => index % FailsEvery == FailsEvery - 1;

    /// <summary>How many sagas, of which as many fail, run before the phase with failures.</summary>
    public int FailingWarmUp => Math.Max(FailsEvery, WarmUp / 4);

    public int LatencySagas => SagasPerSecond * LatencySeconds;
}
