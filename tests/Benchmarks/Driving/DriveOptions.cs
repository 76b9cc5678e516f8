namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>What is measured.</summary>
internal sealed record DriveOptions(
    IReadOnlyList<string> Systems, int Rounds, int Sagas, int FailingSagas, int WarmUp, int InFlight, int LatencySeconds)
{
    public const int SagasPerSecond = 20;

    /// <summary>In the phase with failures, every fifth saga fails.</summary>
    public const int FailsEvery = 5;

    public int LatencySagas => SagasPerSecond * LatencySeconds;
}
