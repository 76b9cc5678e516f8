namespace SagaOrchestrator.Benchmarks.Driving;

/// <summary>The measurement is worth nothing, and why.</summary>
internal sealed class BenchmarkFailure(string message) : Exception(message);
