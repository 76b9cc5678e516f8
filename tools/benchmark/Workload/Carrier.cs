namespace SagaOrchestrator.Benchmarks.Workload;

/// <summary>Says which orders the third step rejects.</summary>
internal static class Carrier
{
    public const int Capacity = 500;

    public const string Code = "over_capacity";

    public const string Reason = "The carrier does not take that many units.";

    public static bool Rejects(StepContent content) => content.Step == Steps.Ship && content.Lines!.Any(line => line.Quantity > Capacity);
}
